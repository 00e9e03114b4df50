"""Rules about the source as a whole."""
