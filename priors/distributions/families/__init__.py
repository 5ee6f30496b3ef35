"""One file a family, with one record, ``FAMILY``; the catalog is derived from the files.

What a family is by itself: no truncation, no prior file, no tensor.
"""
