"""`quotex train`: go on from a model with articles of one's own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotex.cli.guard import FAILED, run_or_exit
from quotex.errors import Msg, UsageError
from quotex.training.plan import Plan

if TYPE_CHECKING:
    from quotex.evaluate import AnnotatedText
    from quotex.training.adapt import Measured

MIN_ARTICLES = 5
DEFAULTS = Plan()
HELD_OUT_EVERY = 5  # without --dev, one article in so many is measured on


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
) -> None:
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
    best = run_or_exit(
        lambda: train(
            articles,
            dev or [],
            output,
            model=model,
            force=force,
            plan=Plan(n_epochs=epochs, seed=seed, thoughts=thoughts, device=device),
        )
    )
    raise typer.Exit(0 if best.epoch else FAILED)


def train(
    train_names: Sequence[str],
    dev_names: Sequence[str],
    output: Path,
    *,
    model: Path | None,
    force: bool,
    plan: Plan,
) -> "Measured":
    """Read, train and tell; returns what the best model scored.

    Raises:
        InputError: A file of articles is not as it should be.
        UsageError: Q501, a package is missing; Q502, Q505, the folder is taken; Q503, too few articles; Q504, the
            same article to learn from and to measure on.
        ModelError: The model to go on from cannot be used.
    """
    from quotex.cli.report import Reporter
    from quotex.evaluate import read_gold
    from quotex.model.session import open_model

    check_folder(output, force=force)
    base = open_model(model)
    learned = [article for name in train_names for article in read_gold(name)]
    measured = [article for name in dev_names for article in read_gold(name)]
    if not dev_names:
        measured = learned[::HELD_OUT_EVERY]
        learned = [article for number, article in enumerate(learned) if number % HELD_OUT_EVERY]
    if len(learned) < MIN_ARTICLES:
        raise UsageError(Msg.Q503.format(n=len(learned), least=MIN_ARTICLES))
    check_apart(learned, measured, ", ".join(train_names), ", ".join(dev_names))
    try:
        from quotex.training.adapt import adapt
    except ImportError as err:
        raise UsageError(Msg.Q501.format(missing=err.name)) from err
    output.parent.mkdir(parents=True, exist_ok=True)
    with Reporter() as reporter:
        reporter.say(f"{len(learned)} articles to learn from, {len(measured)} to measure on.")
        reporter.say("attributed F1      quoted   all")
        best = adapt(base, learned, measured, output, plan, lambda one: reporter.say(describe(one)))
        if best.epoch:
            reporter.say(f"{output}: the model after epoch {best.epoch}. Use it with --model {output}")
        else:
            reporter.say("No epoch was better than the model they began with; nothing was written.")
    return best


def describe(measured: "Measured") -> str:
    """Write the line of an epoch."""
    name = f"epoch {measured.epoch}" if measured.epoch else "before"
    rates = [scores["attributed"]["F1"] for scores in (measured.quoted, measured.all)]
    return f"{name:18} {rates[0]:6.1f} {rates[1]:5.1f}{'  best so far' if measured.is_best else ''}"


def check_folder(output: Path, *, force: bool) -> None:
    """Raise UsageError (Q502, Q505) where something else would be lost."""
    from quotex.model.session import META_FILE

    if not output.exists():
        return
    if not (output / META_FILE).is_file() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError(Msg.Q505.format(path=output))
    if not force and any(output.iterdir()):
        raise UsageError(Msg.Q502.format(path=output))


def check_apart(
    learned: Sequence["AnnotatedText"], measured: Sequence["AnnotatedText"], train_name: str, dev_name: str
) -> None:
    """Raise UsageError (Q504) where a text is both learned and measured on."""
    known = {article.text for article in learned}
    for article in measured:
        if article.text in known:
            raise UsageError(Msg.Q504.format(dev=dev_name or train_name, train=train_name, id=article.id))
