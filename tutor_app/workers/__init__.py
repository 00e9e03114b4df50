"""The way off the main thread: calls to the engine, which runs in processes of its own."""
