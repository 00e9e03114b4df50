"""The headless tutor: everything that teaches, and nothing that draws a window or serves a page."""

__version__ = "0.1.0"
