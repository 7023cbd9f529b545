"""The data: the only SQL in the program."""
