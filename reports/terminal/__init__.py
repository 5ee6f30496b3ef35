"""Tables for the terminal, one command's a file."""
