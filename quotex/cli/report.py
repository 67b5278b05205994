"""What a run tells on stderr: failures, details, progress."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from quotex.printable import count, make_printable
from quotex.read import Failure
from quotex.types import Article


class Reporter:
    """Speaks on stderr while a run goes on; a context, because a progress line has to be cleared.

    Attributes:
        verbose: Say what was found in each article, and where our own bugs are.
        quiet: Say nothing but what failed.
    """

    def __init__(self, *, verbose: bool = False, quiet: bool = False, progress: bool = False) -> None:
        self.verbose = verbose and not quiet
        self.quiet = quiet
        self.console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self.progress = make_progress(self.console) if progress and not quiet else None
        self.n_quotes = self.n_words = 0

    def __enter__(self) -> Self:
        if self.progress:
            self.progress.start()
            self.progress.add_task("", counts="loading the model")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, err: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.progress:
            self.progress.stop()

    def say(self, text: str) -> None:
        """Print one line."""
        self.console.print(make_printable(text), soft_wrap=True)

    def warn(self, text: str) -> None:
        """Say what is no failure, but should be known."""
        if not self.quiet:
            self.say(text)

    def fail(self, failure: Failure) -> None:
        """Name what could not be done."""
        self.say(failure.message)
        if self.verbose and failure.detail:
            for line in failure.detail.splitlines():
                self.say(line)

    def done(self, article: Article, *, n_articles: int, seconds: float) -> None:
        """Count an article; tell about it if asked to."""
        n_words = len(article.text.split())
        self.n_quotes += len(article.quotes)
        self.n_words += n_words
        if self.verbose:
            found = f"{count(len(article.quotes), 'quote')}, {count(n_words, 'word')}"
            self.say(f"{article.id}: {found}, {seconds:.2f} s")
            for quote in article.quotes:
                if not quote.closed:
                    start = quote.content[0].start
                    self.say(f"{article.id}: quote {quote.id}, at {start}: the quotation mark is never closed")
        if self.progress:
            counts = f"{n_articles:,} articles, {self.n_words:,} words, {self.n_quotes:,} quotes"
            self.progress.update(self.progress.task_ids[0], counts=counts)


def make_progress(console: Console) -> Progress:
    """Make the line that shows that something goes on; it disappears at the end."""
    columns = (SpinnerColumn(), TextColumn("{task.fields[counts]}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
