"""Names of the axes and of their labels, once."""

__all__ = [
    "COMPONENTS",
    "FIRST_YEAR",
    "N_YEARS",
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
