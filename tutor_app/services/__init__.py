"""What the window can ask of the engine. Runs in the engine's processes, never in the window's: no Qt here."""
