"""One contract a seam, run on every backend."""
