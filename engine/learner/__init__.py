"""Mastery, adaptation, scheduling: pure functions over evidence; no clock, no files, no chance of their own."""
