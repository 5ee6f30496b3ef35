"""How `--set` moves a prior by standard scores."""

from typing import Any

import pytest

from priors.reading.load import load_priors
from priors.registry.quantities import by_name
from reports.text.setting import how_to_set, probability

MARKET = by_name("market.size_2033")
EVENT = by_name("robotics.success")


@pytest.mark.parametrize(
    ("shift", "spread"),
    [
        pytest.param(shift, spread, marks=[] if abs(shift) == 1.5 else [pytest.mark.slow])
        for shift in (-1.5, -1.0, -0.5, 0.5, 1.0, 1.5)
        for spread in (0.7, 1.3)
    ],
)
def test_every_prior_can_be_moved(shift: float, spread: float) -> None:
    """Those of the industry and of every player at once, through the reader."""
    base = load_priors("base.toml")
    varying = [prior for prior in base.priors.values() if not prior.distribution.constant]
    moves = {"score_shift": shift, "score_spread": spread}
    texts = [f"{one.path}.{key}={value}" for one in varying for key, value in moves.items()]
    after = load_priors("base.toml", texts)
    for before in varying:
        key = before.quantity.name, before.player
        z = [-2.0, -0.3, 0.0, 1.0, 2.0]
        found = after.priors[key].distribution.from_score(z)
        at = [shift + spread * one for one in z]
        assert found == pytest.approx(before.distribution.from_score(at), rel=1e-9), before.path


def test_what_a_file_moves_already_is_where_a_move_starts() -> None:
    stated = {"family": "lognormal", "p10": 2.0, "p90": 9.0}
    assert how_to_set(stated, MARKET) == {"shift": 0.0, "spread": 1.0}
    moved = how_to_set({**stated, "score_shift": 0.5, "score_spread": 0.9}, MARKET)
    assert moved == {"shift": 0.5, "spread": 0.9}


@pytest.mark.parametrize(
    ("stated", "plain", "share"),
    [
        ({"family": "bernoulli", "probability": 0.3, "why": "a guess"}, True, 0.3),
        # Φ(Φ⁻¹(0.3) + 0.5)
        ({"family": "bernoulli", "probability": 0.3, "score_shift": 0.5}, False, 0.490267),
        ({"family": "discrete", "values": [0, 1], "weights": [0.6, 0.4]}, False, 0.4),
        ({"family": "constant", "value": 1.0}, False, 1.0),
        ({"family": "lognormal"}, False, None),
        ({}, False, None),
    ],
)
def test_an_event_is_moved_by_its_probability(
    stated: dict[str, Any], plain: bool, share: float | None
) -> None:
    assert how_to_set(stated, EVENT) == {"plain": plain}
    assert probability(stated) == (None if share is None else pytest.approx(share, abs=1e-6))
