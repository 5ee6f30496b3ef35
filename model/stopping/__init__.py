"""Optimal stopping on any simulated paths: Longstaff–Schwartz rule, dual bound, result.

Plain arrays in, a record out; nothing here knows whose option it is, or of video.
"""
