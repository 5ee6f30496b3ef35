"""One rule a player and strategy."""

import numpy as np

from model.economics.presence import everybody
from model.economics.strategies import compared
from model.numerics.hermite_polynomials import CLIP, design, total_degree
from model.sampling.joint import sample
from model.simulation.exercise import exercise_of
from model.simulation.pooled_rules import pooled_rules, table_of
from model.simulation.setting import Setting
from priors.reading.load import load_priors


def test_a_table_tells_when_its_rule_exercises_and_that_pays() -> None:
    priors = load_priors("base.toml")
    setting = Setting(sample(priors, 4 * 128, 4, 3), compared())
    presence = everybody(4 * 128, setting.cells[0])
    rules = pooled_rules(setting, presence)
    assert set(rules) == {(i, k) for i in range(setting.cells[0]) for k in range(3)}
    found = exercise_of(setting, presence)
    paid = np.zeros((*setting.cells, 4 * 128))
    for cell, rule in rules.items():
        option, table = found.option(*cell), table_of(rule)
        assert table.shape == (len(option.years), 69)
        waits = np.ones(4 * 128, bool)
        for date, row in enumerate(table):
            points = (option.states[date].T - row[3:6]) / row[6:9]
            basis = design(np.clip(points, -CLIP, CLIP), total_degree(3, 3))
            gain = basis @ row[9:29]
            near = np.ones(len(gain), bool)
            for stage in (1, 2):
                near &= np.abs(gain) <= row[stage]
                gain = np.where(near, basis @ row[9 + 20 * stage : 29 + 20 * stage], gain)
            use = waits & option.live[date] & (gain > 0.0) & (row[0] > 0.0)
            paid[cell][use], waits = option.exercise[date][use], waits & ~use
    by_chain = paid.sum(axis=(0, 1)).reshape(4, -1).mean(axis=1)
    assert by_chain.mean() > 3.0 * by_chain.std(ddof=1) / 2.0
