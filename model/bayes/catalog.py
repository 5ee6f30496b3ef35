"""The tensor forms of the continuous families, derived from the catalog of families."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

from model.bayes import families
from model.bayes.tensor_family import TensorFamily
from priors.distributions.catalog import CONTINUOUS

__all__ = ["TENSORS"]

#: Name of every continuous family to its tensor form.
TENSORS: Mapping[str, TensorFamily] = MappingProxyType(
    {name: import_module(f"{families.__name__}.{name}").TENSOR for name in CONTINUOUS}
)
