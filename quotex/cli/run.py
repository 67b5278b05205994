"""One run over all inputs: read, extract, select, write."""

import traceback
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import TYPE_CHECKING

from quotex.cli.report import Reporter
from quotex.errors import InputError, Msg, QuotexError, UsageError
from quotex.language import looks_english
from quotex.printable import count
from quotex.read import Failure
from quotex.select import Selection, select_quotes
from quotex.types import Article
from quotex.write import Output, Writer

if TYPE_CHECKING:
    from spacy.language import Language

    from quotex.model.session import Model


@dataclass(slots=True)
class Report:
    """How much was done."""

    n_articles: int = 0
    n_quotes: int = 0
    n_failed: int = 0

    def __str__(self) -> str:
        done = f"{count(self.n_quotes, 'quote')} in {count(self.n_articles, 'article')}"
        return f"{done}; {count(self.n_failed, 'input')} failed" if self.n_failed else done


def extract_all(
    items: Iterable[Article | Failure],
    *,
    model: Path | None,
    selection: Selection,
    output: Output,
    writer: Writer,
    reporter: Reporter,
) -> Report:
    """Extract the quotes of all articles; what fails is reported, and the rest goes on.

    Raises:
        ModelError: The model cannot be used.
        UsageError: Q209, the output cannot be written any more.
        BrokenPipeError: Nobody reads the output any more.
    """
    report = Report()
    for item, seconds in extract_each(items, model):
        if isinstance(item, Failure):
            report.n_failed += 1
            reporter.fail(item)
        else:
            article = select_quotes(item, selection)
            if not looks_english(article.text):
                reporter.warn(Msg.Q116.format(doc=article.id))
            write(article, writer, output)
            report.n_articles += 1
            report.n_quotes += len(article.quotes)
            reporter.done(article, n_articles=report.n_articles, seconds=seconds)
    finish(writer, output)
    return report


def extract_each(
    items: Iterable[Article | Failure], model: Path | None
) -> Iterator[tuple[Article | Failure, float]]:
    """Extract the quotes of each article, in order, with the seconds it took; failures are passed on."""
    nlp: Language | None = None
    early = open_early(model)
    for item in items:
        if isinstance(item, Failure):
            yield item, 0.0
        else:
            nlp = nlp or load(model)
            early.clear()  # the pipeline has it now
            start = perf_counter()
            result = extract_one(item, nlp)
            yield result, perf_counter() - start


def open_early(folder: Path | None) -> list["Model"]:
    """Open the model in a thread, while the main one imports spaCy; returns where it will be kept until then."""
    from quotex.model.session import open_model

    opened: list[Model] = []

    def open_files() -> None:
        with suppress(QuotexError):  # the pipeline meets the same error, and it is reported there
            opened.append(open_model(folder))
            opened[0].session  # noqa: B018

    Thread(target=open_files, daemon=True).start()
    return opened


def load(model: Path | None) -> "Language":
    """Open the pipeline; imported here, because it takes a second that `--help` does not have."""
    import quotex

    return quotex.load(model)


def extract_one(article: Article, nlp: "Language") -> Article | Failure:
    """Extract the quotes of one article; only here a bug of ours costs one article and not the run."""
    from quotex.extraction import extract_article

    try:
        return extract_article(article, nlp)
    except InputError as err:
        return Failure(article.id, str(err))
    except QuotexError:
        raise
    except Exception as err:
        error = f"{type(err).__name__}: {err}"
        return Failure(article.id, Msg.Q115.format(doc=article.id, error=error), traceback.format_exc())


def write(article: Article, writer: Writer, output: Output) -> None:
    """Write one article; whoever reads a pipe sees it at once."""
    try:
        writer.write(article)
        if output.path is None:
            output.stream.flush()
    except OSError as err:
        raise unwritable(output, err) from err


def finish(writer: Writer, output: Output) -> None:
    """End the output."""
    try:
        writer.close()
        output.complete()
    except OSError as err:
        raise unwritable(output, err) from err


def unwritable(output: Output, err: OSError) -> Exception:
    """Turn an error of writing into one for the user; a broken pipe is none."""
    if isinstance(err, BrokenPipeError):
        return err
    name = "stdout" if output.path is None else output.name
    return UsageError(Msg.Q209.format(path=name, reason=err.strerror or err, kept=output.abandon()))
