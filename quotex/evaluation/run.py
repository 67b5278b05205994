"""From files to figures: read what people marked, find or read the same, and compare."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from quotex.batch.ahead import Item, ReadAhead
from quotex.batch.journal import State, count_item
from quotex.batch.run import Listener, extract_each
from quotex.errors import Msg, UsageError
from quotex.evaluation.annotations import AnnotatedText, extend_over_that
from quotex.evaluation.compare import Disagreement, find_disagreements
from quotex.evaluation.names import NamedText, score_names
from quotex.evaluation.pairing import pair_quotes
from quotex.evaluation.rates import Rates
from quotex.evaluation.read import read_gold_or_names, read_predictions
from quotex.evaluation.score import Scores, score
from quotex.model.labels import NameKind
from quotex.read import STDIN, Failure
from quotex.records import Annotation, annotate
from quotex.select import make_selection, put_into
from quotex.types import SLICES, Article, Slice
from quotex.work import attempt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well what was found agrees with what people marked: quotes, or else names.

    Attributes:
        n_articles: Articles compared.
        scores: Of quotes, by slice.
        names: Of names, by kind.
        disagreements: Those about quotes, the worst first, if they were asked for.
        failures: What could not be read; all that is marked there counts as missed.
        n_missing: Articles that a file of quotes found does not have; their quotes count as missed.
    """

    n_articles: int
    scores: dict[str, Scores] = field(default_factory=dict)
    names: dict[NameKind, Rates] = field(default_factory=dict)
    disagreements: Sequence[Disagreement] = ()
    failures: Sequence[Failure] = ()
    n_missing: int = 0


def evaluate(
    gold: str | Path,
    pred: str | Path | None = None,
    *,
    which: Slice | None = None,
    errors: bool = False,
    thoughts: bool = False,
    with_that: bool = False,
    model: str | Path | None = None,
    n_workers: int = 0,
    listener: Listener | None = None,
) -> Evaluation:
    """Compare the quotes or names found with those that people marked, as `quotex evaluate` does.

    Args:
        gold: JSON Lines of articles with what is right in them; `quotex evaluate --help` shows their form.
        pred: JSON Lines of the quotes found; without, quotex reads the texts of `gold` itself.
        which: Only this slice of the quotes; None means each of the three.
        errors: Whether to list the disagreements, those of the one slice, or of all.
        thoughts: Whether to find what was believed, hoped and planned, too.
        with_that: Whether a "that" directly before a content that was found counts as part of it.
        model: Folder of the model that reads; None means ours.
        n_workers: Processes that read where there is much; 0 means that this process does it all. With any, the
            calling script needs its `if __name__ == "__main__"`.
        listener: Is told how far it is.

    Raises:
        InputError: A file is not as it should be.
        UsageError: Q106, there is no such file; Q411, Q412, Q416, the options contradict each other or the file.
        TypeError: Q417, it is no path.
        ModelError: The model cannot be used.
    """
    for what, given in (("gold", gold), ("pred", pred)):
        if not isinstance(given, str | Path | None):
            raise TypeError(Msg.Q417.format(what=what, found=type(given).__name__))
    if pred is not None and (thoughts or model):
        raise UsageError(Msg.Q411.format(option="--thoughts" if thoughts else "--model"))
    if str(gold) == str(pred) == STDIN:
        raise UsageError(Msg.Q412)
    folder = Path(model) if model else None
    articles = read_gold_or_names(str(gold))
    if isinstance(articles[0], NamedText):
        of_quotes = {
            "PRED": pred is not None,
            "--slice": which is not None,
            "--errors": errors,
            "--thoughts": thoughts,
            "--with-that": with_that,
        }
        if option := next((name for name, is_given in of_quotes.items() if is_given), None):
            raise UsageError(Msg.Q416.format(path=gold, option=option))
        return evaluate_names(articles, folder, listener)
    failures: Sequence[Failure] = ()
    n_missing = 0
    if pred is None:
        found, failures = gather(find_quotes(articles, folder, n_workers, thoughts=thoughts), len, listener)
    else:
        found = read_predictions(str(pred), articles, str(gold))
        n_missing = sum(article.id not in found for article in articles)
    pairings = []
    for article in articles:
        quotes = found.get(article.id, [])
        longer = [extend_over_that(article.text, quote) for quote in quotes] if with_that else quotes
        pairings.append(pair_quotes(article, longer))
    slices = (which,) if which else SLICES
    return Evaluation(
        n_articles=len(articles),
        scores={one.value: score(pairings, one) for one in slices},
        disagreements=find_disagreements(pairings, slices[-1]) if errors else (),
        failures=failures,
        n_missing=n_missing,
    )


def evaluate_names(articles: Sequence[NamedText], model: Path | None, listener: Listener | None) -> Evaluation:
    """Find the names of articles, and compare them."""
    from quotex.extraction import extract_names, load  # spaCy, which figures of a file alone do not need

    if listener:
        listener.found = "name"
    nlp = load(model)
    results = (
        (Article(one.id, one.text), attempt(one.id, partial(extract_names, one.text, nlp))) for one in articles
    )
    found, failures = gather(results, lambda names: sum(map(len, names.values())), listener)
    names = score_names([one.names for one in articles], [found.get(one.id, {}) for one in articles])
    return Evaluation(len(articles), names=names, failures=failures)


def find_quotes(
    articles: Sequence[AnnotatedText], model: Path | None, n_workers: int, *, thoughts: bool
) -> Iterator[tuple[Item, list[Annotation] | Failure]]:
    """Run the model over articles."""
    selection = make_selection(thoughts=thoughts)
    ahead = ReadAhead(Article(one.id, one.text) for one in articles)
    for item, result in extract_each(ahead, model, n_workers):
        ahead.release(item)
        if isinstance(result, Failure):
            yield item, result
        elif isinstance(item, Article):
            yield item, list(map(annotate, put_into(item, result, selection).quotes))


def gather(
    results: Iterable[tuple[Item, T | Failure]], count: Callable[[T], int], listener: Listener | None
) -> tuple[dict[str, T], list[Failure]]:
    """Gather what was found, by id of the article, and what failed; the listener hears of each."""
    found: dict[str, T] = {}
    failures: list[Failure] = []
    state = State()
    for item, result in results:
        if isinstance(result, Failure):
            failures.append(result)
            state = count_item(state, item, None)
            if listener:
                listener.fail(result, state)
        elif isinstance(item, Article):
            found[item.id] = result
            state = count_item(state, item, count(result))
            if listener:
                listener.done(item, state, 0.0)
    return found, failures
