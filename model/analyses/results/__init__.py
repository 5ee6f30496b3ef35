"""The records that a run's files are written from, a file's a module, and their JSON schemas.

A record says what stands in a file; it computes nothing. `record.plain` turns it into JSON's
values.
"""
