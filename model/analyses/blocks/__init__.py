"""Runs of more draws than memory holds: made in blocks, judged from scratch files, kept in part."""
