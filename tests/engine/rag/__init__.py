"""Retrieval: indexes, ranking, evidence, citations."""
