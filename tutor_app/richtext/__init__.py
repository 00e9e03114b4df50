"""Markdown with TeX as blocks and outlines that the window only has to draw. No Qt."""
