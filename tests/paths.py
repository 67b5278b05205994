"""Where things are, for tests that read more than Python modules; and how two texts are compared."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NEWS = ROOT / "examples" / "news"
TEXTS = ROOT / "tests" / "data" / "texts"  # models/news_en/training/texts/FORMAT.md
SHARED = Path(os.environ.get("QUOTEX_SHARED") or ROOT.parent / "shared")

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="../shared, which is not part of the project, is not here (set QUOTEX_SHARED)"
)


def strip_edges(text: str) -> str:
    """Leave out what is a matter of taste: whether the comma before the closing mark is content."""
    return text.rstrip(",.?!").strip()
