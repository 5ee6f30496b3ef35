"""The joint prior and the payoffs as a PyMC model; the only wing that imports PyMC.

The same distributions as `sampling/` draws from, as tensors with gradients.
"""
