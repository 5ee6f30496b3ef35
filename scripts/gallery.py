#!/usr/bin/env -S uv run
"""Write a page with every chart that is drawn as SVG, to look at after a change.

    uv run scripts/gallery.py gallery.html

The figures are made up.
"""

import sys
from collections.abc import Iterator
from math import exp
from pathlib import Path
from statistics import NormalDist, fmean

from reports.page.svg.charts.before_after import BeforeAfter, before_after
from reports.page.svg.charts.cash import Cash, cash
from reports.page.svg.charts.combinations import Cell, Combinations, combinations
from reports.page.svg.charts.fan import Fan, fan
from reports.page.svg.charts.flip_strip import FlipStrip, flip_strip
from reports.page.svg.charts.knowing import knowing
from reports.page.svg.charts.leaving import Leaving, leaving
from reports.page.svg.charts.ruler import Ruler, ruler
from reports.page.svg.charts.settling import Settling, settling
from reports.page.svg.charts.spread import Spread, spread
from reports.page.svg.charts.strip import Piece, Strip, strip
from reports.page.svg.charts.waterfall import Waterfall, waterfall
from reports.page.svg.charts.worlds import Worlds, worlds
from reports.page.svg.marks import LOOKS, Look
from reports.page.svg.units import MONEY, PERCENT
from reports.page.svg.widths import at_both
from reports.text.dollars import short

__all__ = ["drawn", "main", "page"]

EXIT, STAY, API = LOOKS[:3]
STYLE = Path(__file__).parent.parent / "reports" / "page" / "svg" / "charts.css"
PALETTE = """
:root { --bg: #fbfaf7; --ink: #1a1b1c; --mut: #5a5a56; --rule: #dedbd3; --ctx: #8b8a84;
  --s1: #052378; --s2: #c1470a; --s3: #007f7a; --s4: #b01ac3;
  --s5: #423501; --s6: #1e1f20;
  --sans: "Helvetica Neue", Arial, "Liberation Sans", system-ui, sans-serif }
@media (prefers-color-scheme: dark) {
:root { --bg: #14161a; --ink: #ecebe6; --mut: #aaa9a3; --rule: #34373c; --ctx: #8d8f92;
  --s1: #6a91f5; --s2: #ef782c; --s3: #9df0d6; --s4: #eab5f8;
  --s5: #f6fd55; --s6: #95979a } }
.s1 { --c: var(--s1) } .s2 { --c: var(--s2) } .s3 { --c: var(--s3) }
.s4 { --c: var(--s4) } .s5 { --c: var(--s5) } .s6 { --c: var(--s6) }
body { margin: 16px; background: var(--bg); color: var(--ink); font: 14px/1.5 var(--sans) }
figure { margin: 0 0 28px; max-width: 860px } figcaption { font-weight: 700; margin-bottom: 6px }
.column { max-width: 384px } .bars { max-width: 500px } .strip { margin-top: 6px }
"""
#: Middle and spread of a market, USD billion a year.
MARKET = NormalDist(2.2, 1.05)


def main() -> None:
    """Write the page where the command says."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "gallery.html")
    path.write_text(page(), encoding="utf-8")
    print(f"{path}: {path.stat().st_size / 1024:.0f} KiB")


def page() -> str:
    """The whole page."""
    figures = "".join(
        f"<figure class='{css}'><figcaption>{title}</figcaption>{svg}</figure>"
        for title, css, svg in drawn()
    )
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Charts</title>'
    view = '<meta name="viewport" content="width=device-width,initial-scale=1">'
    style = f"<style>{PALETTE}{STYLE.read_text(encoding='utf-8')}</style>"
    return f"{head}{view}{style}{figures}"


def drawn() -> Iterator[tuple[str, str, str]]:
    """Every chart of one made-up company: title, class, drawing."""
    yield from _first_table()
    yield from _bars()
    yield from _numbers()
    yield from _outcomes()
    yield from _of_a_run()


def quantiles(count: int, shift: float = 0.0) -> tuple[float, ...]:
    """Middles of equally likely parts of the market."""
    return tuple(exp(MARKET.inv_cdf((i + 0.5) / count) + shift) for i in range(count))


def _gains(count: int) -> tuple[float, ...]:
    """What staying is worth over leaving."""
    return tuple(0.5 * market - 3.5 + 0.004 * market**2 for market in quantiles(count))


def _first_table() -> Iterator[tuple[str, str, str]]:
    every = _gains(20)
    yield "Worlds in a row: stay", "column", worlds(Worlds(every, STAY, EXIT))
    bad = (*(-gain / 20 for gain in every[8:]), *(0.5 + i / 40 for i in range(8)))
    yield (
        "Leaving, the largest loss open",
        "column",
        worlds(Worlds(bad, EXIT, API, (0.0,) * 11 + (2.0,) + (0.0,) * 7 + (0.12,))),
    )
    for one, other in zip(LOOKS[2:], [*LOOKS[3:], STAY], strict=True):
        yield f"{one.mark} and {other.mark}", "column", worlds(Worlds(every, one, other))
    low, high = exp(MARKET.inv_cdf(0.01)), exp(MARKET.inv_cdf(0.995))
    flips = (
        (Piece(EXIT, 0, 4.1, "flip"), Piece(STAY, 4.1, 1e9)),
        (Piece(EXIT, 0, 84), Piece(API, 84, 1e9, "perhaps")),
        (Piece(EXIT, 0, 1e9),),
    )
    rows = "".join(strip(Strip(low, high, pieces)) for pieces in flips)
    yield "Ruler and strips", "column", ruler(Ruler(low, high, quantiles(20))) + rows


def _bars() -> Iterator[tuple[str, str, str]]:
    steps = (22.0, 16.0, 0.93, -0.51, -0.61, -0.81, -6.8, -13.0, -0.15)
    yield "Waterfall", "bars", "".join(waterfall(Waterfall(steps, STAY, EXIT)))
    against = (-3.0, -1.0, 0.5, -2.0, 7.0)
    yield (
        "Waterfall that goes below zero",
        "bars",
        "".join(waterfall(Waterfall(against, EXIT, API))),
    )
    yield "Knowing", "bars", "".join(knowing((1.54, 0.145, 0.116, 0.0011)))


def _strip_of(dots: tuple[float, ...], flip: float, *, log: bool = True) -> str:
    looks = tuple(EXIT if dot < flip else STAY for dot in dots)
    first, middle, last = (short(dots[place]) for place in (0, 9, -1))
    return flip_strip(FlipStrip(dots, looks, (first, middle, last), (flip,), log))


def _numbers() -> Iterator[tuple[str, str, str]]:
    yield "Flip strip", "column", _strip_of(quantiles(20), 4.1)
    yield "On a straight axis", "column", _strip_of(_gains(20), -1.0, log=False)
    yield "Of two values", "column", _strip_of((2.0,) * 13 + (9.0,) * 7, 5.0)
    yield "Of one value", "column", _strip_of((2.0,) * 20, 5.0)
    columns, rows = quantiles(8), (0.12, 0.15, 0.18, 0.21, 0.25, 0.32)
    cells = tuple(tuple(_cell(market * row) for market in columns) for row in rows)
    yield (
        "Combinations",
        "",
        at_both(
            combinations,
            Combinations(
                cells,
                tuple(f"${market:.2g}" for market in columns),
                tuple(f"{row:.2f}" for row in rows),
                "market in 2033, USD billion a year",
                "own strength (weight)",
                "Staying is best in some of 48 combinations of market and strength",
            ),
        ),
    )
    yield (
        "Before and after",
        "",
        at_both(
            before_after,
            BeforeAfter(
                1, 300, quantiles(20), quantiles(20, 1.2), "Market: 9 in base, 30 in yours"
            ),
        ),
    )


def _cell(revenue: float) -> Cell:
    gain = 2.0 * revenue - 3.0
    look: Look = STAY if gain > 0.0 else API if gain > -0.6 else EXIT
    return Cell(look, abs(gain))


def _outcomes() -> Iterator[tuple[str, str, str]]:
    every = _gains(100)
    carried = 23
    yield (
        f"Spread; the average is {short(fmean(every))}",
        "",
        at_both(
            spread, Spread(every, STAY, EXIT, "staying", "One hundred possible worlds", carried)
        ),
    )
    losing = tuple(-gain / 8 for gain in every)
    yield (
        "Spread with a long tail of losses",
        "",
        at_both(spread, Spread(losing, EXIT, STAY, "leaving", "One hundred possible worlds")),
    )
    chances = (0.0, 0.19, 0.08, 0.07, 0.06, 0.03, 0.02, 0.02, 0.003)
    yield (
        "Leaving later",
        "",
        at_both(
            leaving, Leaving(tuple(range(2026, 2035)), chances, 0.527, EXIT, STAY, "When it leaves")
        ),
    )


def _of_a_run() -> Iterator[tuple[str, str, str]]:
    years = tuple(range(2026, 2036))
    flows = tuple(_flows(place) for place in range(len(years)))
    yield "Cash by year", "", at_both(cash, Cash(years, flows, STAY, "Cash by year"))
    low, _, middle, _, high = zip(*flows, strict=True)
    yield "A path by year", "", at_both(fan, Fan(years, low, middle, high, MONEY, "Path"))
    low, middle, high = (tuple(exp(one) for one in part) for part in (low, middle, high))
    yield "On a log axis", "", at_both(fan, Fan(years, low, middle, high, MONEY, "Path", log=True))
    draws = tuple(2**power for power in range(10, 17))
    values = tuple(17.0 + 20.0 * (-1) ** place / count**0.5 for place, count in enumerate(draws))
    errors = tuple(40.0 / count**0.5 for count in draws)
    yield (
        "Settling",
        "",
        at_both(settling, Settling(draws, values, errors, "The gain settles", signed=True)),
    )
    shares = tuple(0.46 + value / 400 for value in values)
    small = tuple(error / 400 for error in errors)
    yield (
        "Settling of a share",
        "",
        at_both(settling, Settling(draws, shares, small, "The odds settle", PERCENT)),
    )


def _flows(place: int) -> tuple[float, float, float, float, float]:
    middle, width = 0.15 * place - 0.6, 0.3 + 0.25 * place
    return (
        middle - 0.6 * width,
        middle - 0.35 * width,
        middle,
        middle + 0.6 * width,
        middle + 1.6 * width,
    )


if __name__ == "__main__":
    main()
