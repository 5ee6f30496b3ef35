"""The decision model, in wings: each wing's first sentence says what belongs in it.

A wing imports along the arrows of `tests/integration/test_layers.py` only. What a stranger looks
for: a formula of the economics in `economics/`, an estimator in the wing named after it, what a
command reports of a run in `analyses/`.
"""
