"""Tests of how the evidence model is made."""
