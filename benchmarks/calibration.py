"""Whether the standard errors that a run prints hold: its figures over many seeds.

    uv run python -m benchmarks.calibration [--draws 65536 …] [--seeds 30] [--out FOLDER] [--write]

Every figure of decision.json that has a standard error is made with each seed. If the errors hold,
the spread of a figure over seeds is the root mean square of its errors. The figures of each seed
are kept in the folder as they are made, and a seed that is there, made by the same program from the
same priors, is not made again. `--write` puts the tables into docs/performance.md.
"""

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.calibration_figures import class_of, figures, is_share
from benchmarks.calibration_table import rows, sample, table
from model.analyses.decision import decision
from model.numerics.jit import cache_folder
from model.sampling.defaults import DEFAULT_CHAINS, DEFAULT_DRAWS, RIVALS, RIVALS_RESPOND
from model.simulation.simulate import simulate
from priors.reading.load import load_priors
from priors.reading.records import Priors
from reports.atomic import write_atomic
from scripts.document import write_part

__all__ = ["Settings", "figures_of", "kept", "main", "section"]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_MARKER = "calibration"

type Pairs = dict[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Settings:
    """How the run of a seed is made.

    Attributes
    ----------
    draws, chains : int
        Draws in all; how many chains they are in.
    options : bool
        Whether players have their real options.
    rivals : str
        What rivals do, as `simulate` takes it.
    information : bool
        Whether the value of information is estimated too, which takes longer than the run.
    """

    draws: int = DEFAULT_DRAWS
    chains: int = DEFAULT_CHAINS
    options: bool = True
    rivals: str = RIVALS_RESPOND
    information: bool = False

    @property
    def folder(self) -> str:
        """A name for the seeds made in this way."""
        parts = [str(self.draws), str(self.chains), self.rivals if self.options else "no-options"]
        return "-".join([*parts, "information"] if self.information else parts)


def figures_of(priors: Priors, settings: Settings, seed: int) -> Pairs:
    """Make a run, and take the figures that have a standard error.

    Parameters
    ----------
    priors : Priors
        From `load_priors`.
    settings : Settings
        How the run is made.
    seed : int
        Of its draws.

    Returns
    -------
    dict
        Key to figure and standard error.
    """
    run = simulate(
        priors,
        settings.draws,
        seed,
        settings.chains,
        options=settings.options,
        rivals=settings.rivals,
    )
    content = decision(run)
    found = figures(content)
    if settings.information:
        found |= figures({"information": _information(run, content)})
    return found


def _information(run: Any, verdict: dict[str, Any]) -> dict[str, Any]:
    """EVPPI and EVSI of every decision, as in sensitivity.json; EVPI stands in the decision."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    from model.analyses.information import information
    from model.analyses.problems import cases
    from model.analyses.results.record import plain

    found: dict[str, Any] = {"players": {}, "types": {}}
    with threadpool_limits(1, user_api="blas"):
        for case in cases(run, verdict):
            for name, one in information(case, {}, (), lambda _: None).items():
                known = plain(one)
                found[case.kind][name] = {
                    key: known[key] for key in ("inputs", "groups", "studies")
                }
    return found


def kept(
    folder: Path, priors: Priors, settings: Settings, seeds: Sequence[int]
) -> Iterator[tuple[int, Pairs, float]]:
    """The figures of each seed, read from the folder or made and kept there.

    Parameters
    ----------
    folder : Path
        Made where it is not there.
    priors : Priors
        From `load_priors`.
    settings : Settings
        How the runs are made.
    seeds : sequence of int
        Of their draws.

    Yields
    ------
    tuple
        Seed, its figures, and the seconds that it took; 0 where it was there.
    """
    place = folder / settings.folder
    place.mkdir(parents=True, exist_ok=True)
    made_by = {
        **asdict(settings),
        "sources": cache_folder().name,
        "priors": hashlib.sha256(priors.resolved.encode()).hexdigest()[:16],
    }
    for seed in seeds:
        path, began = place / f"{seed}.json", time.perf_counter()
        content = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if content.get("made_by") != made_by:
            found = figures_of(priors, settings, seed)
            content = {"made_by": made_by, "seed": seed, "figures": found}
            write_atomic(path, json.dumps(content, indent=0))
            yield seed, found, time.perf_counter() - began
        else:
            yield seed, {key: (x, e) for key, (x, e) in content["figures"].items()}, 0.0


def section(settings: Settings, seeds: Sequence[Pairs]) -> str:
    """What one size of run gives, in Markdown.

    Parameters
    ----------
    settings : Settings
        How the runs were made.
    seeds : sequence of dict
        The figures of each seed.

    Returns
    -------
    str
        A line on the runs, their table, a line on what is left out.
    """
    found = sample(seeds, is_share)
    how = f"real options, rivals {settings.rivals}" if settings.options else "no real options"
    runs = f"{len(seeds)} seeds of {settings.draws:,} draws in {settings.chains} chains, {how}:"
    rest = (
        f"Left out: {found.rare:,} shares below 0.2 % or above 99.8 %; {found.constant:,} figures "
        f"without spread and error; {found.moved:,} that are not in every seed, mostly because "
        "another strategy took the place that they speak of."
    )
    return f"{runs}\n\n{table(rows(found, class_of, settings.chains))}\n\n{rest}"


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="calibration", description=__doc__.partition("\n")[0])
    parser.add_argument("--priors", default="base.toml")
    parser.add_argument("--draws", type=int, nargs="+", default=[DEFAULT_DRAWS])
    parser.add_argument("--chains", type=int, default=DEFAULT_CHAINS)
    parser.add_argument("--seeds", type=int, default=30, help="how many: 1, 2, …")
    parser.add_argument("--no-options", action="store_true")
    parser.add_argument("--rivals", choices=RIVALS, default=RIVALS_RESPOND)
    parser.add_argument("--information", action="store_true", help="EVPPI and EVSI too")
    parser.add_argument("--out", type=Path, default=Path("runs/calibration"), metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    found = parser.parse_args(words)
    if found.seeds < 2:
        parser.error("a spread needs two seeds at least")
    return found


def main(words: Sequence[str] | None = None) -> None:
    """Make what is lacking, print the tables, and write them where that is asked for.

    Parameters
    ----------
    words : sequence of str, optional
        The command line's.
    """
    asked = _arguments(words)
    priors, sections = load_priors(asked.priors), []
    for draws in asked.draws:
        settings = Settings(
            draws, asked.chains, not asked.no_options, asked.rivals, asked.information
        )
        every = []
        for seed, found, seconds in kept(asked.out, priors, settings, range(1, asked.seeds + 1)):
            every.append(found)
            print(f"{draws:,} draws, seed {seed}: {seconds:.1f} s", file=sys.stderr)
        sections.append(section(settings, every))
    text = "\n\n".join(sections)
    print(text)
    if asked.write:
        write_part(PAGE, _MARKER, text)


if __name__ == "__main__":
    main()
