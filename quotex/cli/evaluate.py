"""`quotex evaluate`: how well the quotes or names that are found agree with those that people marked."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from quotex.cli.guard import FAILED, is_terminal, run_or_exit
from quotex.cli.options import ModelFolder
from quotex.errors import Msg, UsageError
from quotex.read import STDIN, Failure
from quotex.select import make_selection, put_into
from quotex.types import SLICES, Article, Slice

if TYPE_CHECKING:
    from quotex.cli.report import Reporter
    from quotex.evaluate import AnnotatedText, Annotation, NamedText

N_ERRORS = 10  # shown by --errors alone


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says of how to compare; see its help."""

    gold: str
    pred: str | None = None
    which: Slice | None = None
    errors: int | None = None
    json: bool = False
    thoughts: bool = False
    model: Path | None = None
    with_that: bool = False

    def check(self) -> None:
        """Raise UsageError (Q202, Q411, Q412) where options contradict each other."""
        if self.json and self.errors is not None:
            raise UsageError(Msg.Q202.format(flags="--json and --errors"))
        if self.pred is not None and (self.thoughts or self.model):
            raise UsageError(Msg.Q411.format(option="--thoughts" if self.thoughts else "--model"))
        if self.gold == self.pred == STDIN:
            raise UsageError(Msg.Q412)

    def check_for_names(self) -> None:
        """Raise UsageError (Q416) where an option is given that is for quotes."""
        given = {
            "PRED": self.pred is not None,
            "--slice": self.which is not None,
            "--errors": self.errors is not None,
            "--thoughts": self.thoughts,
            "--with-that": self.with_that,
        }
        for option, is_given in given.items():
            if is_given:
                raise UsageError(Msg.Q416.format(path=self.gold, option=option))


class ErrorsCommand(TyperCommand):
    """Takes --errors with a number and without, which Typer cannot."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Give --errors the number that it lacks."""
        return super().parse_args(ctx, complete_errors(args))


def complete_errors(args: Sequence[str]) -> list[str]:
    """Put a number after --errors where none follows.

    >>> complete_errors(["--errors", "gold.jsonl"]), complete_errors(["--errors", "3"])
    (['--errors=10', 'gold.jsonl'], ['--errors', '3'])
    """
    following = [*args[1:], ""]
    return [
        f"--errors={N_ERRORS}" if one == "--errors" and not after.lstrip("+-").isdecimal() else one
        for one, after in zip(args, following, strict=False)
    ]


def evaluate_cli(
    gold: Annotated[
        str, typer.Argument(metavar="GOLD", help="JSON Lines: articles with the quotes, or names, that are right.")
    ],
    pred: Annotated[
        str | None,
        typer.Argument(
            metavar="PRED",
            help="JSON Lines: the quotes found, in the form of GOLD or as `quotex extract` writes them.",
        ),
    ] = None,
    which: Annotated[
        Slice | None,
        typer.Option("--slice", help="Only quotes in quotation marks, only those without, or all as one."),
    ] = None,
    errors: Annotated[
        int | None,
        typer.Option(
            "--errors", metavar="[N]", min=0, help=f"Also show the worst disagreements, {N_ERRORS} or N of them."
        ),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="One JSON object, with an object for each slice, or kind of names.")
    ] = False,
    thoughts: Annotated[
        bool, typer.Option("--thoughts", help="Find also what was believed, hoped or planned, not said.")
    ] = False,
    model: ModelFolder = None,
    with_that: Annotated[
        bool,
        typer.Option(
            "--with-that",
            help='Count a "that" directly before a content that was found as part of it, for a GOLD whose '
            "contents begin with it (PolNeAR's do; ours do not, which lowers exact and char a little).",
        ),
    ] = False,
) -> None:
    """Compare the quotes found with those of GOLD, which people marked.

    Without PRED, quotex reads the texts of GOLD itself. GOLD has one article a line:

    \b
      {"id": "a1", "text": "Ann Lee said it rained.",
       "quotes": [{"content": [[13, 22]], "cue": [[8, 12]], "source": [[0, 7]]}]}

    with [start, end] in characters, end-exclusive; "speaker", "kind" and "also", a list of further names, are
    optional. `quotex serve` saves articles so; the last line of a text counts. Only letters and digits count.
    A quote with neither cue nor source that follows one of the same speaker, in the same paragraph or the next, is
    a piece of it. Contents that have at least half of theirs in common are one quote:

    \b
      overlap     such pairs             exact   those with equal contents
      attributed  those whose sources share a word, or both have none
      named       those whose speaker has the right name (people and bodies)
      char        letters of content;    char_attr, with the right source
      char_named  letters of content whose speaker has the right name

    Where GOLD has names instead of quotes, those that quotex finds are compared, kind by kind; right are those
    that begin and end at the same places:

    \b
      {"id": "a1", "text": "Ann Lee said it rained.",
       "mentions": [{"start": 0, "end": 7, "type": "person"}]}

    with type person, organization, place or other.

    \b
    Examples:
      quotex evaluate gold.jsonl
      quotex evaluate gold.jsonl found.jsonl --errors
      quotex evaluate gold.jsonl --json
      quotex evaluate names.jsonl

    Exit status: 0 all compared, 1 some texts could not be read (each is named), 2 it could not start.
    """  # noqa: D301
    options = Options(gold, pred, which, errors, json, thoughts, model, with_that)
    n_failed = run_or_exit(lambda: evaluate(options))
    raise typer.Exit(FAILED if n_failed else 0)


def evaluate(options: Options) -> int:
    """Read or find the quotes or names, compare them, and print; returns how many texts could not be read.

    Raises:
        InputError: GOLD or PRED is not as it should be.
        UsageError: The options contradict each other, or there is no place to print.
        ModelError: The model cannot be used.
    """
    from quotex.evaluate import NamedText, read_gold_or_names

    options.check()
    articles = read_gold_or_names(options.gold)
    if isinstance(articles[0], NamedText):
        options.check_for_names()
        return evaluate_names(articles, options)
    return evaluate_quotes(articles, options)


def evaluate_quotes(articles: Sequence["AnnotatedText"], options: Options) -> int:
    """Read or find the quotes, compare them, and print; returns how many texts could not be read."""
    from quotex.cli.report import Reporter
    from quotex.cli.scores import print_json, print_report
    from quotex.evaluate import extend_over_that, find_disagreements, pair_quotes, read_predictions, score

    n_failed = 0
    with Reporter(progress=options.pred is None and is_terminal(sys.stderr)) as reporter:
        if options.pred is None:
            found, n_failed = find_quotes(articles, options, reporter)
        else:
            found = read_predictions(options.pred, articles, options.gold)
            tell_missing(articles, found, reporter)
    pairings = []
    for article in articles:
        quotes = found.get(article.id, [])
        if options.with_that:
            quotes = [extend_over_that(article.text, quote) for quote in quotes]
        pairings.append(pair_quotes(article, quotes))
    slices = (options.which,) if options.which else SLICES
    scores = [score(pairings, which) for which in slices]
    if options.json:
        print_json({part["slice"]: part for part in scores})
    else:
        errors = None if options.errors is None else find_disagreements(pairings, slices[-1])
        print_report(scores, len(articles), errors, options.errors or 0)
    return n_failed


def evaluate_names(articles: Sequence["NamedText"], options: Options) -> int:
    """Find the names, compare them, and print; returns how many texts could not be read."""
    from quotex.batch.journal import State, count_item
    from quotex.batch.work import attempt
    from quotex.cli.report import Reporter
    from quotex.cli.scores import print_json, print_names
    from quotex.evaluate import NamesByKind, score_names
    from quotex.extraction import extract_names, load

    found: list[NamesByKind] = []
    state = State()
    with Reporter(progress=is_terminal(sys.stderr), found="name") as reporter:
        nlp = load(options.model)
        for article in articles:
            names = attempt(article.id, partial(extract_names, article.text, nlp))
            item = Article(article.id, article.text)
            if isinstance(names, Failure):
                state = count_item(state, item, None)
                reporter.fail(names, state)
                found.append({})
            else:
                state = count_item(state, item, sum(map(len, names.values())))
                reporter.done(item, state, 0.0)
                found.append(names)
    scores = score_names([article.names for article in articles], found)
    if options.json:
        print_json({str(kind): rates for kind, rates in scores.items()})
    else:
        print_names(scores, len(articles))
    return state.n_failed


def find_quotes(
    articles: Sequence["AnnotatedText"], options: Options, reporter: "Reporter"
) -> tuple[dict[str, list["Annotation"]], int]:
    """Run the model over the articles; also returns how many failed, each of which is reported."""
    from quotex.batch.ahead import ReadAhead
    from quotex.batch.journal import State, count_item
    from quotex.batch.run import count_cores, extract_each
    from quotex.evaluate import annotate

    selection = make_selection(thoughts=options.thoughts)
    found: dict[str, list[Annotation]] = {}
    state = State()
    ahead = ReadAhead(Article(article.id, article.text) for article in articles)
    for item, result in extract_each(ahead, options.model, count_cores()):
        ahead.release(item)
        if isinstance(result, Failure):
            state = count_item(state, item, None)
            reporter.fail(result, state)
        elif isinstance(item, Article):
            article = put_into(item, result, selection)
            found[item.id] = [annotate(quote) for quote in article.quotes]
            state = count_item(state, item, len(article.quotes))
            reporter.done(article, state, result.seconds)
    return found, state.n_failed


def tell_missing(
    articles: Sequence["AnnotatedText"], found: dict[str, list["Annotation"]], reporter: "Reporter"
) -> None:
    """Say how many articles have no prediction, for which there may be a bad reason."""
    n_missing = sum(article.id not in found for article in articles)
    if n_missing:
        reporter.say(f"{n_missing} of {len(articles)} articles have no prediction; their quotes count as missed.")
