"""Real files and small made ones of every format that is read, and what can happen to a file on its way."""
