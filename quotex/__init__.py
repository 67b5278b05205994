"""quotex reads news articles and says who said what.

>>> import quotex
>>> article = quotex.extract("“We are ready,” Ann Lee said.")
>>> article.quotes[0].text
'We are ready,'

Nothing slow is imported until a function is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from quotex.types import Article, Quote, Span, Speaker

if TYPE_CHECKING:
    from quotex.evaluation.run import evaluate
    from quotex.extraction import extract, load, to_article
    from quotex.training.run import train
    from quotex.verification import verify

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Quote",
    "Span",
    "Speaker",
    "__version__",
    "evaluate",
    "extract",
    "load",
    "to_article",
    "train",
    "verify",
]
PLACES = {
    "evaluate": "quotex.evaluation.run",
    **dict.fromkeys(("extract", "load", "to_article"), "quotex.extraction"),
    "train": "quotex.training.run",
    "verify": "quotex.verification",
}  # of what is imported when it is first used: `quotex --help` must not wait for spaCy


def __getattr__(name: str) -> object:
    """Import a function."""
    if name in PLACES:
        return getattr(import_module(PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List what is not imported yet, too."""
    return sorted(__all__)
