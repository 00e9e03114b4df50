"""The learner's front ends: the terminal now, the window next."""
