"""Families of distributions, one a file, and how a stated prior becomes one of them.

Names and parameters, domain, quantile and distribution function; no file is read here.
"""
