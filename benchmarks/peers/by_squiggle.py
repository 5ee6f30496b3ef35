"""The model of one line by Squiggle's own engine, in Node."""

import json
import shutil
import subprocess
from pathlib import Path

from benchmarks.peers.reduced import INPUTS, NAME, inputs, lead
from benchmarks.peers.timing import Measured
from priors.distributions.distribution import Distribution

__all__ = ["VERSION", "engine", "reduced", "source"]

VERSION = "0.10.0"
_FOLDER = Path(__file__).resolve().parents[2] / "runs" / "benchmarks" / "squiggle"
_ENTRY = _FOLDER / "node_modules" / "@quri" / "squiggle-lang" / "dist" / "index.js"
_MINUTES = 3


def engine() -> str:
    """Find Squiggle's engine, or install it by npm below `runs`, which git leaves out.

    Returns
    -------
    str
        Why it cannot be had; empty where it is there.
    """
    if shutil.which("node") is None or shutil.which("npm") is None:
        return "Node and npm are not installed"
    if _ENTRY.is_file():
        return ""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = f"@quri/squiggle-lang@{VERSION}"
    command = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(_FOLDER), wanted]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=60 * _MINUTES)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return f"npm cannot install {wanted}"
    return "" if _ENTRY.is_file() else f"{wanted} has no engine where it was looked for"


def reduced(size: int) -> Measured:
    """Evaluate the model; the time is that of parsing, sampling and evaluating it.

    Parameters
    ----------
    size : int
        Samples.

    Returns
    -------
    Measured
        Its memory is Node's.
    """
    script = Path(__file__).with_name("squiggle.mjs")
    command = ["node", str(script), str(_ENTRY), str(size)]
    done = subprocess.run(command, input=source(), check=True, capture_output=True, text=True)
    one = json.loads(done.stdout)
    mean, deviation = one["found"]
    figures = {NAME: (mean, deviation / size**0.5)}
    return Measured(size, one["wall"], one["cpu"], figures, memory=one["memory"])


class _Term:
    """A text that adds and multiplies: `lead` of such texts is the model in Squiggle's words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __add__(self, other: "_Term") -> "_Term":
        return _Term(f"({self.text} + {other.text})")

    def __sub__(self, other: "_Term") -> "_Term":
        return _Term(f"({self.text} - {other.text})")

    def __mul__(self, other: "_Term") -> "_Term":
        return _Term(f"{self.text} * {other.text}")

    def __rmul__(self, number: float) -> "_Term":
        return _Term(f"{number} * {self.text}")


def source() -> str:
    """The model in Squiggle's language.

    Returns
    -------
    str
        It gives a list of mean and standard deviation.
    """
    lines = [f"{_name(name)} = {_stated(one)}" for name, one in inputs().items()]
    model = lead({name: _Term(_name(name)) for name in INPUTS}).text
    found = "[mean(lead), stdev(lead)]"
    return "\n".join([*lines, f"lead = {model}", found])


def _name(path: str) -> str:
    first, _, second = path.partition(".")
    return f"{first}_{second}"


def _stated(one: Distribution) -> str:
    a, b = one.parameters
    return f"lognormal(log({a!r}), {b!r})" if one.family == "lognormal" else f"beta({a!r}, {b!r})"
