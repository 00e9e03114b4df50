"""Which models there are (JSON files, one a kind), and how the one that is made here is trained."""
