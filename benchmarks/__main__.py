"""How fast this program is beside what a user would pick instead, on the same models.

    uv run --group peers python -m benchmarks [--only NAME …] [--quick] [--write]

First the answers are checked to agree, then everything is timed, each peer in a process of its own.
What was measured is kept as JSON below runs/benchmarks; where an earlier one of the same machine is
there, figures are shown beside the last, and what has slowed down is marked. Without `--group
peers` squigglepy is skipped. `--write` puts tables and a chart into docs/performance.md. Other
programs on the machine make every figure worse: what counts are the ratios.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.catalog import PEERS, QUESTIONS, Peer
from benchmarks.peers.comparison import lines
from benchmarks.peers.runs import FOLDER, deviation, earlier, keep, measured, others_at_work
from benchmarks.peers.tables import section
from scripts.document import write_part

__all__ = ["main"]

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, CHART = DOCS / "performance.md", DOCS / "images" / "peers.svg"
_MARKER = "peers"
#: By how much the economics in NumPy may differ from the compiled ones on a draw.
_SAME = 1e-9


def _wanted(names: Sequence[str]) -> list[Peer]:
    """The peers named, or those of the questions named; ours with them, to compare with."""
    questions = {peer.question for peer in PEERS if peer.name in names or peer.question in names}
    return [
        peer
        for peer in PEERS
        if not names
        or peer.name in names
        or peer.question in names
        or (peer.question in questions and (peer.ours or peer.role))
    ]


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__.partition("\n")[0])
    names = [*(one.name for one in QUESTIONS), *(one.name for one in PEERS)]
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", choices=names)
    parser.add_argument("--quick", action="store_true", help="small sizes: figures mean little")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER")
    found = parser.parse_args(words)
    if found.write and (found.quick or found.only):
        parser.error("only a whole run at full size is written")
    return found


def _check_economics() -> None:
    worst = deviation()
    print(f"NumPy and kernel, draw by draw: within {worst:.1e} of each payoff", file=sys.stderr)
    if worst > _SAME:
        raise SystemExit("they do not compute the same: nothing is timed")


def main(words: Sequence[str] | None = None) -> int:
    """Check, measure, keep, print, and write where that is asked for.

    Parameters
    ----------
    words : sequence of str, optional
        The command line's.

    Returns
    -------
    int
        Exit code: 1 where answers disagree.
    """
    asked = _arguments(words)
    busy = others_at_work()
    _check_economics()
    before = earlier(quick=asked.quick, folder=asked.out)
    found = measured(
        _wanted(asked.only), lambda line: print(line, file=sys.stderr), quick=asked.quick
    )
    path = keep(found, quick=asked.quick, busy=busy, folder=asked.out)
    content = json.loads(path.read_text(encoding="utf-8"))
    print(section(content, before))
    if asked.write:
        _write(section(content, {}), content)
    every = [one for question in QUESTIONS for one in lines(question, found, {})]
    return 0 if all(one.agrees for one in every) else 1


def _write(text: str, content: dict[str, object]) -> None:
    """Put the tables and the chart into the documentation."""
    from benchmarks.peers.chart import svg

    CHART.write_text(svg(content), encoding="utf-8")
    write_part(PAGE, _MARKER, f"![{CHART.stem}](images/{CHART.name})\n\n{text}")


if __name__ == "__main__":
    sys.exit(main())
