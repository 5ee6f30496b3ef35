"""The registry: a record of every uncertain quantity, of the industry or of a player. No priors."""
