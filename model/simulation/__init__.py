"""A run: priors → draws → exercise of the real options → a labelled tree, and paths by year.

What is then read off the tree is in `analyses/`.
"""
