"""Tests of the model files: manifests, sources, trial, advice."""
