"""The docstring gate catches a public function that lacks a section, and nothing else."""

import re
import tomllib
from pathlib import Path

import pytest

from scripts.docstrings import LAYERS, lacking, public_functions

ROOT = Path(__file__).resolve().parents[2]
TITLES = {"DOC103": "Parameters", "DOC201": "Returns", "DOC402": "Yields", "DOC501": "Raises"}

GOOD = '''\
"""A module."""

from collections.abc import Iterator
from functools import cached_property

__all__ = ["Box", "command", "each", "share"]


def share(part: float, whole: float) -> float:
    """Divide a part by the whole.

    Parameters
    ----------
    part : array (draw,)
        In USD.
    whole : float
        In USD.

    Returns
    -------
    float
        A fraction.

    Raises
    ------
    ValueError
        If there is nothing to share.
    """
    if not whole:
        raise ValueError("nothing to share")
    return _share(part, whole)


def each(count: int) -> Iterator[int]:
    """Count.

    Parameters
    ----------
    count : int
        How far.

    Yields
    ------
    int
        The next.
    """
    yield from range(count)


@guarded
def command(file: str) -> int:
    """What users read as help."""
    return len(file)


class Box:
    """A box."""

    @cached_property
    def size(self) -> float:
        """Its size."""
        return self.scaled(1.0)

    def scaled(self, by: float) -> float:
        """Its size, scaled.

        Parameters
        ----------
        by : float
            Factor.

        Returns
        -------
        float
        """
        return by

    def _hidden(self, by: float) -> float:
        """Not public."""
        return by


def helper(part: float) -> float:
    """Not in the list of what the module offers."""
    return part


def _share(part: float, whole: float) -> float:
    """Not public."""
    return part / whole
'''


def without(section: str, source: str = GOOD) -> str:
    """The source without the first section of that title."""
    pattern = rf"\n\n( *){section}\n *-+\n.*?(?=\n\n|\n *\"\"\")"
    return re.sub(pattern, "", source, count=1, flags=re.DOTALL)


def found(source: str, folder: Path) -> list[tuple[str, str]]:
    """Rule and function of each finding."""
    path = folder / "module.py"
    path.write_text(source, encoding="utf-8")
    lines = lacking([path]).get(path, [])
    return [re.findall(r"(DOC\d+): \w+ `([\w.]+)`", line)[0] for line in lines]


def test_the_functions_that_are_checked_are_those_a_module_offers():
    assert public_functions(GOOD) == {"share", "each", "Box.scaled"}


def test_what_says_everything_passes(tmp_path):
    assert found(GOOD, tmp_path) == []


@pytest.mark.parametrize("rule", TITLES)
def test_a_section_that_is_lacking_is_found(rule, tmp_path):
    function = "each" if rule == "DOC402" else "share"
    source = without(TITLES[rule])
    assert source != GOOD
    assert found(source, tmp_path) == [(rule, function)]


def test_a_method_is_a_function(tmp_path):
    head, tail = GOOD.split("class Box")
    source = head + "class Box" + without("Parameters", without("Returns", tail))
    assert found(source, tmp_path) == [("DOC103", "Box.scaled"), ("DOC201", "Box.scaled")]


def test_a_summary_alone_is_not_enough(tmp_path):
    source = '__all__ = ["f"]\n\n\ndef f(x: int) -> int:\n    """Give `x` back."""\n    return x\n'
    assert found(source, tmp_path) == [("DOC103", "f"), ("DOC201", "f")]


def test_parameters_stand_in_the_order_of_the_signature(tmp_path):
    source = GOOD.replace("part: float, whole: float", "whole: float, part: float", 1)
    assert found(source, tmp_path) == [("DOC104", "share")]


def test_the_gate_looks_at_all_that_is_built_into_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert set(LAYERS) == set(project["tool"]["hatch"]["build"]["only-include"])
