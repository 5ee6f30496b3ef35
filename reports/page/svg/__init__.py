"""Charts as SVG inside the page, drawn from plain numbers: no library, no script, no colour."""
