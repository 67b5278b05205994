"""What several tests need: an article with all kinds of quotes, a pipeline that needs no model, the command."""

import re
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings
from typer.testing import CliRunner, Result

from quotex.select import make_selection, put_into
from quotex.types import Article, Findings, Quote, Span, Speaker

settings.register_profile("quotex", deadline=None)  # a busy machine is no failure
settings.load_profile("quotex")

TEXT = (
    "“We are ready,” said Ann Lee, the mayor. “Come in.”\r\n\r\n"
    "The city would pay, she hoped.\r\n\r\n"
    "“Nobody 𝒂sked us"
)
MAYOR = Speaker("ann-lee", "Ann Lee", "person", ("she",), ("the mayor", "a lawyer"), (1, 2), "Ora")


def cut(part: str, text: str = TEXT) -> Span:
    """Find a part of a text and make a span of it."""
    start = text.index(part)
    return Span(start, start + len(part), part)


@pytest.fixture
def article() -> Article:
    """An article with a direct quote in two pieces, a thought, and a quote that has no speaker and no end."""
    quotes = (
        Quote(
            id=1,
            type="direct",
            act="statement",
            content=(cut("We are ready,"), cut("Come in.")),
            cue=(cut("said"),),
            source=(cut("Ann Lee, the mayor"),),
            speaker=MAYOR,
            confidence=0.98765,
            paragraph=1,
            sentence="“We are ready,” said Ann Lee, the mayor. “Come in.”",
        ),
        Quote(
            id=2,
            type="indirect",
            act="thought",
            content=(cut("The city would pay"),),
            cue=(cut("hoped"),),
            source=(cut("she"),),
            speaker=MAYOR,
            confidence=0.5,
            paragraph=2,
        ),
        Quote(
            id=3,
            type="mixed",
            act="statement",
            content=(cut("Nobody 𝒂sked us"),),
            cue=(),
            source=(),
            speaker=None,
            confidence=1.0,
            paragraph=3,
            closed=False,
        ),
    )
    return Article("news/a.txt", TEXT, quotes, (MAYOR,))


def find_marked(article: Article, nlp: object) -> Findings:
    """Stand in for the pipeline: “…” is direct, Two Words in capitals after it speak, and hoping is a thought."""
    if "BUG" in article.text:
        raise KeyError("bug")
    quotes = []
    for number, found in enumerate(re.finditer(r"“([^”\n]+)(”?)(?: (\w+) ([A-Z]\w+ [A-Z]\w+))?", article.text), 1):
        name = found[4]
        quotes.append(
            Quote(
                id=number,
                type="direct",
                act="thought" if found[3] == "hoped" else "statement",
                content=(Span(*found.span(1), found[1]),),
                cue=(Span(*found.span(3), found[3]),) if name else (),
                source=(Span(*found.span(4), name),) if name else (),
                speaker=Speaker(name.lower().replace(" ", "-"), name, "person") if name else None,
                confidence=1 / number,
                paragraph=1,
                closed=bool(found[2]),
            )
        )
    speakers = dict.fromkeys(quote.speaker for quote in quotes if quote.speaker)
    listed = (
        replace(speaker, quotes=tuple(quote.id for quote in quotes if quote.speaker == speaker))
        for speaker in speakers
    )
    return Findings(tuple(quotes), tuple(listed))


def extract_marked(article: Article, **options: Any) -> Article:
    """Stand in for all of `quotex extract`; the options are those of `make_selection`."""
    return put_into(article, find_marked(article, None), make_selection(**options))


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the command with `find_marked` instead of the pipeline."""
    import quotex.component  # noqa: F401  or it would keep the stand-in, if it were imported meanwhile

    monkeypatch.setattr(
        "quotex.extraction.load", lambda model=None: SimpleNamespace(vocab=SimpleNamespace(strings=()))
    )
    monkeypatch.setattr("quotex.extraction.find_all", find_marked)


@pytest.fixture
def quotex(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `quotex ARGUMENTS` in this process, 80 columns wide."""
    from quotex.cli.app import app

    monkeypatch.setenv("COLUMNS", "80")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(app, [str(item) for item in arguments], input=stdin, prog_name="quotex")

    return run


@pytest.fixture
def docx():
    """The library."""
    return pytest.importorskip("docx", reason="needs the extra docx")
