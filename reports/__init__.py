"""Tables, files, figures and the HTML page."""
