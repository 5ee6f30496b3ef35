"""Numerical tools that know no statistics of decisions and no video.

The compiler and its cache, standard errors, normal equations, orthonormal polynomials, rank bins,
local regression, roots, labelled draws as plain arrays. Whatever only one wing uses stays there.
"""

from model.numerics.intrinsics import check_settings

__all__ = ["check_settings"]

# Before any module of this wing imports Numba.
check_settings()
