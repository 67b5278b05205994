"""What a run tells on stderr: failures, details, progress."""

from time import monotonic
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from quotex.batch.journal import State
from quotex.batch.progress import Share
from quotex.cli.console import open_console
from quotex.read import Failure
from quotex.text.printable import count, make_printable
from quotex.types import Article

FIRST_LINE, LATER_LINES = 10.0, 60.0  # seconds until there is a line of progress where nobody sits, and between
MIN_SHARE = 0.002  # of the input; before so much is done, the time left is anybody's guess


class Reporter:
    """Speaks on stderr while a run goes on; a context, because a progress line has to be cleared.

    Attributes:
        verbose: Say what was found in each article, and where our own bugs are.
        quiet: Say nothing but what failed.
        found: What is counted beside the articles.
    """

    def __init__(
        self,
        *,
        verbose: bool = False,
        quiet: bool = False,
        progress: bool = False,
        share: Share | None = None,
    ) -> None:
        """Make one.

        Args:
            verbose: See above.
            quiet: See above.
            progress: Show a line that changes; without, there is a new line now and then.
            share: Tells what share of the input is done.
        """
        self.verbose = verbose and not quiet
        self.quiet = quiet
        self.console = open_console()
        self.progress = make_progress(self.console) if progress and not quiet else None
        self.share = share
        self.found = "quote"
        self.n_words = 0
        self.start = monotonic()
        self.start_share: float | None = None
        self.next_line = self.start + FIRST_LINE

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

    def tell(self, text: str) -> None:
        """Say what is no failure, but good to know."""
        if not self.quiet:
            self.say(text)

    def fail(self, failure: Failure, state: State) -> None:
        """Name what could not be done."""
        self.say(failure.message)
        if self.verbose and failure.detail:
            for line in failure.detail.splitlines():
                self.say(line)
        self.show_progress(state)

    def done(self, article: Article, state: State, seconds: float) -> None:
        """Count an article; tell about it if asked to."""
        n_words = len(article.text.split())
        self.n_words += n_words
        if self.verbose:
            found = f"{count(len(article.quotes), 'quote')}, {count(n_words, 'word')}"
            self.say(f"{article.id}: {found}, {seconds:.2f} s")
            for quote in article.quotes:
                if not quote.closed:
                    start = quote.content[0].start
                    self.say(f"{article.id}: quote {quote.id}, at {start}: the quotation mark is never closed")
        self.show_progress(state)

    def show_progress(self, state: State) -> None:
        """Say how far it is: at a terminal in one line that changes, elsewhere in a new line now and then."""
        if self.share:
            self.share.advance(state.n_items)
        if self.progress:
            self.progress.update(self.progress.task_ids[0], counts=self.describe(state))
        elif not self.quiet and monotonic() >= self.next_line:
            self.next_line = monotonic() + LATER_LINES
            self.say(self.describe(state))

    def describe(self, state: State) -> str:
        """Write the line of progress."""
        passed = max(monotonic() - self.start, 1e-9)
        share = self.share.find() if self.share else None
        parts = [count(state.n_articles, "article"), count(state.n_quotes, self.found)]
        if self.n_words:
            parts.insert(1, f"{count(round(self.n_words / passed), 'word')}/s")
        if state.n_failed:
            parts.append(f"{state.n_failed:,} failed")
        if share is not None:
            if self.start_share is None:
                self.start_share = share  # a run that goes on has done some of it before
            done = share - self.start_share
            if done >= MIN_SHARE:
                parts.append(f"{format_time(passed * (1 - share) / done)} left")
        return ", ".join(parts)


def format_time(seconds: float) -> str:
    """Write a length of time.

    >>> format_time(75), format_time(7325)
    ('1:15', '2:02:05')
    """
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def make_progress(console: Console) -> Progress:
    """Make the line that shows that something goes on; it disappears at the end."""
    columns = (SpinnerColumn(), TextColumn("{task.fields[counts]}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
