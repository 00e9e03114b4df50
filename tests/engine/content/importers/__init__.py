"""Tests of the importers; the documents in data/ were made by other programs from levers.md."""
