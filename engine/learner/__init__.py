"""Mastery, adaptation, scheduling. Empty until the practice work."""
