"""Scorer: how well a pipeline finds the quotes that are marked in reference Docs, for `nlp.evaluate`.

The measures are those of `quotex.evaluate`, from 0 to 1 as spaCy has them.
"""

from collections.abc import Callable, Iterable
from functools import partial
from math import isnan
from typing import TYPE_CHECKING, cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry

from quotex.pipeline.results import read_quotes, set_results
from quotex.pipeline.tokens import read_text
from quotex.types import CONTENT, Article

if TYPE_CHECKING:
    from quotex.evaluation import Annotation

Figures = dict[str, float | None]
Scorer = Callable[..., Figures]

MEASURES = {
    "quotes": "overlap",
    "quotes_exact": "exact",
    "quotes_attributed": "attributed",
    "quotes_named": "named",
}
PARTS = {"p": "P", "r": "R", "f": "F1"}
SCORES = tuple(f"{name}_{part}" for name in MEASURES for part in PARTS)
WEIGHTS: dict[str, float | None] = {**dict.fromkeys(SCORES), "quotes_attributed_f": 1.0}


@registry.scorers("quotex.quotes_scorer.v1")  # type: ignore[untyped-decorator]
def make_scorer(*, thoughts: bool = False) -> Scorer:
    """Make the scorer, as the configuration of a component has it.

    Args:
        thoughts: Whether what was believed, hoped and planned counts, too.
    """
    return partial(score_quotes, thoughts=thoughts)


def score_quotes(examples: Iterable[Example], *, thoughts: bool = False, **_: object) -> Figures:
    """Score the quotes of predicted Docs by those of reference Docs; references without any marked are left out.

    Returns:
        `quotes_*` for contents that overlap by half, `quotes_exact_*`, `quotes_attributed_*` for the right source
        as well, `quotes_named_*` for the right name; `_p`, `_r` and `_f` of each, None where nothing is to judge.
    """
    from quotex.evaluation import AnnotatedText, annotate, pair_quotes, score  # only who evaluates needs them

    def find(doc: Doc) -> "list[Annotation]":
        return [annotate(quote) for quote in read_quotes(doc) if thoughts or quote.act == "statement"]

    pairings = [
        pair_quotes(AnnotatedText("", read_text(one.reference), tuple(find(one.reference))), find(one.predicted))
        for one in examples
        if CONTENT in one.reference.spans
    ]
    if not pairings:
        return dict.fromkeys(SCORES)
    rates = cast("dict[str, dict[str, float]]", score(pairings))
    figures = {f"{name}_{part}": rates[MEASURES[name]][PARTS[part]] for name in MEASURES for part in PARTS}
    return {key: None if isnan(figure) else figure / 100 for key, figure in figures.items()}


def make_example(nlp: Language, article: Article) -> Example:
    """Make an example for `nlp.evaluate` of an article whose quotes are right.

    Args:
        nlp: The pipeline that is to be evaluated.
        article: With its quotes and their speakers.
    """
    reference = nlp.make_doc(article.text)
    set_results(reference, article.quotes, article.speakers)
    return Example(nlp.make_doc(article.text), reference)
