"""The examples in docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import quotex

MODULES = [
    module.name for module in pkgutil.walk_packages(quotex.__path__, "quotex.") if "__main__" not in module.name
]


@pytest.mark.parametrize("name", ["quotex", *MODULES])
def test_docstrings(name):
    """Each example gives what stands below it."""
    assert doctest.testmod(import_module(name)).failed == 0
