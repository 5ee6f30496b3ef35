"""Joint draws of every quantity: Sobol points → normal scores → copula → quantile functions.

Not what families there are and how a file states them: that is `priors/distributions/`.
"""
