"""The report's charts, one idea a module: rows of figures, and an Altair chart that draws them."""
