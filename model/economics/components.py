"""The components of a payoff: one record each, from which everything that names one is derived."""

from dataclasses import dataclass

__all__ = ["COMPONENTS", "COMPONENT_NAMES", "OPTION_COMPONENT_NAMES", "Component", "place_of"]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the net present value.

    Attributes
    ----------
    name : str
        Its one name in files and on axes.
    label : str
        How tables and charts call it.
    of_option : bool
        Whether a real option adds it: absent where a run is valued without them.
    """

    name: str
    label: str
    of_option: bool = False


#: The first ones are the cash flows of a year, in the order of `formulas.Flows`.
COMPONENTS: tuple[Component, ...] = (
    Component("video_margin", "Margin on video"),
    Component("platform_synergy", "Gain to the core business"),
    Component("consumer_subsidy", "Consumer subsidy"),
    Component("fixed_cost", "Fixed cost"),
    Component("legal", "Legal losses"),
    Component("compute_opportunity", "Chips kept from the core"),
    Component("robotics", "Robotics"),
    Component("ipo", "Listing (IPO)"),
    Component("developer_trust", "Developers’ trust"),
    Component("exit_settlement", "Sale less cost of leaving"),
    Component("reentry", "Right to come back", of_option=True),
    Component("abandonment", "Paid on leaving later", of_option=True),
)

#: Of a run without the real options, and what these add.
COMPONENT_NAMES: tuple[str, ...] = tuple(one.name for one in COMPONENTS if not one.of_option)
OPTION_COMPONENT_NAMES: tuple[str, ...] = tuple(one.name for one in COMPONENTS if one.of_option)


def place_of(name: str) -> int:
    """Place of the component called `name` on its axis.

    Parameters
    ----------
    name : str
        A component's one name, of a real option or not.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If there is none of that name.
    """
    return (*COMPONENT_NAMES, *OPTION_COMPONENT_NAMES).index(name)
