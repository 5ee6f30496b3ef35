"""The registry's tables: every uncertain quantity, those of the industry and those of a player."""
