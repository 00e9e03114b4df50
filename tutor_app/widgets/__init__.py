"""Parts that pages are built from; they know the theme, and nothing of the engine."""
