"""Names of the axes and of their labels, once."""

__all__ = [
    "COMPONENTS",
    "FIRST_YEAR",
    "LEAVING_YEARS",
    "NEVER",
    "N_YEARS",
    "OPTION_COMPONENTS",
    "RETURN_YEARS",
    "STRATEGIES",
    "YEARS",
]

STRATEGIES: tuple[str, ...] = ("exit", "stay", "api_only")

FIRST_YEAR = 2026
N_YEARS = 20
YEARS: tuple[int, ...] = tuple(range(FIRST_YEAR, FIRST_YEAR + N_YEARS))

COMPONENTS: tuple[str, ...] = (
    "video_margin",
    "platform_synergy",
    "consumer_subsidy",
    "fixed_cost",
    "legal",
    "compute_opportunity",
    "robotics",
    "ipo",
    "developer_trust",
    "exit_settlement",
)

#: What the rights to come back and to leave add: absent where a run is valued without them.
OPTION_COMPONENTS: tuple[str, ...] = ("reentry", "abandonment")

#: Year indices at whose end a player that stays may leave, and one that left may come back.
LEAVING_YEARS: tuple[int, ...] = tuple(range(9))
RETURN_YEARS: tuple[int, ...] = tuple(range(2, 9))
#: A right that is not used.
NEVER = -1
