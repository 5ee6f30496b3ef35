"""Grey bars in the rows of a table: what it is worth to know."""

from reports.page.svg.element import drawing, element, short

__all__ = ["knowing"]


def knowing(worths: tuple[float, ...]) -> tuple[str, ...]:
    """A bar for each row, all on one scale from 0.

    Parameters
    ----------
    worths : tuple of float
        In any unit; below 0 is drawn as 0.

    Returns
    -------
    tuple of str
        Hidden from screen readers: the table says the same.
    """
    largest = max(worths, default=0.0)
    return tuple(
        drawing(
            [
                element(
                    "rect",
                    css="neutral",
                    x=0,
                    y=4,
                    width=short(100.0 * max(worth, 0.0) / largest if largest > 0.0 else 0.0, 2),
                    height=12,
                )
            ],
            css="g bars",
            viewBox="0 0 100 20",
            preserveAspectRatio="none",
        )
        for worth in worths
    )
