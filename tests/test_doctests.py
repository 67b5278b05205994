"""The examples in docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import quotex

MODULES = [
    module.name for module in pkgutil.walk_packages(quotex.__path__, "quotex.") if "__main__" not in module.name
]


SLOW = frozenset(["quotex.cluster"])  # imports Ray


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in ("quotex", *MODULES)]
)
def test_docstrings(name):
    """Each example gives what stands below it."""
    try:
        module = import_module(name)
    except ModuleNotFoundError as err:
        if not name.startswith("quotex.training."):
            raise
        pytest.skip(f"needs the extra train: {err.name}")
    assert doctest.testmod(module).failed == 0
