"""Numerical tools that know no statistics of decisions and no video.

The compiler and its cache, standard errors, normal equations, orthonormal polynomials, rank bins,
local regression, roots, labelled draws as plain arrays. Whatever only one wing uses stays there.
"""
