"""Prior files to `Priors`: the one way in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike
from pathlib import Path
from re import sub
from typing import Any

from priors.errors import InputError, PriorFileError, Problem
from priors.reading import correlation, files, overrides
from priors.reading.comments import hidden_in_comments
from priors.reading.dump import dump
from priors.reading.editions import edition_of, selection_of
from priors.reading.files import PriorFile
from priors.reading.form import check
from priors.reading.layers import SET, Layer, from_file
from priors.reading.merge import Group, Merged, Pair, merge
from priors.reading.records import AddedStrategy, Player, Prior, Priors
from priors.reading.resolve import Resolver
from priors.reading.schema import Form, form_of
from priors.reading.zeros import zero_weights
from priors.registry.selection import Selection

__all__ = ["load_chain", "load_priors", "load_text"]

#: So many quantities are not forgotten one by one.
_MANY_LACKING = 10

type Overrides = Mapping[str, Any] | Iterable[str] | None


def load_priors(path: str | PathLike[str], overrides: Overrides = None) -> Priors:
    """Read, merge and check a prior file.

    Parameters
    ----------
    path : str or path
        The file; where there is none, a shipped file of that name, such as ``base.toml``.
    overrides : mapping or iterable of str, optional
        What stands over the files: dotted path to value, such as
        ``{"market.size_2033.scale": 1.5}``, or texts ``PATH=VALUE`` as on the command line.
        ``players.*`` is every player. A number is a constant, in the quantity's unit.

    Returns
    -------
    Priors
        The distribution of every global quantity, and of every quantity of each player, in the
        units of the registry; their correlations; and ``resolved``, the text of a prior file that
        gives the same draws without ``extends``. What `simulate` and `pymc_model` take.

    Raises
    ------
    PriorFileError
        With everything that is wrong, each with its file, line and path; also where the file
        cannot be found or read.
    InputError
        If `path` is no name or path, or `overrides` neither a mapping nor texts.

    Notes
    -----
    The files that ``extends`` names are merged first, then each type into its players; a
    player's own prior beats its type's, and the overrides beat all. Correlations are Spearman's
    of the normal scores of a Gaussian copula: r = 2 sin(π rank / 6) (Pearson 1907).

    Examples
    --------
    >>> priors = decide.load_priors("base.toml", {"players.*.discount_rate": 0.12})
    """
    given: Any = path
    if not isinstance(given, str | PathLike):
        kind = type(path).__name__
        raise InputError(f"path is of type {kind}; the name or path of a prior file is expected")
    return load_chain(files.read_chain(path), overrides)


def load_text(text: str, name: str, overrides: Overrides = None) -> Priors:
    """Read a prior file from its text, such as a run's resolved one.

    Parameters
    ----------
    text : str
        The file's text; it may extend shipped files only.
    name : str
        What the file is called in messages; its stem is the default of the file's `name`.
    overrides : mapping or iterable of str, optional
        As in `load_priors`.

    Returns
    -------
    Priors
        As `load_priors` returns it.

    Raises
    ------
    PriorFileError
        With everything that is wrong.
    """
    first = files.parse(text.encode("utf-8", "surrogatepass"), name)
    return load_chain(files.extend([first], None), overrides)


def load_chain(chain: Sequence[PriorFile], stated: Overrides = None) -> Priors:
    """Merge and check files that were read.

    Parameters
    ----------
    chain : sequence of PriorFile
        The furthest ancestor first, as `files.read_chain` returns them.
    stated : mapping or iterable of str, optional
        Overrides, as in `load_priors`.

    Returns
    -------
    Priors
        As `load_priors` returns it.

    Raises
    ------
    PriorFileError
        With everything that is wrong.
    """
    read = _read_overrides(stated)
    edition, of_edition = edition_of(chain)
    raw = [*map(from_file, chain), *(overrides.as_layer(one, (), ()) for one in read)]
    quantities, taken = selection_of(raw, edition)
    layers, problems = _layers(chain, read, form_of(quantities))
    merged = merge(layers, quantities)
    resolver = Resolver(merged, chain[-1].name, quantities)
    players, excluded = resolver.players()
    everyone = sorted((*players, *excluded), key=lambda player: player.place)
    priors = resolver.priors()
    names = [player.name for player in everyone]
    expanded, wrong = correlation.expand(merged.pairs, names, quantities)
    notes, refused = _constants(expanded, priors)
    problems += [*hidden_in_comments(chain), *taken, *resolver.problems, *wrong, *refused]
    problems += [*zero_weights(priors, players), *correlation.check_definite(expanded)]
    if problems:
        raise PriorFileError({*problems, *_lacking(chain, problems)})
    notes = [*of_edition, *resolver.notes_on_types(), *notes]
    found = _priors(chain, merged, quantities, players, excluded, priors, expanded, notes)
    return replace(found, shipped="" if read else _shipped(chain[-1]))


def _shipped(file: PriorFile) -> str:
    own = file.path is None or file.path.parent != files.SHIPPED
    return "" if own or file.path is None else file.path.name


def _lacking(chain: Sequence[PriorFile], problems: Iterable[Problem]) -> Iterator[Problem]:
    """What to do where a file that extends nothing lacks many quantities."""
    count = sum(problem.message.startswith("found nothing") for problem in problems)
    first = chain[0]
    if count >= _MANY_LACKING and first.name not in files.shipped_files():
        text = f'found no extends: extends = "base.toml" would supply the {count} priors that lack'
        yield Problem(first.name, 0, "", text)


def _read_overrides(stated: Overrides) -> list[overrides.Override]:
    if stated is None:
        return []
    if isinstance(stated, Mapping):
        return overrides.from_mapping(stated)
    given: Any = [stated] if isinstance(stated, str | bytes) else stated
    texts: list[Any] = [*given] if isinstance(given, Iterable) else [given]
    wrong = [type(one).__name__ for one in texts if not isinstance(one, str)]
    if wrong:
        raise InputError(
            f"overrides is or holds an object of type {wrong[0]}; a mapping of paths to values, "
            f"or texts PATH=VALUE, are expected"
        )
    return overrides.from_text(texts)


def _layers(
    chain: Sequence[PriorFile], stated: Iterable[overrides.Override], form: Form
) -> tuple[list[Layer], list[Problem]]:
    """The files' layers and those of the overrides, checked for their form."""
    layers: list[Layer] = []
    problems: list[Problem] = []
    names: dict[str, dict[str, None]] = {"types": {}, "players": {}}

    def add(layer: Layer) -> None:
        checked, wrong = check(layer, form)
        layers.append(checked)
        problems.extend(wrong)
        for kind, known in names.items():
            known.update(dict.fromkeys(checked.data.get(kind, {})))

    for file in chain:
        add(from_file(file))
    for override in stated:
        add(overrides.as_layer(override, [*names["types"]], [*names["players"]]))
    return layers, problems


def _constants(
    expanded: correlation.Expanded, priors: Mapping[tuple[str, str | None], Prior]
) -> tuple[list[str], list[Problem]]:
    """Notes on correlations that have no effect, and those that are refused.

    A pair keeps its place in the copula when one of its quantities becomes a constant, so that
    every other draw stays as it is. A wildcard joins those of its quantities that vary.
    """
    notes: list[str] = []
    refused: list[Problem] = []
    for ends, pair in expanded.items():
        known = [priors[end] for end in ends if end in priors]
        constants = [prior for prior in known if prior.distribution.constant]
        if len(known) < len(ends):
            continue
        paths = [prior.path for prior in known]
        if pair.inactive:
            if not constants and not any(prior.origin.file == SET for prior in known):
                text = f"found inactive = true, but neither {' nor '.join(paths)} is a constant"
                refused.append(_refusal(pair, text))
            continue
        if not constants:
            continue
        constant = constants[0]
        if constant.origin.file == SET:
            names = " and ".join(paths)
            notes.append(f"the correlation of {names} has no effect: {constant.path} is a constant")
        elif "*" not in "".join(pair.between):
            place = f"{constant.origin.file}:{constant.origin.line}"
            text = f"found {constant.path}, a constant ({place}), expected a quantity that varies"
            refused.append(_refusal(pair, f"{text}; rank = 0 removes the pair"))
    return notes, refused


def _refusal(pair: Pair, text: str) -> Problem:
    return Problem(pair.origin.file, pair.origin.line, pair.origin.path, text)


def _priors(
    chain: Sequence[PriorFile],
    merged: Merged,
    quantities: Selection,
    players: Sequence[Player],
    excluded: Sequence[Player],
    priors: Mapping[tuple[str, str | None], Prior],
    expanded: correlation.Expanded,
    notes: Sequence[str],
) -> Priors:
    stated = merged.keys
    name = stated["name"].value if "name" in stated else _default_name(chain[-1].name)
    description = stated["description"].value if "description" in stated else ""
    types = {
        kind: group.keys["label"].value if "label" in group.keys else kind
        for kind, group in merged.types.items()
    }
    strategies = [_strategy(name, merged.strategies[name]) for name in quantities.strategies]
    found = Priors(
        name=name,
        description=description,
        players=tuple(players),
        excluded=tuple(excluded),
        types=types,
        priors=priors,
        correlations=correlation.as_records(expanded),
        resolved="",
        files={file.name: file.sha256 for file in chain},
        notes=tuple(notes),
        edition=quantities.edition,
        strategies=tuple(strategies),
    )
    return replace(found, resolved=dump(found))


def _strategy(name: str, stated: Group) -> AddedStrategy:
    """The record of a strategy, named for readers by its name where it states no label."""
    label, why = stated.keys.get("label"), stated.keys.get("why")
    plain = name.replace("_", " ").strip().capitalize()
    return AddedStrategy(name, label.value if label else plain, why.value if why else "")


def _default_name(file: str) -> str:
    """The stem of the file, as far as it can name a run's folder."""
    stem = sub(r"[^\w .+()-]", "_", Path(file).stem)[:100].lstrip(" .+()-")
    return stem or "priors"
