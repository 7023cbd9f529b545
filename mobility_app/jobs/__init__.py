"""What she asks for, end to end: called alike by the command line and the window."""
