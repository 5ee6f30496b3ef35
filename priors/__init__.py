"""Prior files, and the code that reads them.

The shipped files lie here. `registry/` has a record of each quantity that can be uncertain,
`distributions/` one family of distributions a file; `reading/` turns a prior file into a checked
record, and `inspection/` shows what stands in it. `errors.py` and `wording.py` serve them all.
"""
