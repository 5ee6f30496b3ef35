"""A company's name, and its product where the label has one in brackets: ``OpenAI (Sora)``."""

__all__ = ["company", "product"]


def company(label: str) -> str:
    """The name without the product.

    Parameters
    ----------
    label : str
        A player's label.

    Returns
    -------
    str
    """
    return label.partition(" (")[0]


def product(label: str) -> str:
    """What stands in brackets; empty where nothing does.

    Parameters
    ----------
    label : str
        A player's label.

    Returns
    -------
    str
    """
    return label.partition(" (")[2].removesuffix(")")
