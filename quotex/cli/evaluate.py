"""`quotex evaluate`: how well the quotes or names that are found agree with those that people marked."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from quotex.cli.guard import FAILED, is_terminal, run_or_exit
from quotex.cli.options import ModelFolder
from quotex.errors import Msg, UsageError
from quotex.types import Slice

if TYPE_CHECKING:
    from quotex.evaluation.run import Evaluation

N_ERRORS = 10  # shown by --errors alone


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
) -> NoReturn:
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

    def run() -> "Evaluation":
        if json and errors is not None:
            raise UsageError(Msg.Q202.format(flags="--json and --errors"))
        from quotex.batch.run import count_cores
        from quotex.cli.report import Reporter
        from quotex.cli.scores import print_json, print_names, print_report
        from quotex.evaluation.run import evaluate

        with Reporter(progress=pred is None and is_terminal(sys.stderr)) as reporter:
            done = evaluate(
                gold,
                pred,
                which=which,
                errors=errors is not None,
                thoughts=thoughts,
                with_that=with_that,
                model=model,
                n_workers=count_cores(),
                listener=reporter,
            )
            if done.n_missing:
                of = f"{done.n_missing} of {done.n_articles} articles"
                reporter.say(f"{of} have no prediction; their quotes count as missed.")
        if json:
            print_json(done.scores or done.names)
        elif done.names:
            print_names(done.names, done.n_articles)
        else:
            print_report(list(done.scores.values()), done.n_articles, done.disagreements, errors)
        return done

    raise typer.Exit(FAILED if run_or_exit(run).failures else 0)
