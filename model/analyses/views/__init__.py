"""The same question under other views: other priors, another attitude to risk, other rivals."""
