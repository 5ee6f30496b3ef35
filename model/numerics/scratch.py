"""Columns of draws in scratch files: what is too large for memory, and is read again at once."""

import shutil
import tempfile
from contextlib import ExitStack
from math import prod
from types import TracebackType
from typing import Self

import numpy as np

from model.numerics.arrays import Array
from priors.errors import InputError

__all__ = ["Scratch", "check_room"]

_BYTES = 8
#: What is left free on the disk.
_SPARE = 2**28


def check_room(chains: int, cells: tuple[int, ...], draws: int) -> None:
    """Refuse more than the folder of temporary files has room for, before any work.

    Parameters
    ----------
    chains : int
        How many.
    cells : tuple of int
        Sizes of the dimensions between chain and draw.
    draws : int
        Of each chain.

    Raises
    ------
    InputError
        With what is needed and what is free.
    """
    folder, needed = tempfile.gettempdir(), chains * prod(cells) * draws * _BYTES
    free = shutil.disk_usage(folder).free
    if needed > free - _SPARE:
        raise InputError(
            f"{needed / 1e9:,.1f} GB of scratch files are needed and {free / 1e9:,.1f} GB are "
            f"free in {folder}: set TMPDIR to a folder with more room, or ask for fewer draws"
        )


class Scratch:
    """Values (chain, …, draw) in a file a chain, which no name leads to and no crash leaves behind.

    A chain is written and read by one thread at a time. Read with calls, not mapped, so that what
    the system keeps of the files is not memory of this process.

    Parameters
    ----------
    chains : int
        How many.
    cells : tuple of int
        Sizes of the dimensions between chain and draw.
    draws : int
        Of each chain.

    Raises
    ------
    InputError
        Where the folder of temporary files has too little room.
    """

    def __init__(self, chains: int, cells: tuple[int, ...], draws: int) -> None:
        check_room(chains, cells, draws)
        self.cells, self.draws = cells, draws
        with ExitStack() as stack:
            self.files = [
                stack.enter_context(tempfile.TemporaryFile(buffering=0)) for _ in range(chains)
            ]
            self.stack = stack.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    def write(self, chain: int, start: int, values: Array) -> None:
        """Write some draws of a chain.

        Parameters
        ----------
        chain : int
            Its place.
        start : int
            Place of the first draw.
        values : array (…, draw)
            Any number of draws.
        """
        file = self.files[chain]
        rows = np.ascontiguousarray(values.reshape(-1, values.shape[-1]))
        for place, row in enumerate(rows):
            file.seek((place * self.draws + start) * _BYTES)
            left = memoryview(row).cast("B")
            while left:
                left = left[file.write(left) :]

    def read(self, chain: int, cell: tuple[int, ...], out: Array) -> None:
        """Read all draws of a chain in one cell.

        Parameters
        ----------
        chain : int
            Its place.
        cell : tuple of int
            Places along the dimensions between chain and draw.
        out : array (draw,)
            Filled; contiguous.
        """
        file = self.files[chain]
        place = int(np.ravel_multi_index(cell, self.cells))
        file.seek(place * self.draws * _BYTES)
        left = memoryview(out).cast("B")
        while left:
            left = left[file.readinto(left) :]
