"""What is measured: ours and its peers, by question; one record each."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from benchmarks.peers.timing import Measured

__all__ = ["PEERS", "QUESTIONS", "Peer", "Question", "lacking", "work_of"]


@dataclass(frozen=True, slots=True)
class Question:
    """What several programs answer.

    Attributes
    ----------
    name : str
        As `--only` takes it.
    title : str
        What is asked.
    unit : str
        What is counted.
    precise : bool
        Whether means of draws are compared, so that time to a given standard error has a meaning.
    """

    name: str
    title: str
    unit: str
    precise: bool = False


@dataclass(frozen=True, slots=True)
class Peer:
    """A program that answers a question.

    Attributes
    ----------
    name : str
        As `--only` takes it.
    question : str
        Name of the `Question`.
    label : str
        How tables call it.
    work : str
        Module and function in benchmarks/peers, which takes the size and gives a `Measured`.
    size, quick : int
        So large that it takes about a second or more; as small as a test needs.
    package : str
        What must be installed.
    ours : bool
        Whether it is what the others are compared with.
    role : str
        ``reference`` where others' errors are measured against it.
    """

    name: str
    question: str
    label: str
    work: str
    size: int
    quick: int
    package: str = ""
    ours: bool = False
    role: str = ""


QUESTIONS: tuple[Question, ...] = (
    Question("model", "the whole model, exit − stay for good", "draws", precise=True),
    Question("line", "a model of one line", "draws", precise=True),
    Question("indices", "Sobol indices of exit − stay", "evaluations"),
    Question("options", "the right to leave later", "paths"),
)

PEERS: tuple[Peer, ...] = (
    Peer(
        "decide", "model", "decide: draws and kernel", "same_model:kernel", 2**19, 2**12, ours=True
    ),
    Peer("simulate", "model", "decide: whole run", "same_model:whole_run", 2**18, 2**12),
    Peer("numpy", "model", "NumPy in blocks", "by_numpy:of_model", 2**16, 2**12),
    Peer("pymc", "model", "PyMC, after compiling", "by_pymc:prior_predictive", 4000, 200),
    Peer(
        "squigglepy",
        "model",
        "squigglepy + NumPy",
        "by_squigglepy:of_model",
        2**15,
        2**12,
        package="squigglepy",
    ),
    Peer("decide-line", "line", "decide: sampler", "reduced:of_ours", 2**22, 2**14, ours=True),
    Peer("numpy-line", "line", "NumPy", "reduced:by_numpy", 2**22, 2**14),
    Peer(
        "squigglepy-line",
        "line",
        "squigglepy",
        "reduced:by_squigglepy",
        2**21,
        2**14,
        package="squigglepy",
    ),
    Peer("squiggle-line", "line", "Squiggle in Node", "by_squiggle:reduced", 400_000, 2**14),
    Peer("decide-indices", "indices", "decide", "indices:of_ours", 512, 64, ours=True),
    Peer("salib", "indices", "SALib", "indices:by_salib", 512, 64, package="SALib"),
    Peer(
        "reference-indices",
        "indices",
        "decide, more points",
        "indices:reference",
        8192,
        128,
        role="reference",
    ),
    Peer("decide-options", "options", "decide", "least_squares:of_ours", 2**16, 2**13, ours=True),
    Peer(
        "textbook", "options", "least squares in NumPy", "least_squares:by_textbook", 2**16, 2**13
    ),
)


def work_of(peer: Peer) -> Callable[[int], Measured]:
    """The function that measures a peer; imports what it needs.

    Parameters
    ----------
    peer : Peer
        One of `PEERS`.

    Returns
    -------
    callable
        From a size to what was measured.
    """
    module, _, name = peer.work.partition(":")
    found: Callable[[int], Measured] = getattr(import_module(f"benchmarks.peers.{module}"), name)
    return found


def lacking(peer: Peer) -> str:
    """Why a peer cannot be measured here.

    Parameters
    ----------
    peer : Peer
        One of `PEERS`.

    Returns
    -------
    str
        Empty where it can.
    """
    if peer.package and find_spec(peer.package) is None:
        return f"{peer.package} is not installed: uv run --group peers python -m benchmarks"
    if peer.work.startswith("by_squiggle:"):
        from benchmarks.peers.by_squiggle import engine

        return engine()
    return ""
