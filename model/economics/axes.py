"""The years, and the dates of the real options, once."""

__all__ = ["FIRST_YEAR", "LEAVING_YEARS", "NEVER", "N_YEARS", "RETURN_YEARS", "YEARS"]

FIRST_YEAR = 2026
N_YEARS = 20
YEARS: tuple[int, ...] = tuple(range(FIRST_YEAR, FIRST_YEAR + N_YEARS))

#: Year indices at whose end a player that stays may leave, and one that left may come back.
LEAVING_YEARS: tuple[int, ...] = tuple(range(9))
RETURN_YEARS: tuple[int, ...] = tuple(range(2, 9))
#: A real option that is not exercised.
NEVER = -1
