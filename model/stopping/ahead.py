"""The fit of rules compiled ahead of its first use, beside the economics that take as long."""

from contextlib import AbstractContextManager

import numpy as np

from model.numerics.compile_beside import compiling_beside

__all__ = ["compile_rules", "rules_ahead"]


def rules_ahead() -> AbstractContextManager[None]:
    """Compile the fit of rules in a second process while the body runs, where the cache lacks it.

    Returns
    -------
    context manager
    """
    return compiling_beside(__name__, compile_rules.__name__, "longstaff_schwartz.follow")


def compile_rules() -> None:
    """Fit a rule to a few draws: what is compiled for it is kept on disk."""
    from model.stopping.bermudan import bermudan_option

    rng = np.random.default_rng(0)
    bermudan_option(rng.random((64, 2)), rng.random((64, 2, 1)), dual=False)
