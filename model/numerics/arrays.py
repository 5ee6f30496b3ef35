"""Array types by the name of what they hold; shapes are in the docstrings of whoever uses them."""

import numpy as np
import numpy.typing as npt

__all__ = ["Array", "Flags", "Integers", "Labels", "Singles", "Words"]

type Array = npt.NDArray[np.float64]
type Singles = npt.NDArray[np.float32]
type Integers = npt.NDArray[np.int64]
#: Small numbers of groups, cells or halves.
type Labels = npt.NDArray[np.int8]
type Flags = npt.NDArray[np.bool_]
#: Bits of Sobol points, or of a fingerprint's halves.
type Words = npt.NDArray[np.uint32]
