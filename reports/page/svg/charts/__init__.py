"""The charts, one a file: a record of plain numbers and words, and a function that draws it."""
