"""Measure one peer in this process and print what was found, as JSON.

    uv run python -m benchmarks.peers NAME SIZE
    uv run python -m benchmarks.peers deviation

`python -m benchmarks` starts it once for each: imports and memory are then each peer's own.
"""

import json
import sys
from dataclasses import asdict

from benchmarks.peers.catalog import PEERS, work_of
from benchmarks.peers.timing import peak_memory


def main() -> None:
    """Print the last line that the caller reads."""
    if sys.argv[1:] == ["deviation"]:
        from benchmarks.peers.same_model import largest_deviation

        print(largest_deviation())
        return
    name, size = sys.argv[1], int(sys.argv[2])
    found = work_of(next(peer for peer in PEERS if peer.name == name))(size)
    found.memory = found.memory or peak_memory()
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
