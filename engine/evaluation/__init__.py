"""Evaluation suites and benchmarks, one file each, behind 'llm-tutor eval' and 'bench'."""
