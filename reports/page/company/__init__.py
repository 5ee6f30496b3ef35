"""One company's part of the report: its verdict, and one section a file."""
