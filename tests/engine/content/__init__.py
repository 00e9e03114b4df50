"""Tests of the course packs."""
