"""Between a page and the engine: what is being done, as signals. No widgets."""
