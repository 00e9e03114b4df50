"""Reading and checking learners' answers: pure functions, a parser of our own, a process that can be stopped."""
