"""Formats, and what has to be installed for them."""

import pytest


def need_packages(form: str) -> None:
    """Skip a test of a format whose packages are not installed."""
    if form == "xmi":
        pytest.importorskip("cassis", reason="the extra xmi is not installed")
