"""The probability of having left two-sided boundaries, in two ways that share no step."""

import numpy as np
from scipy.special import roots_legendre
from scipy.stats import multivariate_normal, norm


def left_by_recursion(fractions, limits, nodes):
    """By each look: the density of a standardised figure that has stayed within, look by look.

    After Armitage, McPherson and Rowe (1969): given the figure z at the information t, that at the
    next look s is normal, with the mean z √(t / s) and the variance 1 − t / s.
    By Gauss and Legendre.
    """
    at, weight = roots_legendre(nodes)
    points, inside = limits[0] * at, limits[0] * weight * norm.pdf(limits[0] * at)
    left = [2.0 * norm.sf(limits[0])]
    for before, now, limit in zip(fractions, fractions[1:], limits[1:], strict=False):
        kept = np.sqrt(before / now)
        spread = np.sqrt(1.0 - before / now)
        # From each point: within the limit in closed form, then the density of where it comes to.
        within = norm.cdf((limit - kept * points) / spread)
        within -= norm.cdf((-limit - kept * points) / spread)
        left.append(1.0 - inside @ within)
        density = norm.pdf((limit * at[:, None] - kept * points) / spread) / spread @ inside
        points, inside = limit * at, limit * weight * density
    return np.array(left)


def left_at_once(fractions, limits):
    """By the last look: all figures together are normal, with the correlations √(t_i / t_j)."""
    low, high = np.minimum.outer(fractions, fractions), np.maximum.outer(fractions, fractions)
    together = multivariate_normal(np.zeros(len(limits)), np.sqrt(low / high), seed=1)
    return 1.0 - together.cdf(limits, lower_limit=-np.asarray(limits), rng=1)
