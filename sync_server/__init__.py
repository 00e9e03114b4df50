"""The school's server. Empty until the sync work."""
