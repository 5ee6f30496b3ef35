"""One file a continuous family: its quantile function and density in PyTensor, as one record.

The files have the names of those in `priors.distributions.families`.
"""
