"""The real options in a terminal."""

from copy import deepcopy
from io import StringIO
from typing import Any

from rich.console import Console

from reports.terminal.options import print_options
from tests.reports.factory import option_analysis


def shown(content: dict[str, Any]) -> list[str]:
    file = StringIO()
    print_options(content, Console(file=file, width=80, no_color=True))
    return file.getvalue().splitlines()


def test_no_figure_is_broken_however_small_its_error(made_up_decision: dict[str, Any]) -> None:
    content = deepcopy(option_analysis(made_up_decision))
    stay = content["players"]["pika"]["stay"]
    stay |= {"value": -0.00041, "value_mcse": 0.0006, "upper": 0.6823, "upper_mcse": 0.0009}
    stay |= {"wait_a_year": -0.00003, "wait_a_year_mcse": 0.0002, "probability_used": 1.0}
    lines = shown(content)
    assert max(map(len, lines)) <= 80
    row = next(line for line in lines if "−0.0004 ± 0.0006" in line)
    assert row.split()[:2] == ["leave", "stay"]
    assert row.split()[-6:] == ["0.682", "100", "%", "0.0000", "±", "0.0002"]


def test_a_simple_rule_never_keeps_more_than_all(made_up_decision: dict[str, Any]) -> None:
    content = deepcopy(option_analysis(made_up_decision))
    content["players"]["pika"]["stay"] |= {"rule_keeps": 1.15, "probability_used": 0.5}
    text = "\n".join(shown(content))
    assert "(keeps 100 % of the value)" in text
    assert "115 %" not in text
