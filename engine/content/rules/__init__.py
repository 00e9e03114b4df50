"""The rules of docs/pack-format.md, one noun a file: each takes a ``PackSource`` and yields findings."""
