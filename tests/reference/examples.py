"""How many examples Hypothesis tries where a test states a number of its own."""

from hypothesis import settings


def examples(many: int) -> int:
    """The share of `many` that the run's profile tries of the usual hundred, 3 at least."""
    return min(many, max(3, many * settings.default.max_examples // 100))
