"""What stands in sensitivity.json: the parts put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from model.analyses.results.drivers import InputDrivers, Lead, SobolIndices
from model.analyses.results.information import PerfectInformation, StudyValue
from model.analyses.results.record import ABSENT, FLAT, SCHEMA, MaybeFigure, MaybeFloat, Schema
from model.analyses.results.risk import Risk
from model.analyses.results.switching import DecisionMap, Reversal

__all__ = ["DecisionSensitivity", "InputSensitivity", "SensitivityAnalysis"]


@dataclass(frozen=True, slots=True)
class InputSensitivity:
    """All that is known of one input in one decision; the keys of its parts stand side by side.

    Attributes
    ----------
    information, drivers, reversal
        Value of knowing it, how much it moves the lead, and what of it changes the decision.
    indices : SobolIndices, optional
        None where it was not drawn from a prior.
    """

    information: Annotated[PerfectInformation, FLAT]
    drivers: Annotated[InputDrivers, FLAT]
    reversal: Annotated[Reversal, FLAT]
    indices: Annotated[SobolIndices | None, FLAT, ABSENT] = None


@dataclass(frozen=True, slots=True)
class DecisionSensitivity:
    """What drives one decision, what would change it, and what is worth knowing first.

    Attributes
    ----------
    label : str
        The player's, or the type's.
    lead : Lead
        Its keys stand beside these.
    evpi, groups, studies
        As in `Information`.
    inputs : mapping
        Path to what is known of it.
    risk : Risk
        Attitudes to risk.
    explained, probability_best_beats_next, regional_sensitivity_null : float
        As in `Drivers`.
    map : DecisionMap, optional
        Over the two inputs most worth knowing; None where there are no two.
    """

    label: str
    lead: Annotated[Lead, FLAT]
    evpi: MaybeFigure
    inputs: Mapping[str, InputSensitivity]
    groups: Mapping[str, PerfectInformation]
    studies: Sequence[StudyValue]
    risk: Risk
    explained: MaybeFloat
    probability_best_beats_next: MaybeFloat
    regional_sensitivity_null: MaybeFloat
    map: DecisionMap | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitivityAnalysis:
    """The content of sensitivity.json.

    Attributes
    ----------
    schema : int
        Number of this form.
    currency, priors : str
        Unit of money; name of the prior file.
    draws : int
        All chains together.
    options : bool
        Whether the real options are in the payoffs.
    conditions : mapping
        Measure to what it conditions on, and holds.
    players, types : mapping
        Name to what was found; types are left out where only some players are reported.
    """

    schema: Schema = SCHEMA
    currency: str
    priors: str
    draws: int
    options: bool
    conditions: Mapping[str, str]
    players: Mapping[str, DecisionSensitivity]
    types: Annotated[Mapping[str, DecisionSensitivity] | None, ABSENT] = None
