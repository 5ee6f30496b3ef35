"""What stands in a prior file, for people: its priors a line each, and what two files differ in."""
