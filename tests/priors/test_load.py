"""Loading, merging and resolving whole prior files."""

from priors.load import load_text
from tests.reference.prior_files import minimal


def test_the_resolved_file_reads_as_itself() -> None:
    priors = load_text(minimal(), "mine.toml")
    again = load_text(priors.resolved, "resolved.toml")
    assert again.resolved == priors.resolved
    assert {key: prior.distribution for key, prior in again.priors.items()} == {
        key: prior.distribution for key, prior in priors.priors.items()
    }
