"""`quotex train`: go on from a model with articles of one's own."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quotex.cli.guard import FAILED, run_or_exit
from quotex.training.plan import Plan

if TYPE_CHECKING:
    from quotex.training.adapt import Measured

DEFAULTS = Plan()


def train_cli(
    articles: Annotated[
        list[str], typer.Option("--train", metavar="FILE", help="JSON Lines: articles with the quotes in them.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder for the new model.")],
    dev: Annotated[
        list[str] | None,
        typer.Option("--dev", metavar="FILE", help="More of them, to measure on; else a fifth of the first."),
    ] = None,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="DIR", help="Go on from this model instead of ours.")
    ] = None,
    thoughts: Annotated[
        bool,
        typer.Option("--thoughts", help="What was believed, hoped or planned, not said, is marked in them, too."),
    ] = False,
    epochs: Annotated[int, typer.Option("--epochs", min=1, help="Times to go over them.")] = DEFAULTS.n_epochs,
    seed: Annotated[int, typer.Option("--seed", help="Of every random draw.")] = DEFAULTS.seed,
    device: Annotated[
        str | None, typer.Option("--device", help="cuda or cpu; else the first of these that there is.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the model that DIR holds.")] = False,
) -> NoReturn:
    """Teach the model your articles.

    FILE has one article a line, as `quotex evaluate` reads them and `quotex serve` saves them. All quotes of an
    article should be marked: what is not is learned to be none. After each epoch the model is measured on the
    articles of --dev, and the best one is kept. Fifty articles take minutes on two cores.

    It learns which words are content, cue and source, and which belong together. It does not learn from the names
    and kinds of speakers: who is meant by a name, "the mayor" or "she" is told as before, and so is which
    quotation marks belong together. It cannot be taught another language.

    \b
    Examples:
      quotex train --train mine.jsonl -o my-model
      quotex extract article.txt --model my-model

    Needs more packages: pip install 'quotex[train]' (on Linux 6.6 GB; 0.8 GB if PyTorch's build for CPUs is there
    before, see docs/training.md).

    Exit status: 0 a better model was written, 1 none was better, 2 it could not start.
    """  # noqa: D301

    def run() -> "Measured":
        from quotex.cli.report import Reporter
        from quotex.training.run import train

        with Reporter() as reporter:

            def show_start(n_learned: int, n_measured: int) -> None:
                reporter.say(f"{n_learned} articles to learn from, {n_measured} to measure on.")
                reporter.say("attributed F1      quoted   all")

            best = train(
                articles,
                output,
                dev=dev or (),
                model=model,
                force=force,
                plan=Plan(n_epochs=epochs, seed=seed, thoughts=thoughts, device=device),
                on_start=show_start,
                on_epoch=lambda measured: reporter.say(describe(measured)),
            )
            if best.epoch:
                reporter.say(f"{output}: the model after epoch {best.epoch}. Use it with --model {output}")
            else:
                reporter.say("No epoch was better than the model they began with; nothing was written.")
        return best

    raise typer.Exit(0 if run_or_exit(run).epoch else FAILED)


def describe(measured: "Measured") -> str:
    """Write the line of an epoch."""
    name = f"epoch {measured.epoch}" if measured.epoch else "before"
    rates = [scores["attributed"]["F1"] for scores in (measured.quoted, measured.all)]
    return f"{name:18} {rates[0]:6.1f} {rates[1]:5.1f}{'  best so far' if measured.is_best else ''}"
