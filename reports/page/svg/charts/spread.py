"""How it may turn out: worlds in order of what the verdict is worth over its rival."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from reports.page.svg.element import drawing, element, group, short
from reports.page.svg.frame import GAP, framed
from reports.page.svg.labels import Label, room_for, width_of, written
from reports.page.svg.marks import Look
from reports.page.svg.scales import Scale
from reports.page.svg.widths import WIDE, Width
from reports.text.dollars import signed_short

__all__ = ["Spread", "spread"]

#: Worlds that one bar stands for, and which of the largest bars is the last that is drawn whole.
_WORLDS_A_BAR = {True: (2, 3), False: (5, 2)}
#: Bars are cut if the largest is this many times as high as the last that is drawn whole.
_WORTH_CUTTING = 1.2
_TOP, _SLASH = 30.0, 11.0
#: Of a bar's place, what is left empty on each side, and what it fills.
_SPACE, _FILLED = 0.06, 0.88


@dataclass(frozen=True, slots=True)
class Spread:
    """A hundred worlds.

    Attributes
    ----------
    worlds : tuple of float
        Mean gain of the verdict over its rival in each hundredth of the draws, USD billion, in any
        order.
    verdict, rival : Look
        Whose colour a world has that is better or worse.
    doing : str
        How a sentence calls the verdict as something done.
    name : str
        What the chart shows, in a sentence.
    carried : int, optional
        How many of the best worlds, taken away, take the lead with them; none if few do not.
    """

    worlds: tuple[float, ...]
    verdict: Look
    rival: Look
    doing: str
    name: str
    carried: int | None = None


@dataclass(frozen=True, slots=True)
class _Bars:
    """What is drawn, and where.

    Attributes
    ----------
    means : list of float
        Means of the worlds of each bar, ascending.
    each : int
        Worlds in a bar.
    limit : float
        Size at which bars are cut.
    across, up : Scale
        From a bar's place among the bars, and from a value, to pixels.
    """

    means: list[float]
    each: int
    limit: float
    across: Scale
    up: Scale


def spread(worlds: Spread, width: Width) -> str:
    """A bar for each few worlds, from worst to best; the mean of all bars is the gain.

    Parameters
    ----------
    worlds : Spread
        Of one company.
    width : Width
        To draw for.

    Returns
    -------
    str
        An image with the spread's name.
    """
    bottom = 228.0 if width is WIDE else 208.0
    height = bottom + (36.0 if width is WIDE else 40.0)
    ordered = sorted(worlds.worlds)
    each, whole = _WORLDS_A_BAR[width is WIDE]
    bars = [fmean(ordered[first : first + each]) for first in range(0, len(ordered), each)]
    limit = _limit(bars, whole)
    low, high = max(min(bars[0], 0.0), -limit), min(max(bars[-1], 0.0), limit)
    frame = framed(Scale(low, high, bottom, _TOP), width, signed=True)
    across = Scale(0.0, len(bars), frame.left, frame.right)
    cut = _Bars(bars, each, limit, across, frame.up)
    words = room_for(_words(worlds, cut, width, height), width.pixels, width.size)
    return drawing(
        [
            frame.drawn,
            *_drawn(worlds, cut),
            *_bracket(worlds, cut, words),
            written(words),
        ],
        name=worlds.name,
        css=width.css,
        viewBox=f"0 0 {width.pixels:.0f} {height:.0f}",
    )


def _limit(bars: list[float], whole: int) -> float:
    """The size at which bars are cut: that of the largest if it is not much larger than others."""
    sizes = sorted(map(abs, bars), reverse=True)
    limit = sizes[min(whole, len(sizes)) - 1]
    return limit if limit > 0.0 and sizes[0] > _WORTH_CUTTING * limit else sizes[0] or 1.0


def _drawn(worlds: Spread, bars: _Bars) -> Iterator[str]:
    """Bars of the rival's worlds, of the verdict's, and slashes over those that are cut."""
    places = list(enumerate(bars.means))
    losses = (_bar(place, mean, bars) for place, mean in places if mean < 0.0)
    wins = (_bar(place, mean, bars) for place, mean in places if mean > 0.0)
    yield group(worlds.rival.css, losses)
    yield group(worlds.verdict.css, wins)
    for place, mean in places:
        if abs(mean) > bars.limit:
            yield _slash(place, mean, bars)


def _bar(place: int, mean: float, bars: _Bars) -> str:
    zero, end = bars.up(0.0), bars.up.within(mean)
    height = abs(end - zero)
    if short(height) == "0":
        return ""
    x, pitch = bars.across(place), bars.across(1) - bars.across(0)
    return element(
        "rect", x=x + _SPACE * pitch, y=min(zero, end), width=_FILLED * pitch, height=height
    )


def _slash(place: int, mean: float, bars: _Bars) -> str:
    x, pitch = bars.across(place), bars.across(1) - bars.across(0)
    end = bars.up.within(mean)
    start = end + _SLASH if mean > 0.0 else end - 4.0
    over = short(_FILLED * pitch + 3.6)
    return element(
        "path", css="cut", d=f"M{short(x + _SPACE * pitch - 1.8)} {short(start)}l{over} -5"
    )


def _bracket(worlds: Spread, bars: _Bars, words: Sequence[Label]) -> Iterator[str]:
    """Over the words on the best worlds without which there is no lead, if these found room."""
    for word in words:
        if worlds.carried and word.text == _without(worlds.carried):
            start = bars.across(len(bars.means) - worlds.carried / bars.each)
            path = f"M{short(start)} {word.y - 20.0:.0f}v5H{short(bars.across.end - 0.5)}v-5"
            yield element("path", css="brk", d=path)


def _without(carried: int) -> str:
    these = "this one world" if carried == 1 else f"these {carried} worlds"
    return f"without {these}, no lead"


def _words(worlds: Spread, bars: _Bars, width: Width, height: float) -> Iterator[Label]:
    """Words beside the bars, what matters most first."""
    start, end, y = bars.across.start, bars.across.end, height - 6.0
    yield Label(end, 16.0, _cut(bars, best=True), "end", "ann")
    worst, below = _cut(bars, best=False), bars.up(bars.up.low) - 3.0
    deep = sum(bars.up.within(mean) > below - width.size for mean in bars.means)
    beside = bars.across(deep) + GAP
    if beside + width_of(worst, width.size) < end:
        yield Label(beside, below, worst, css="ann")
    else:
        yield Label(start, y, worst, css="ann")
    if worlds.carried:
        yield Label(end, y, _without(worlds.carried), "end", "ann")
    of = f" worlds for {worlds.doing}" if width is WIDE else ""
    yield Label(start, y, f"← worst{of}")
    yield Label(end, y, f"best{of} →", "end")


def _cut(bars: _Bars, *, best: bool) -> str:
    """What the bars that are cut at one end average; nothing if none is."""
    cut = [mean for mean in bars.means if (mean > bars.limit if best else mean < -bars.limit)]
    if not cut:
        return ""
    which = f"best {len(cut) * bars.each} worlds" if best else f"worst {len(cut) * bars.each}"
    return f"cut: the {which} average {signed_short(fmean(cut))}"
