"""The figures of sensitivity.json as a tidy table: a row for each figure."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

__all__ = ["sensitivity_csv"]

type Entry = Mapping[str, Any]
type Row = tuple[str, str, float | None, float | None]

_INDICES = ("first_order", "total_order")
#: Half a 95 % interval of `sobol` over its standard error: Student's t with 15 degrees of freedom.
_T = 2.131449545559323


def sensitivity_csv(content: Entry) -> str:
    """Columns player, input, measure, value, mcse; empty cells where there is no figure.

    A type stands in the column of players as ``types.NAME``; a figure of the whole decision has
    no input.

    Parameters
    ----------
    content : mapping
        Of sensitivity.json.

    Returns
    -------
    str
        CSV with a heading; units are those of the JSON file.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["player", "input", "measure", "value", "mcse"])
    for kind, prefix in (("players", ""), ("types", "types.")):
        for name, entry in content.get(kind, {}).items():
            for of, measure, value, mcse in _rows(entry):
                writer.writerow([prefix + name, of, measure, _text(value), _text(mcse)])
    return out.getvalue()


def _text(value: float | None) -> str:
    return "" if value is None else repr(float(value))


def _rows(entry: Entry) -> Iterator[Row]:
    yield "", "best_minus_next", entry["best_minus_next"], entry["best_minus_next_mcse"]
    yield "", "evpi", entry["evpi"], entry["evpi_mcse"]
    for path, of in entry["inputs"].items():
        yield from _of_input(path, of)
    for group, of in entry["groups"].items():
        yield group, "evppi", of["evppi"], of["evppi_mcse"]
    for study in entry["studies"]:
        for size in study["sizes"]:
            measure = f"evsi({study['error']},{size['sd']:g})"
            yield study["observe"], measure, size["evsi"], size["evsi_mcse"]
            if "enbs" in size:
                measure = f"enbs({study['error']},{size['sd']:g},{size['cost']:g})"
                yield study["observe"], measure, size["enbs"], size["enbs_mcse"]
    yield from _of_risk(entry["risk"])


def _of_input(path: str, of: Entry) -> Iterator[Row]:
    yield path, "evppi", of["evppi"], of["evppi_mcse"]
    yield path, "shapley", of["shapley"], of["shapley_mcse"]
    for index in _INDICES:
        if index in of:
            low, high = of[f"{index}_lower"], of[f"{index}_upper"]
            mcse = None if low is None else (high - low) / (2.0 * _T)
            yield path, index, of[index], mcse
    for key in ("low", "high", "swing"):
        yield path, f"tornado_{key}", of["tornado"][key], of["tornado"][f"{key}_mcse"]
    apart = of["regional_sensitivity"]
    yield path, "regional_sensitivity", apart["distance"], apart["distance_mcse"]
    for one in of["switching"]["values"]:
        yield path, f"switching_value({one['side']},{one['to']})", one["value"], one["value_mcse"]
        yield path, f"switching_percentile({one['side']},{one['to']})", one["percentile"], None
    for one in of["switching"]["ranges"]:
        yield path, f"reversal_probability({one['to']})", one["probability"], None
    moved = of["prior_perturbation"]
    yield path, "prior_perturbation", moved["shift"], moved["shift_mcse"]


def _of_risk(risk: Entry) -> Iterator[Row]:
    for measure, dim in (
        ("certainty_equivalent", "risk_tolerance"),
        ("expected_shortfall", "probability"),
    ):
        for level in risk[measure]:
            for strategy, figure in level["strategies"].items():
                name = f"{measure}({strategy},{level[dim]:g})"
                yield "", name, figure["value"], figure["value_mcse"]
                if "pareto_k" in figure:
                    yield "", f"pareto_k({strategy},{level[dim]:g})", figure["pareto_k"], None
    for switch in risk["switches"]:
        name = f"risk_tolerance_switch({switch['above']},{switch['below']})"
        yield "", name, switch["risk_tolerance"], switch["risk_tolerance_mcse"]
