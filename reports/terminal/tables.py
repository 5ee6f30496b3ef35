"""How tables look in the terminal."""

from rich.table import Table

__all__ = ["plain_table"]


def plain_table(title: str) -> Table:
    """A table without lines, its title bold and its heads dim.

    Parameters
    ----------
    title : str
        Above it.

    Returns
    -------
    Table
        Without columns yet.
    """
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        padding=(0, 1),
        header_style="dim",
    )
