"""The strategies' colours: told apart by every eye, in light, in dark and on paper."""

import re
from itertools import combinations

import numpy as np
import pytest

from model.economics.strategies import compared
from priors.reading.records import AddedStrategy
from reports.page.looks import CLASSES, strategy_style
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
    """The colours of each scheme by name, those of the page before those of the strategies.

    Only the screen is ever dark: paper is light.
    """
    found: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
    for sheet in (asset("styles/base.css"), style):
        blocks = re.findall(r":root\s*\{([^}]*)\}", sheet)
        for scheme, block in zip(found, blocks, strict=True):
            found[scheme] |= re.findall(r"--([a-z0-9_-]+):\s*(#[0-9a-f]{3,6})", block)
        assert sheet.count("@media screen and (prefers-color-scheme:") == 1
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


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """CIEDE2000 of two colours in CIELAB, as Sharma, Wu and Dalal (2005) write it."""
    chroma = np.hypot([one[1], other[1]], [one[2], other[2]])
    seventh = float(np.mean(chroma)) ** 7
    a = np.array([one[1], other[1]]) * (1.5 - 0.5 * np.sqrt(seventh / (seventh + 25.0**7)))
    chroma = np.hypot(a, [one[2], other[2]])
    hue = np.degrees(np.arctan2([one[2], other[2]], a)) % 360.0
    lightness, mean = (one[0] + other[0]) / 2.0, float(np.mean(chroma))
    turn = (hue[1] - hue[0] + 180.0) % 360.0 - 180.0 if chroma.prod() else 0.0
    middle = float(np.sum(hue)) / 2.0 if chroma.prod() else float(np.sum(hue))
    if chroma.prod() and abs(hue[1] - hue[0]) > 180.0:
        middle += 180.0 if np.sum(hue) < 360.0 else -180.0
    cosine = [
        np.cos(np.radians(times * middle - less))
        for times, less in ((1, 30), (2, 0), (3, -6), (4, 63))
    ]
    t = 1.0 + np.dot([-0.17, 0.24, 0.32, -0.2], cosine)
    parts = np.array(
        [
            (other[0] - one[0])
            / (1.0 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)),
            (chroma[1] - chroma[0]) / (1.0 + 0.045 * mean),
            2.0
            * np.sqrt(chroma.prod())
            * np.sin(np.radians(turn / 2.0))
            / (1.0 + 0.015 * mean * t),
        ]
    )
    angle = np.radians(60.0 * np.exp(-(((middle - 275.0) / 25.0) ** 2)))
    rotation = -2.0 * np.sqrt(mean**7 / (mean**7 + 25.0**7)) * np.sin(angle)
    return float(np.sqrt(np.sum(parts**2) + rotation * parts[1] * parts[2]))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Pairs 1, 7, 9, 16, 17, 25 and 34 of Sharma, Wu and Dalal's table 1.
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, 2.49, -0.001), (50.0, -2.49, 0.0009), 7.1792),
        ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_differences_are_those_of_the_published_table(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert difference(np.array(one), np.array(other)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("scheme", "least"), [("light", 4.7), ("dark", 6.0)])
def test_marks_stand_out(schemes: dict[str, dict[str, str]], scheme: str, least: float) -> None:
    colours = schemes[scheme]
    for place in range(len(SIX)):
        # To one digit, as contrasts are stated.
        assert round(contrast(colours[f"s{place + 1}"], colours["bg"]), 1) >= least, place


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_is_read_on_page_and_panel(schemes: dict[str, dict[str, str]], scheme: str) -> None:
    colours = schemes[scheme]
    for name in ("ink", "mut", "link"):
        for ground in ("bg", "panel"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("scheme", "least"), [("light", 26.0), ("dark", 21.0)])
def test_strategies_are_told_apart_by_every_eye(
    schemes: dict[str, dict[str, str]], scheme: str, eye: str, least: float
) -> None:
    colours = schemes[scheme]
    seen = [lab(EYES[eye] @ linear(colours[f"s{place + 1}"])) for place in range(len(SIX))]
    for one, other in combinations(range(len(SIX)), 2):
        apart = difference(seen[one], seen[other])
        assert apart >= (least if other < 3 else 13.0), (one, other)


def test_marks_tell_strategies_apart_without_colours() -> None:
    assert len({one.mark for one in SIX}) == len(SIX)


def test_a_class_is_a_place_whatever_a_strategy_is_called() -> None:
    with reporting(make_run(64, 4, added=ADDED)):
        assert list(CLASSES.values()) == [f"s{place}" for place in range(1, 7)]
