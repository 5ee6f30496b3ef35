"""Array types by the name of what they hold, and of what they go along first.

Further dimensions are in the docstrings of whoever uses them.
"""

import numpy as np
import numpy.typing as npt

__all__ = [
    "Array",
    "ByBlock",
    "ByChain",
    "ByRow",
    "Flags",
    "Integers",
    "Labels",
    "Singles",
    "Words",
    "Years",
]

type Array = npt.NDArray[np.float64]
type Singles = npt.NDArray[np.float32]
type Integers = npt.NDArray[np.int64]
#: Small numbers of groups, cells or halves.
type Labels = npt.NDArray[np.int8]
#: Places of years; −1 for never.
type Years = npt.NDArray[np.int8]
type Flags = npt.NDArray[np.bool_]
#: Bits of Sobol points, or of a fingerprint's halves.
type Words = npt.NDArray[np.uint32]

#: Figures of each chain: (chain, …).
type ByChain = Array
#: Figures of each block of draws, or what it adds to an error: (block, …).
type ByBlock = Array
#: Draws, chain by chain or block by block: (row, …).
type ByRow = Array
