"""Measures of risk of any outcome: certainty equivalent, expected shortfall, dominance.

Nothing here knows of video.
"""
