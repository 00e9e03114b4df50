"""``llm-tutor bench window``: the window measured from outside and from its own event loop. Needs Qt."""
