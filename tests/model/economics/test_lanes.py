"""One definition serves floats and lanes: the same bits, a draw at a time or eight, anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest

from model.economics.axes import N_YEARS
from model.economics.components import place_of
from model.economics.flows import Flows
from model.economics.industry import N_ROWS, fill_industry
from model.economics.kernel import evaluate, operate
from model.economics.one_off import ipo_loss, robotics_gain
from model.economics.operations import Operation
from model.economics.player import N_OWN, fill_contest, fill_others, fill_own
from model.economics.presence import fill_presence
from model.economics.records import read_globals, read_player
from tests.reference.draws import made_up, made_up_presence
from tests.reference.strategies import EXIT, STAY

ROOT = Path(__file__).resolve().parents[3]
STAYING = Operation(1.0, 1.0, 1.0, 1.0)
FLOWS = slice(0, len(Flows._fields))
OTHER = [place_of(name) for name in ("exit_settlement", "robotics", "ipo")]

#: Hashes of what every compiled loop makes of the same draws.
EVERYTHING = """
import hashlib
import numpy as np
from model.economics.exercise import Exercise
from model.economics.inputs import inputs_of
from model.economics.kernel import evaluate_inputs
from model.economics.real_options import exercise_values
from model.economics.timing import evaluate_timed
from tests.reference.draws import made_up, made_up_presence

inputs = inputs_of(*made_up(500, 3, seed=41), presence=made_up_presence(500, 3, seed=42))
timing = np.random.default_rng(43).integers(-1, 9, (500, 3, 3)).astype(np.int8)
timing[..., 0][timing[..., 0] < 2] = -1
found = Exercise.empty(3, 3, 500)
exercise_values(inputs, found)
room = np.empty((500, 3, 3, 12))
made = [*evaluate_inputs(inputs), *evaluate_timed(inputs, timing, room), *found]
print(*(hashlib.sha256(one.tobytes()).hexdigest() for one in made))
"""


@numba.njit(error_model="numpy")
def one_by_one(globals_, players, last, weight, out):
    """Fill `out` (draw, player, figure) under `stay`, each draw in plain floats."""
    count = players.shape[0]
    industry, own = np.empty((N_ROWS, N_YEARS)), np.empty((N_OWN, N_YEARS))
    weights, present = np.empty((count, N_YEARS)), np.empty((count, N_YEARS))
    others, largest = np.empty((count, N_YEARS)), np.empty((count, N_YEARS))
    for draw in range(out.shape[0]):
        g, rows = read_globals(globals_[:, draw].copy()), players[:, :, draw].copy()
        cheapest = fill_industry(g, rows, industry, weights)
        fill_presence(last[:, draw].astype(np.float64), weight, present)
        fill_others(g.competition_entry, weights, present, industry, others, largest)
        for i in range(count):
            p = read_player(rows, i)
            fill_own(g, p, cheapest, industry, own)
            fill_contest(i, weights, others, largest, own)
            worth = operate(p, STAYING, industry, own, float(N_YEARS))
            for k in range(6):
                out[draw, i, k] = worth.flows[k]
            out[draw, i, 6] = worth.settlement
            out[draw, i, 7] = robotics_gain(p, industry, own)
            out[draw, i, 8] = -ipo_loss(g, p)


@pytest.mark.slow
def test_a_draw_in_floats_is_to_the_bit_that_in_lanes():
    draws, there = made_up(300, 4, seed=40), made_up_presence(300, 4, seed=44)
    alone = np.empty((300, 4, 9))
    one_by_one(*draws, *there, alone)
    found, _ = evaluate(*draws, presence=there, serial=True)
    stayed = found[:, :, STAY]
    in_lanes = np.concatenate([stayed[..., FLOWS], stayed[..., OTHER]], axis=-1)
    in_lanes[..., 7] = found[:, :, EXIT, OTHER[1]]
    assert np.array_equal(alone, in_lanes)


def digests(tmp_path, **machine):
    done = subprocess.run(
        [sys.executable, "-c", EVERYTHING],
        cwd=ROOT,
        env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path), **machine},
        check=True,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.stdout.split()


@pytest.mark.slow
def test_the_oldest_processors_give_the_bytes_of_this_one(tmp_path):
    """Compiled for SSE2, which every x86 of 64 bits has, vectors are cut into four."""
    here = digests(tmp_path)
    assert len(here) == 9
    oldest = digests(tmp_path, NUMBA_CPU_NAME="x86-64", NUMBA_CPU_FEATURES="")
    assert here == oldest
