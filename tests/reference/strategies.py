"""The three strategies that tests state figures of, where they stand, and what any other gets.

A further strategy, wherever it stands among the records, changes nothing that these tests state.
"""

import numpy as np
import numpy.typing as npt

from model.economics.strategies import STRATEGY_NAMES

THREE = ("exit", "stay", "api_only")
#: Places of the three among all strategies.
PLACES = tuple(STRATEGY_NAMES.index(name) for name in THREE)
EXIT, STAY, API_ONLY = PLACES
FURTHER = tuple(name for name in STRATEGY_NAMES if name not in THREE)


def all_strategies(npv: npt.ArrayLike, axis: int = 0) -> npt.NDArray[np.float64]:
    """NPVs of every strategy along `axis`: of `THREE` as stated, of any other never the best.

    What has every strategy already is left as it is.
    """
    stated = np.moveaxis(np.asarray(npv, dtype=float), axis, 0)
    if len(stated) == len(STRATEGY_NAMES):
        return np.moveaxis(stated, 0, axis)
    found = np.repeat(stated.min(axis=0, keepdims=True) - 1.0, len(STRATEGY_NAMES), axis=0)
    found[list(PLACES)] = stated
    return np.moveaxis(found, 0, axis)
