"""What the program consists of, read from its code: the generated parts of ARCHITECTURE.md."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import decide
from model.checks.catalog import CHECKS
from model.economics.components import COMPONENTS
from model.economics.strategies import STRATEGIES
from priors.distributions.catalog import FAMILIES
from priors.inspection.show import shipped
from priors.registry.quantities import GLOBAL_QUANTITIES, PLAYER_QUANTITIES
from reports.page.company.company import PARTS
from reports.page.details.method import DETAILS

__all__ = ["inventory", "rooms", "wings"]

ROOT = Path(__file__).resolve().parent.parent
CHARTS = ROOT / "reports" / "page" / "svg" / "charts"
_REGISTRY = "priors/registry"


def wings() -> str:
    """The wings of `model/` from the top layer down, as the import contracts order them.

    Returns
    -------
    str
        A table in Markdown: each folder, and the first paragraph of its docstring.
    """
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one["id"] == "wings")
    return _table(
        "wing", (f"model/{wing.strip()}" for layer in layers for wing in layer.split("|"))
    )


def rooms() -> str:
    """The folders within `priors/` and `reports/`.

    Returns
    -------
    str
        A table in Markdown, like that of `wings`, by name.
    """
    found = (path.parent for top in ("priors", "reports") for path in _packages(ROOT / top))
    return _table("folder", (folder.relative_to(ROOT).as_posix() for folder in found))


def _packages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/__init__.py"))


def _table(heading: str, folders: Iterable[str]) -> str:
    rows = [f"| [`{folder}/`]({folder}) | {_first_paragraph(folder)} |" for folder in folders]
    return "\n".join([f"| {heading} | what belongs in it |", "|---|---|", *rows])


def _first_paragraph(folder: str) -> str:
    """The first paragraph of a package's docstring, on one line."""
    source = (ROOT / folder / "__init__.py").read_text(encoding="utf-8")
    text = ast.get_docstring(ast.parse(source)) or ""
    return " ".join(text.partition("\n\n")[0].split())


def inventory() -> str:
    """How many there are of each thing, and their names.

    Returns
    -------
    str
        A table in Markdown: what there is, how many, their names, and where they are defined.
    """
    rows = ["| | number | names | defined in |", "|---|---|---|---|"]
    rows += [
        f"| {what} | {len(names)} | {', '.join(names)} | [`{home}`]({home}) |"
        for what, names, home in _things()
    ]
    rows += [
        f"| quantities of {scope} | {len(quantities)} | [listed](docs/model.md) "
        f"| [`{home}`]({home}) |"
        for scope, quantities, home in (
            ("the industry", GLOBAL_QUANTITIES, f"{_REGISTRY}/industry.py"),
            ("a player", PLAYER_QUANTITIES, f"{_REGISTRY}/player.py"),
        )
    ]
    return "\n".join(rows)


def _things() -> Iterator[tuple[str, list[str], str]]:
    """What there are, the names of all, and where they are defined."""
    strategies = [strategy.name for strategy in STRATEGIES]
    components = [component.name for component in COMPONENTS]
    sections = [make.__name__ for make in PARTS]
    details = [make.__name__ for make in DETAILS]
    yield "strategies", strategies, "model/economics/strategies.py"
    yield "components of a payoff", components, "model/economics/components.py"
    yield "families of distributions", sorted(FAMILIES), "priors/distributions/families"
    yield "checks of a run", [check.name for check in CHECKS], "model/checks/each"
    yield "charts", _charts(), "reports/page/svg/charts"
    yield "sections of a company", sections, "reports/page/company/company.py"
    yield "details of the report", details, "reports/page/details/method.py"
    yield "shipped prior files", [file.name for file in shipped()], "priors"
    yield "public names", list(decide.__all__), "decide.py"


def _charts() -> list[str]:
    return [path.stem for path in sorted(CHARTS.glob("*.py")) if path.stem != "__init__"]
