"""Tables in and out: files to frozen rows and frozen rows to files."""
