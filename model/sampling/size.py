"""What sizes, seeds and samplers a run may have."""

import numpy as np

from model.sampling.defaults import (
    EARLIER_SAMPLER,
    MAX_CHAINS,
    MAX_SEED,
    MIN_CHAINS,
    SAMPLERS,
)
from priors.errors import InputError
from priors.wording import count

__all__ = ["check_sampler", "check_seed", "check_size"]

#: Draws of which no machine holds the payoffs; larger numbers would be too long for messages.
_MOST = 2**53


def check_sampler(sampler: str, *earlier: str) -> None:
    """Refuse a sampler that there is not.

    Parameters
    ----------
    sampler : str
        As stated.
    *earlier : str
        Those that runs of before were made with, where they may be stated.

    Raises
    ------
    InputError
        If it is neither one of `SAMPLERS` nor of these.
    """
    if sampler not in (*SAMPLERS, *earlier):
        raise InputError(f"sampler {sampler!r} is unknown: expected {' or '.join(SAMPLERS)}")


def check_size(draws: int, chains: int, sampler: str) -> None:
    """Refuse sizes that the sampler cannot have.

    Parameters
    ----------
    draws : int
        Joint draws over all chains.
    chains : int
        Independent randomizations.
    sampler : str
        One of `SAMPLERS`, or `EARLIER_SAMPLER`.

    Raises
    ------
    InputError
        If the sampler is unknown, or a size is none that it has.
    """
    check_sampler(sampler, EARLIER_SAMPLER)
    if chains > MAX_CHAINS:
        raise InputError(f"{count(chains)} chains are too many: expected at most {MAX_CHAINS:,}")
    if abs(draws) >= _MOST:
        found = f"{count(draws)} draws need more memory than any machine has"
        raise InputError(f"{found}: expected fewer than {_MOST:,}")
    if chains < MIN_CHAINS:
        text = "fewer independent randomizations give no standard error"
        raise InputError(f"{chains} chains are too few: {text}; use {MIN_CHAINS} or more")
    per_chain = draws / chains
    works = per_chain >= 2 and draws % chains == 0
    power = sampler != "random"
    if power:
        works = works and (draws // chains).bit_count() == 1
    if not works:
        rule = "a power of two, 2 or more" if power else "a whole number, 2 or more"
        sizes = " or ".join(str(size) for size in _nearest_sizes(per_chain, chains, power))
        found = f"{draws} draws over {chains} chains are {per_chain:.6g} a chain"
        raise InputError(f"{found}: expected {rule}; the nearest totals are {sizes}")


def check_seed(seed: int) -> None:
    """Refuse what is no seed.

    Parameters
    ----------
    seed : int
        A whole number.

    Raises
    ------
    InputError
        If it is negative, or larger than a run's file can hold.
    """
    if seed < 0:
        raise InputError(f"seed {count(seed)} is below 0")
    if seed > MAX_SEED:
        raise InputError(f"seed {count(seed)}: expected a whole number up to {MAX_SEED:,}")


def _nearest_sizes(per_chain: float, chains: int, power: bool) -> list[int]:
    if power:
        below = 1 << max(int(np.floor(np.log2(max(per_chain, 2.0)))), 1)
        return [below * chains, 2 * below * chains] if below < per_chain else [below * chains]
    below = max(int(per_chain), 2)
    return [below * chains, (below + 1) * chains] if below < per_chain else [below * chains]
