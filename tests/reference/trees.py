"""Recombining trees for options that may be exercised at given dates: slow, exact in the limit."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np


class Market(NamedTuple):
    """Independent lognormal prices with the same parameters."""

    start: float
    rate: float
    dividend: float
    volatility: float
    years: float


def _tree(market: Market, steps: int) -> tuple[float, float, float]:
    """Size of a step up, its probability, and the discount of a step."""
    step = market.years / steps
    up = np.exp(market.volatility * np.sqrt(step))
    growth = np.exp((market.rate - market.dividend) * step)
    return up, (growth - 1 / up) / (up - 1 / up), np.exp(-market.rate * step)


def one_asset(
    payoff: Callable[[np.ndarray], np.ndarray], market: Market, dates: int, steps_a_date: int
) -> float:
    """Value of an option on one price, exercised at any of equally spaced dates but the start.

    Mean of two trees, one step a date apart, whose errors nearly cancel.
    """
    values = []
    for per_date in (steps_a_date, steps_a_date + 1):
        steps = dates * per_date
        up, probability, discount = _tree(market, steps)

        def paid(at: int, up: float = up) -> np.ndarray:
            return np.maximum(payoff(market.start * up ** np.arange(-at, at + 1, 2.0)), 0)

        value = paid(steps)
        for at in range(steps - 1, -1, -1):
            value = discount * (probability * value[1:] + (1 - probability) * value[:-1])
            if at % per_date == 0 and at:
                value = np.maximum(value, paid(at))
        values.append(value[0])
    return float(np.mean(values))


def max_call(assets: int, strike: float, market: Market, dates: int, steps_a_date: int) -> float:
    """Value of a call on the largest of several prices, at any of the dates or the start.

    Mean of two trees, one step a date apart, whose errors nearly cancel.
    """
    values = []
    for per_date in (steps_a_date, steps_a_date + 1):
        steps = dates * per_date
        up, probability, discount = _tree(market, steps)

        def paid(at: int, up: float = up) -> np.ndarray:
            prices = market.start * up ** np.arange(-at, at + 1, 2.0)
            grid = np.meshgrid(*[prices] * assets, indexing="ij")
            return np.maximum(np.max(grid, axis=0) - strike, 0)

        value = paid(steps)
        for at in range(steps - 1, -1, -1):
            for axis in range(assets):
                upper = np.take(value, range(1, value.shape[axis]), axis)
                lower = np.take(value, range(value.shape[axis] - 1), axis)
                value = probability * upper + (1 - probability) * lower
            value = discount * value
            if at % per_date == 0:
                value = np.maximum(value, paid(at))
        values.append(value.item())
    return float(np.mean(values))


def prices(
    market: Market, assets: int, dates: int, draws: int, seed: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Simulated prices (draw, date, asset) in antithetic pairs, and discount factors (date,)."""
    step = market.years / dates
    shocks = np.random.default_rng(seed).standard_normal((draws // 2, dates, assets))
    shocks = np.concatenate([shocks, -shocks])
    drift = (market.rate - market.dividend - market.volatility**2 / 2) * step
    moves = drift + market.volatility * np.sqrt(step) * shocks
    path = market.start * np.exp(np.cumsum(moves, axis=1))
    return path, np.exp(-market.rate * step * np.arange(1, dates + 1))
