"""The strategies' colours: told apart by every eye, in light, in dark and on paper."""

import re
from itertools import combinations

import numpy as np
import pytest

from model.economics.strategies import compared
from priors.reading.records import AddedStrategy
from reports.page.strategy_style import strategy_style
from reports.page.templating import asset
from reports.text.strategies import reporting
from tests.reports.factory import make_run

#: Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)


#: As many as have colours of their own: the page's three, and three that a file adds.
ADDED = tuple(AddedStrategy(name, name) for name in ("fourth", "fifth", "sixth"))
SIX = compared(ADDED)


@pytest.fixture(scope="module")
def style() -> str:
    run = make_run(64, 4, added=ADDED)
    with reporting(run):
        return strategy_style()


@pytest.fixture(scope="module")
def schemes(style: str) -> dict[str, dict[str, str]]:
    """The colours of each scheme by name, those of the page before those of the strategies."""
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}, "print": {}}
    for sheet in (asset("style.css"), style):
        blocks = re.findall(r":root\s*\{([^}]*)\}", sheet)
        for scheme, block in zip(found, blocks, strict=True):
            found[scheme] |= re.findall(r"--([a-z_-]+):\s*(#[0-9a-f]{3,6})", block)
    return found


def linear(colour: str) -> np.ndarray:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    srgb = np.array([int(digits[place : place + 2], 16) for place in (0, 2, 4)]) / 255.0
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    lights = sorted(float(TO_XYZ[1] @ linear(colour)) + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def lab(rgb: np.ndarray) -> np.ndarray:
    ratio = TO_XYZ @ np.clip(rgb, 0.0, 1.0) / (TO_XYZ @ np.ones(3))
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_text_and_marks_stand_out(schemes: dict[str, dict[str, str]], scheme: str) -> None:
    colours = schemes[scheme]
    for name in ("ink", "muted", "link", *(f"strategy-{one.name}" for one in SIX)):
        for ground in ("paper", "panel"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_strategies_are_told_apart_by_every_eye(
    schemes: dict[str, dict[str, str]], scheme: str, eye: str
) -> None:
    colours = schemes[scheme]
    seen = {one.name: lab(EYES[eye] @ linear(colours[f"strategy-{one.name}"])) for one in SIX}
    for one, other in combinations(seen, 2):
        least = 15.0 if {one, other} & {own.name for own in ADDED} else 20.0
        assert np.linalg.norm(seen[one] - seen[other]) > least, (one, other)


def test_marks_and_dashes_tell_strategies_apart_without_colours() -> None:
    for looks in ([one.mark for one in SIX], [one.dash for one in SIX]):
        assert len(set(looks)) == len(SIX)
