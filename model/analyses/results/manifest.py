"""What stands in manifest.json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.record import ABSENT
from priors.registry.selection import EDITION

__all__ = ["Environment", "Manifest"]


@dataclass(frozen=True, slots=True)
class Environment:
    """Versions and platform that a run's figures may depend on.

    Attributes
    ----------
    python, platform, machine : str
        As Python's `platform` states them.
    versions : mapping
        Library to version.
    """

    python: str
    versions: Mapping[str, str]
    platform: str
    machine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """How a run was made: the content of manifest.json.

    Attributes
    ----------
    environment : Environment
        Where it was made.
    edition : int
        Edition of the model that made it; runs of the first state none.
    command : sequence of str
        As typed.
    priors : str
        Name of the prior file.
    overrides : sequence of str
        Each ``--set``.
    draws, chains, seed : int
        How the draws were made.
    sampler : str
        Which points.
    options : bool
        Whether the real options are in the payoffs.
    players : sequence of str, optional
        Those reported; None for all.
    inputs, outputs : mapping
        File to its SHA-256; the outputs once they are written.
    """

    environment: Environment
    edition: int = EDITION
    command: Sequence[str]
    priors: str
    overrides: Sequence[str]
    draws: int
    chains: int
    seed: int
    sampler: str
    options: bool
    players: Sequence[str] | None
    inputs: Mapping[str, str]
    outputs: Annotated[Mapping[str, str] | None, ABSENT] = None
