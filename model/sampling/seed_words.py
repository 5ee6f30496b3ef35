"""The random words of many streams at once, as NumPy's `SeedSequence` makes them.

A run has some four thousand streams, one of each quantity in each chain. `SeedSequence` takes 30 µs
for each, which was half of what sampling took. The algorithm is M. E. O'Neill's ("Developing a
seed_seq alternative", 2015), which NumPy has promised to keep; a test holds both equal.
"""

from operator import index

import numpy as np

from model.numerics.arrays import Words
from model.numerics.jit import njit

__all__ = ["seed_words"]

#: Words of the pool into which a stream's entropy is mixed.
_POOL = 4
_FIRST_IN, _TIMES_IN = np.uint32(0x43B0D7E5), np.uint32(0x931E8875)
_FIRST_OUT, _TIMES_OUT = np.uint32(0x8B51F9DD), np.uint32(0x58F38DED)
_LEFT, _RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)
_HALF = np.uint32(16)


@njit()
def _hashed(word: np.uint32, constant: np.uint32, factor: np.uint32) -> np.uint32:
    """A word hashed with a constant; the next constant is this one times the factor."""
    word = np.uint32((word ^ constant) * np.uint32(constant * factor))
    return np.uint32(word ^ (word >> _HALF))


@njit()
def _mixed(into: np.uint32, word: np.uint32) -> np.uint32:
    mixed = np.uint32(np.uint32(_LEFT * into) - np.uint32(_RIGHT * word))
    return np.uint32(mixed ^ (mixed >> _HALF))


@njit()
def _fill(entropy: Words, out: Words) -> None:
    """Fill `out` (word,) from one stream's entropy (word,), of `_POOL` words or more."""
    pool, constant = np.empty(_POOL, np.uint32), _FIRST_IN
    for place in range(_POOL):
        pool[place] = _hashed(entropy[place], constant, _TIMES_IN)
        constant = np.uint32(constant * _TIMES_IN)
    for source in range(entropy.size):
        for place in range(_POOL):
            if source != place:
                word = pool[source] if source < _POOL else entropy[source]
                pool[place] = _mixed(pool[place], _hashed(word, constant, _TIMES_IN))
                constant = np.uint32(constant * _TIMES_IN)
    constant = _FIRST_OUT
    for place in range(out.size):
        out[place] = _hashed(pool[place % _POOL], constant, _TIMES_OUT)
        constant = np.uint32(constant * _TIMES_OUT)


@njit()
def _fill_each(entropy: Words, out: Words) -> None:
    for row in range(entropy.shape[0]):
        _fill(entropy[row], out[row])


def seed_words(seed: int, keys: Words, count: int) -> Words:
    """Words of several streams of one seed: ``SeedSequence(seed, spawn_key=key)`` of each.

    Parameters
    ----------
    seed : int
        Not negative.
    keys : array of uint32 (stream, word)
        The spawn key of each stream, of one word or more.
    count : int
        Words wanted of each.

    Returns
    -------
    array of uint32 (stream, word)
        What ``generate_state`` gives.
    """
    seed = index(seed)  # NumPy's whole numbers too
    of_seed = [seed >> shift & 0xFFFFFFFF for shift in range(0, max(seed.bit_length(), 1), 32)]
    of_seed += [0] * (_POOL - len(of_seed))
    entropy = np.empty((len(keys), len(of_seed) + keys.shape[1]), np.uint32)
    entropy[:, : len(of_seed)] = of_seed
    entropy[:, len(of_seed) :] = keys
    out = np.empty((len(keys), count), np.uint32)
    _fill_each(entropy, out)
    return out
