"""The value of information of any decision: EVPI, EVPPI, EVSI, their estimators, cross-fitting.

Labelled arrays in, a Dataset out; nothing here knows of video.
"""
