"""From a prior file to a checked record: find, parse, merge, check, resolve, and write back.

Everything wrong in a file is found here, with its line. What a family is, is in `distributions/`.
"""
