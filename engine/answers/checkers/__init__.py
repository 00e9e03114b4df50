"""One checker a family of answers: from what was given to a verdict, without misconceptions."""
