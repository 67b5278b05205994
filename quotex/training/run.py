"""From files of articles to a model: read them, see that they will do, and go on from a model with them."""

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from quotex.errors import Msg, UsageError
from quotex.evaluation import AnnotatedText, read_gold
from quotex.model.session import META_FILE, open_model
from quotex.text.printable import count
from quotex.training.plan import Plan

if TYPE_CHECKING:
    from quotex.training.adapt import Measured

PACKAGES = ("torch", "onnx", "safetensors")  # of the extra "train"
MIN_ARTICLES = 5
HELD_OUT_EVERY = 5  # without articles to measure on, one in so many is
MIN_WITHOUT_DEV = 7  # so many that MIN_ARTICLES are left to learn from
DEFAULTS = Plan()


def train(
    articles: str | Path | Iterable[str | Path],
    output: str | Path,
    *,
    dev: str | Path | Iterable[str | Path] = (),
    model: str | Path | None = None,
    force: bool = False,
    plan: Plan = DEFAULTS,
    on_start: Callable[[int, int], None] = lambda n_learned, n_measured: None,
    on_epoch: Callable[["Measured"], None] = lambda measured: None,
) -> "Measured":
    """Go on from a model with articles of one's own, as `quotex train` does.

    Args:
        articles: JSON Lines, one file or several, of articles with the quotes in them.
        output: Folder for the new model; it holds the best one so far after each epoch.
        dev: More of them, to measure on; without, a fifth of `articles`.
        model: Folder of the model to go on from; None means ours.
        force: Replace the model that `output` holds.
        plan: How, and how long.
        on_start: Is told how many articles there are to learn from, and how many to measure on.
        on_epoch: Is told what the model scores before the first epoch and after each.

    Returns:
        What the best model scores. Where its epoch is 0, none was better than `model`, and nothing was written.

    Raises:
        InputError: A file of articles is not as it should be.
        UsageError: Q204, the folder cannot be written; Q501, a package is missing; Q502, Q505, it is taken;
            Q503, too few articles; Q504, the same article to learn from and to measure on.
        ModelError: The model to go on from cannot be used.
    """
    output = Path(output)
    check_folder(output, force=force)
    base = open_model(Path(model) if model else None)
    train_names, dev_names = list_names(articles), list_names(dev)
    learned = [article for name in train_names for article in read_gold(name)]
    measured = [article for name in dev_names for article in read_gold(name)]
    least, purpose = (MIN_ARTICLES, "") if dev_names else (MIN_WITHOUT_DEV, " and to measure on")
    if len(learned) < least:
        raise UsageError(Msg.Q503.format(articles=count(len(learned), "article"), purpose=purpose, least=least))
    if not dev_names:
        measured = learned[::HELD_OUT_EVERY]
        learned = [article for number, article in enumerate(learned) if number % HELD_OUT_EVERY]
    check_apart(learned, measured, ", ".join(train_names), ", ".join(dev_names or train_names))
    if missing := [name for name in PACKAGES if find_spec(name) is None]:
        raise UsageError(Msg.Q501.format(missing=", ".join(missing)))
    from quotex.training.adapt import adapt

    output.parent.mkdir(parents=True, exist_ok=True)
    on_start(len(learned), len(measured))
    return adapt(base, learned, measured, output, plan, on_epoch)


def list_names(given: str | Path | Iterable[str | Path]) -> list[str]:
    """List the names of one file or several."""
    return list(map(str, [given] if isinstance(given, str | Path) else given))


def check_folder(output: Path, *, force: bool) -> None:
    """Raise UsageError (Q502, Q505) where something else would be lost; Q204 where it cannot be written."""
    try:
        if not output.exists():
            return
    except OSError as err:
        raise UsageError(Msg.Q204.format(path=output, reason=err.strerror or err)) from err
    if not (output / META_FILE).is_file() and (not output.is_dir() or any(output.iterdir())):
        raise UsageError(Msg.Q505.format(path=output))
    if not force and any(output.iterdir()):
        raise UsageError(Msg.Q502.format(path=output))


def check_apart(
    learned: Sequence[AnnotatedText], measured: Sequence[AnnotatedText], train_name: str, dev_name: str
) -> None:
    """Raise UsageError (Q504) where a text is both learned and measured on."""
    known = {article.text for article in learned}
    for article in measured:
        if article.text in known:
            raise UsageError(Msg.Q504.format(dev=dev_name, train=train_name, id=article.id))
