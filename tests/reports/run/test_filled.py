"""A decision of an older version is shown with the figures of today."""

from copy import deepcopy
from typing import Any

import xarray as xr

from reports.run.filled import filled

NEW = ("gain", "wins", "gain_when_better", "loss_when_worse", "carried_by")


def older(decision: dict[str, Any]) -> dict[str, Any]:
    """As a version would have written it that did not know the stakes."""
    old = deepcopy(decision)
    for kind in ("players", "types"):
        for entry in old[kind].values():
            for key in NEW:
                entry.pop(key, None)
                entry.pop(f"{key}_mcse", None)
    return old


def test_what_is_missing_is_found_from_the_draws(
    made_up_run: xr.DataTree, made_up_decision: dict[str, Any]
) -> None:
    found = filled(older(made_up_decision), made_up_run)
    for kind in ("players", "types"):
        for name, entry in made_up_decision[kind].items():
            for key in NEW:
                assert found[kind][name].get(key) == entry.get(key), (name, key)
                assert found[kind][name].get(f"{key}_mcse") == entry.get(f"{key}_mcse")


def test_what_a_file_says_is_kept(
    made_up_run: xr.DataTree, made_up_decision: dict[str, Any]
) -> None:
    old = older(made_up_decision)
    old["players"]["pika"]["evpi"] = 123.0
    assert filled(old, made_up_run)["players"]["pika"]["evpi"] == 123.0
    assert filled(made_up_decision, xr.DataTree()) == made_up_decision
