"""The strategies' colours: told apart by every eye, in light, in dark and on paper."""

import re
from itertools import combinations

import numpy as np
import pytest

from model.economics.strategies import STRATEGIES, STRATEGY_NAMES
from reports.page.strategy_style import strategy_style
from reports.page.templating import asset

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


#: Looks that further strategies can have: mark, colour, colour on a dark page.
LOOKS = {
    "fourth": ("▲", "#7848f8", "#d0d8f8"),
    "fifth": ("▼", "#423501", "#f6fd55"),
    "sixth": ("✚", "#1e1f20", "#95979a"),
}
FURTHER = {
    name: look for name, look in LOOKS.items() if look[0] not in {one.mark for one in STRATEGIES}
}


def schemes() -> dict[str, dict[str, str]]:
    """The colours of each scheme by name, those of the page before those of the strategies."""
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}, "print": {}}
    for sheet in (asset("style.css"), strategy_style()):
        blocks = re.findall(r":root\s*\{([^}]*)\}", sheet)
        for scheme, block in zip(found, blocks, strict=True):
            found[scheme] |= re.findall(r"--([a-z_]+):\s*(#[0-9a-f]{3,6})", block)
    for name, (_, light, dark) in FURTHER.items():
        for scheme, colours in found.items():
            colours[name] = dark if scheme == "dark" else light
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
def test_text_and_marks_stand_out(scheme: str) -> None:
    colours = schemes()[scheme]
    for name in ("ink", "muted", "link", *STRATEGY_NAMES, *FURTHER):
        for ground in ("paper", "panel"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
def test_strategies_are_told_apart_by_every_eye(scheme: str, eye: str) -> None:
    colours = schemes()[scheme]
    names = {*STRATEGY_NAMES, *FURTHER}
    seen = {name: lab(EYES[eye] @ linear(colours[name])) for name in names}
    for one, other in combinations(seen, 2):
        least = 15.0 if {one, other} & {*FURTHER} else 20.0
        assert np.linalg.norm(seen[one] - seen[other]) > least, (one, other)


def test_marks_and_dashes_tell_strategies_apart_without_colours() -> None:
    for looks in ([one.mark for one in STRATEGIES], [one.dash for one in STRATEGIES]):
        assert len(set(looks)) == len(STRATEGIES)
