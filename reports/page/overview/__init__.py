"""The first screen: the answer for all companies, with odds, stakes and what would change it."""
