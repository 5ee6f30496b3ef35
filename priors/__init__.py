"""Prior files, and the code that reads them.

The shipped files lie here. `distributions/` has one family of distributions a file, `reading/`
turns a file into a checked record; `quantities.py` is the registry of what can be uncertain.
"""
