"""Speech in and out. Empty until the voice work."""
