"""What drives any outcome, and where a decision changes.

Sobol indices, Shapley effects, regional sensitivity, switching values, prior perturbation, on
functions and labelled arrays; nothing here knows of video. What information is worth is in
`information/`.
"""
