"""What stands in manifest.json."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.looks import Looks
from model.analyses.results.record import ABSENT

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
    sampler_version : int, optional
        Of the way from points to draws; the first runs do not say: 1.
    options : bool
        Whether the real options are in the payoffs.
    rivals : str, optional
        Whether rivals respond, or all stay; runs of the first edition do not say: all stay.
    without : sequence of str, optional
        Strategies left out.
    edition : int, optional
        Of the model that the priors are of; a run that the first edition made states none.
    players : sequence of str, optional
        Those reported; None for all.
    kept : int, optional
        Draws that run.nc holds, the first of each chain, where there are too many for all.
    looks : Looks, optional
        How the draws were added to until there were enough, where that was asked for.
    inputs, outputs : mapping
        File to its SHA-256; the outputs once they are written.
    """

    environment: Environment
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
    rivals: Annotated[str | None, ABSENT] = None
    without: Annotated[Sequence[str] | None, ABSENT] = None
    edition: Annotated[int | None, ABSENT] = None
    sampler_version: Annotated[int | None, ABSENT] = None
    kept: Annotated[int | None, ABSENT] = None
    looks: Annotated[Looks | None, ABSENT] = None
    outputs: Annotated[Mapping[str, str] | None, ABSENT] = None
