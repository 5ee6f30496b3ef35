"""Size of a run unless the user says otherwise; light, so that the command line can show it."""

__all__ = [
    "DEFAULT_CHAINS",
    "DEFAULT_DRAWS",
    "DEFAULT_SEED",
    "EARLIER_SAMPLER",
    "LAST_BY_NUMBER",
    "MAX_CHAINS",
    "MAX_DOUBLINGS",
    "MAX_SEED",
    "MIN_CHAINS",
    "RIVALS",
    "RIVALS_RESPOND",
    "RIVALS_STAY",
    "SAMPLERS",
]

DEFAULT_DRAWS = 65_536
DEFAULT_CHAINS = 16
DEFAULT_SEED = 20_260_324
#: Fewer randomizations would give no standard error to speak of.
MIN_CHAINS = 4
#: More would not fit into memory with the two draws that each must keep.
MAX_CHAINS = 2**20
#: The largest whole number that a run's file can hold.
MAX_SEED = 2**64 - 1
#: How often the draws of a run may be doubled, unless the user says how many are the most.
MAX_DOUBLINGS = 3
SAMPLERS: tuple[str, ...] = ("sobol", "random")
#: What rivals may do: leave by their own rules, or all stay.
RIVALS: tuple[str, ...] = ("respond", "stay")
RIVALS_RESPOND, RIVALS_STAY = RIVALS
#: Of the way from points to draws. 1 took normal scores from SciPy's `ndtri`; those of
#: `normal_scores` differ in the last bits, and draws with them, by up to 1e-5 where a prior is cut.
#: 3 computes exponentials by `model.numerics.elementary`, cut normals and lognormals from a table,
#: and parameters by Newton's method: last bits again.
SAMPLER_VERSION = 3
#: Up to then each dimension was drawn from the Sobol column of its own number.
LAST_BY_NUMBER = 2
#: What "sobol" was then, to reproduce such runs; no choice of the command line.
EARLIER_SAMPLER = "sobol-2"
