"""Paper out: frozen rows to PDF."""
