"""Tests of SQLite, the learner's database and its backups."""
