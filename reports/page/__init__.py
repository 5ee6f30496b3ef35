"""The HTML report: its sections, charts and templates, one idea a file."""
