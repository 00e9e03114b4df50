"""Safety: what may go in and out."""
