"""What stands in structure.json: the verdicts in other forms of the model."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.analyses.results.record import SCHEMA, Figure, Schema

__all__ = ["FormOfPlayer", "FormVerdict", "PlayerForms", "StructureAnalysis", "Switch"]


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch of the model's form.

    Attributes
    ----------
    label : str
        How tables call it.
    meaning : str
        What is otherwise, as the end of "in a model in which …".
    appendix : bool
        Whether it is of the technical ones.
    """

    label: str
    meaning: str
    appendix: bool


@dataclass(frozen=True, slots=True)
class FormVerdict:
    """One player's verdict in one form of the model, USD billion.

    Attributes
    ----------
    best : str
        The strategy of the highest expected value.
    best_other : str
        The best of those that run the business.
    exit_minus_best_other : Figure
        Exit less that one: above 0 where leaving is best.
    gain : Figure
        Lead of the best over the best strategy on the other side of leave or operate.
    """

    best: str
    best_other: str
    exit_minus_best_other: Figure
    gain: Figure


@dataclass(frozen=True, slots=True)
class FormOfPlayer:
    """Whether a verdict rests on the model's form.

    Attributes
    ----------
    depends : bool
        Whether leave or operate changes under any switch.
    reversed_by : sequence of str
        The switches under which it does.
    """

    depends: bool
    reversed_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class PlayerForms:
    """One player's verdict in every form.

    Attributes
    ----------
    label : str
        Its name for readers.
    as_stated : FormVerdict
        In the run itself.
    depends : bool
        Whether leave or operate changes under any switch.
    reversed_by : sequence of str
        The switches under which it does.
    switches : mapping
        Name of each switch to the verdict under it alone.
    """

    label: str
    as_stated: FormVerdict
    depends: bool
    reversed_by: Sequence[str]
    switches: Mapping[str, FormVerdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureAnalysis:
    """The verdicts in other forms of the model: the content of structure.json.

    Attributes
    ----------
    schema : int
        Form of the file.
    currency : str
        Of the payoffs.
    switches : mapping
        Name of each switch that was tried to what it is.
    players : mapping
        By name.
    """

    schema: Schema = SCHEMA
    currency: str
    switches: Mapping[str, Switch]
    players: Mapping[str, PlayerForms]
