"""The decision model: sampling, economics, decision analysis."""
