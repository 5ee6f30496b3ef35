"""What the commands report of a run: decision, options, information, drivers, switching, risk.

Each module reads a run's tree, calls a general wing, and returns its part of a result file. No
estimator is defined here.
"""
