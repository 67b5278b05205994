"""quotex reads news articles and says who said what.

>>> import quotex
>>> article = quotex.extract("“We are ready,” Ann Lee said.")
>>> article.quotes[0].text
'We are ready,'

Nothing slow is imported until `load` or `extract` is first used.
"""

from typing import TYPE_CHECKING

from quotex.types import Article, Quote, Span, Speaker

if TYPE_CHECKING:
    from quotex.extraction import extract, load, to_article

__version__ = "0.1.0"
__all__ = ["Article", "Quote", "Span", "Speaker", "__version__", "extract", "load", "to_article"]


def __getattr__(name: str) -> object:
    """Import spaCy only when it is needed: `quotex --help` must not wait for it."""
    if name in {"extract", "load", "to_article"}:
        from quotex import extraction

        return getattr(extraction, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List what is not imported yet, too."""
    return sorted({*globals(), *__all__})
