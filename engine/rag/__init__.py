"""Retrieval: indexes, fusion, reranking, evidence, citations."""
