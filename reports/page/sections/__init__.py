"""The report's sections, a module each: what they say, from the run and its decision."""
