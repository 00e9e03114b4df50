"""Practice: questions posed, answered, helped with, closed or voided. No language model is needed for any of it."""
