#!/usr/bin/env -S uv run
"""Change the program in small ways, one at a time, and see whether a test fails for each.

    uv run scripts/mutate.py                     every target; this takes long
    uv run scripts/mutate.py decision            one of them
    uv run scripts/mutate.py model/economics/formulas.py --minutes 10

Prints the mutants that survive as they are found, and the share that a test kills. The tests run
with Numba's compiler off, so that each change is seen at once; tests that do not hold that way
(what divides by zero, for instance, raises in Python) or take too long are left out, and named.
mutmut cannot do this: it leaves decorated functions alone, and all formulas are decorated.

A mutant lives in a forked process of its own, which compiles its text instead of the file's: no
file is written. It is killed where a test fails or the processor time that it may use runs out. A
test or a module that is changed meanwhile spoils the count.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.mutants import Mutant, mutants
from scripts.mutation_tests import Baseline, baseline, kills, preload

__all__ = ["TARGETS", "main"]

ROOT = Path(__file__).resolve().parent.parent
#: Name of a target → its modules, and the tests that are to kill its mutants.
TARGETS = {
    "economics": (["model/economics"], ["tests/model/economics"]),
    # Not test_bermudan.py, whose many draws take minutes without the compiler.
    "stopping": (
        ["model/stopping"],
        [
            "tests/model/stopping/test_dual_bound.py",
            "tests/model/stopping/test_longstaff_schwartz.py",
            "tests/model/stopping/test_result.py",
            "tests/model/stopping/test_small_options.py",
        ],
    ),
    "decision": (
        [
            "model/analyses/decision.py",
            "model/analyses/judgement.py",
            "model/analyses/levers.py",
            "model/analyses/payoffs.py",
        ],
        [
            "tests/model/analyses/test_decision.py",
            "tests/model/analyses/test_levers.py",
            "tests/model/analyses/test_option_usage.py",
        ],
    ),
}
WANTED = 0.9
Case = tuple[Path, Mutant]


def _modules(paths: Sequence[str]) -> list[Path]:
    found = (
        (ROOT / path).rglob("*.py") if (ROOT / path).is_dir() else [ROOT / path] for path in paths
    )
    return sorted(path for group in found for path in group)


def _chosen(name: str) -> tuple[list[Path], list[str]]:
    """Modules and tests of a target, or of a module within one."""
    if name in TARGETS:
        modules, tests = TARGETS[name]
        return _modules(modules), tests
    path = (ROOT / name).resolve()
    for modules, tests in TARGETS.values():
        if path in _modules(modules):
            return [path], tests
    raise SystemExit(f"{name}: neither a target ({', '.join(TARGETS)}) nor a module of one")


def _run_all(cases: Sequence[Case], base: Baseline, until: float) -> Iterator[tuple[Case, bool]]:
    """Each mutant and whether it was killed, as they end, until time is over.

    On all cores that this process may use.
    """
    waiting, running = list(reversed(cases)), dict[int, Case]()
    while running or (waiting and time.monotonic() < until):
        while waiting and len(running) < len(os.sched_getaffinity(0)) and time.monotonic() < until:
            path, mutant = case = waiting.pop()
            tests = base.tests_of(path, mutant.line)
            if not tests:
                yield case, False
                continue
            running[kills(path, mutant.source, tests, base)] = case
        if running:
            process, status = os.wait()
            yield running.pop(process), status != 0


def _report(name: str, outcomes: Sequence[tuple[Case, bool]], total: int) -> float:
    """Print the share killed of each module and of all; return the last."""
    tried, killed = Counter[str](), Counter[str]()
    for (path, _), dead in outcomes:
        module = path.relative_to(ROOT).as_posix()
        tried[module] += 1
        killed[module] += dead
    for module, count in sorted(tried.items()):
        print(f"{killed[module] / count:8.1%}  {killed[module]:4} of {count:4}  {module}")
    share = killed.total() / max(1, tried.total())
    print(f"{share:8.1%}  {killed.total():4} of {tried.total():4}  {name}", flush=True)
    if tried.total() < total:
        print(f"time is over: {total - tried.total()} mutants were not tried")
    return share


def _mutate(name: str, minutes: float, sample: int | None) -> float:
    modules, tests = _chosen(name)
    until = time.monotonic() + 60.0 * minutes
    base = baseline(modules, tests)
    print(f"{name}: {len(base.good)} tests, {sum(base.good.values()):.0f} s of processor time")
    for test, why in base.left_out.items():
        print(f"left out  {test}: {why}")
    cases = [(path, one) for path in modules for one in mutants(path.read_text(encoding="utf-8"))]
    # In any order, so that those that time suffices for are a fair sample.
    random.Random(1).shuffle(cases)  # noqa: S311 - no secret
    cases = cases[:sample]
    outcomes = []
    for case, dead in _run_all(cases, base, until):
        outcomes.append((case, dead))
        if not dead:
            path, mutant = case
            where = f"{path.relative_to(ROOT).as_posix()}:{mutant.line}"
            print(f"survives  {where}: {mutant.before} → {mutant.after}", flush=True)
    return _report(name, outcomes, len(cases))


def main() -> int:
    """Try the targets that are named; the exit code is 1 where one of them kills too few.

    Returns
    -------
    int
        Exit code: 0 where each target kills nine mutants of ten or more, otherwise 1.
    """
    parser = argparse.ArgumentParser(description="Mutation testing.")
    parser.add_argument("targets", nargs="*", default=list(TARGETS), help="targets or modules")
    parser.add_argument("--minutes", type=float, default=60.0, help="at most, for each target")
    parser.add_argument("--sample", type=int, help="so many mutants, drawn by lot")
    given = parser.parse_args()
    os.chdir(ROOT)
    preload()
    shares = [_mutate(name, given.minutes, given.sample) for name in given.targets]
    return int(min(shares) < WANTED)


if __name__ == "__main__":
    sys.exit(main())
