"""Rank: fit the weights by which speakers are chosen, on articles in which the speaker of each quote was read."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from spacy.language import Language

from models.news_en.training.passages import Passage
from quotex.evaluation import AnnotatedText
from quotex.evaluation.names import is_same_name
from quotex.pipeline.speakers import Resolver
from quotex.pipeline.speakers.entities import Entity
from quotex.pipeline.speakers.ranking import Candidate, Features
from quotex.pipeline.speakers.sources import FIRST, FORMS, NOBODY, Form, Source, read_source
from quotex.types import CONTENT, NAMED_KINDS, SOURCE

MIN_SEEN = 6  # choices in which a feature has to tell candidates apart, for it to have a weight
N_STEPS = 60  # of L-BFGS


class Choice(NamedTuple):
    """One source with its candidates.

    Attributes:
        article: Number of the article.
        form: Of the source.
        features: Of each candidate.
        right: Whether each is whom the source means.
        text: The source, to read errors.
        names: Of the candidates, likewise; "-" is nobody.
    """

    article: int
    form: Form
    features: list[Features]
    right: list[bool]
    text: str
    names: list[str]


def collect(nlp: Language, gold: Iterable[tuple[AnnotatedText, Sequence[dict[str, Any] | None]]]) -> list[Choice]:
    """Collect the choices in articles.

    Args:
        nlp: The pipeline up to the attribution of quotes.
        gold: Articles, and for each of their quotes the entity behind it: `name`, `kind` and `forms`.
    """
    choices = []
    for number, (article, speakers) in enumerate(gold):
        doc = nlp(article.text)
        resolver = Resolver(doc, {})
        seen: set[int] = set()
        for span in sorted(doc.spans[SOURCE], key=lambda span: span.start):
            word = span.text.lower()
            if span.start in seen or word in FIRST | NOBODY:
                continue
            seen.add(span.start)
            speaker = find_gold(article, speakers, span.start_char, span.end_char)
            if speaker is None:
                continue
            source = read_source(resolver.mentions, span.start, span.end)
            if resolver.groups.find_joint(source):
                continue
            candidates = resolver.ranker.list_candidates(source)
            right = judge(candidates, speaker)
            if any(right):
                choices.append(make_choice(number, source, candidates, right))
                chosen = candidates[right.index(True)].entity or resolver.get_unnamed(source)
                if chosen:
                    resolver.ranker.floor.take(chosen, span.start)
                    if source.gender and chosen.kind == "person":
                        chosen.gender[source.gender] += 1
    return choices


def collect_pronouns(nlp: Language, passages: Iterable[tuple[Passage, Sequence[bool]]]) -> list[Choice]:
    """Collect the choices of pronouns in passages of GAP, each an article of its own.

    Args:
        nlp: The pipeline up to the attribution of quotes.
        passages: Each with whether the pronoun means the one, and the other, of its names.
    """
    choices = []
    for number, (passage, is_right) in enumerate(passages):
        doc = nlp(passage.text)
        doc.spans[CONTENT] = []  # nobody is quoted here who could be "he"
        resolver = Resolver(doc, {})
        (pronoun, *names) = [(at, at + len(text)) for at, text in passage.places]
        span = doc.char_span(*pronoun, alignment_mode="expand")
        source = read_source(resolver.mentions, span.start, span.end)
        spans = [doc.char_span(*name, alignment_mode="expand") for name in names]
        meant = [span for span, right in zip(spans, is_right, strict=True) if right]
        candidates = resolver.ranker.list_candidates(source)
        right = [
            one.entity is not None
            and any(name.start < span.end and span.start < name.end for name in one.entity.names for span in meant)
            for one in candidates
        ]
        if any(right):
            choices.append(make_choice(number, source, candidates, right))
    return choices


def make_choice(article: int, source: Source, candidates: Sequence[Candidate], right: list[bool]) -> Choice:
    """Make the choice of a source."""
    names = [one.entity.name if one.entity else "-" for one in candidates]
    return Choice(article, source.form, [one.features for one in candidates], right, source.text, names)


def find_gold(
    article: AnnotatedText, speakers: Sequence[dict[str, Any] | None], start: int, end: int
) -> dict[str, Any] | None:
    """Find the entity of the quote whose source shares the most characters with a place."""
    best, chosen = 0, None
    for quote, speaker in zip(article.quotes, speakers, strict=True):
        shared = sum(max(0, min(end, e) - max(start, s)) for s, e in quote.source)
        if shared > best:
            best, chosen = shared, speaker
    return chosen


def judge(candidates: Sequence[Candidate], speaker: dict[str, Any]) -> list[bool]:
    """Say which candidates are right: the one of the name, or nobody named; none where it was not found."""
    if speaker["kind"] not in NAMED_KINDS:
        return [one.entity is None for one in candidates]
    exact = [one.entity is not None and is_same_name(one.entity.name, speaker["name"]) for one in candidates]
    return (
        exact if any(exact) else [one.entity is not None and has_form(one.entity, speaker) for one in candidates]
    )


def has_form(entity: Entity, speaker: dict[str, Any]) -> bool:
    """Say whether one of an entity's names is one of a speaker's."""
    forms = {form.casefold() for form in (speaker["name"], *speaker.get("forms", ()), *speaker.get("also", ()))}
    return any(form.casefold() in forms for form in entity.forms)


def fit(choices: Sequence[Choice], *, l2: float = 1.0) -> dict[str, dict[str, float]]:
    """Fit the weights: softmax over the candidates of each choice, the right ones' probability made large."""
    weights: dict[str, dict[str, float]] = {}
    for form in FORMS:
        some = [choice for choice in choices if choice.form == form]
        names = list_features(some)
        if not names:
            continue
        table, owner, right = to_arrays(some, names)
        chosen = fit_softmax(table, owner, right, len(some), l2)
        weights[form] = {name: round(float(weight), 4) for name, weight in zip(names, chosen, strict=True)}
    return weights


def list_features(choices: Sequence[Choice]) -> list[str]:
    """List the features that tell candidates apart in enough choices."""
    counts: dict[str, int] = {}
    for choice in choices:
        for name in {key for features in choice.features for key, x in features.items() if x}:
            if len({features.get(name, 0.0) for features in choice.features}) > 1:
                counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= MIN_SEEN)


def to_arrays(choices: Sequence[Choice], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make arrays of all candidates: features, number of the choice, whether right."""
    rows = [[features.get(name, 0.0) for name in names] for choice in choices for features in choice.features]
    owner = [number for number, choice in enumerate(choices) for _ in choice.features]
    right = [one for choice in choices for one in choice.right]
    return np.array(rows, dtype=np.float32), np.array(owner), np.array(right)


def fit_softmax(table: np.ndarray, owner: np.ndarray, right: np.ndarray, n_choices: int, l2: float) -> np.ndarray:
    """Fit by L-BFGS; the penalty keeps weights small that few choices speak for."""
    x, of = torch.from_numpy(table), torch.from_numpy(owner)
    is_right = torch.from_numpy(right)
    weights = torch.zeros(table.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=N_STEPS, line_search_fn="strong_wolfe")

    def add_up(scores: torch.Tensor) -> torch.Tensor:
        top = torch.full((n_choices,), -1e9).scatter_reduce(0, of, scores, "amax")
        sums = torch.zeros(n_choices).scatter_add(0, of, (scores - top[of]).exp())
        return top + sums.log()

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = x @ weights
        value = (
            add_up(scores) - add_up(scores.masked_fill(~is_right, -1e9))
        ).sum() + l2 * weights.square().sum() / 2
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    return weights.detach().numpy()


def choose(choice: Choice, weights: dict[str, dict[str, float]]) -> int:
    """Give the number of the likeliest candidate."""
    of_form = weights.get(choice.form, {})
    scores = [sum(of_form.get(key, 0.0) * x for key, x in features.items()) for features in choice.features]
    return int(np.argmax(scores))


def count_right(choices: Sequence[Choice], weights: dict[str, dict[str, float]]) -> dict[str, tuple[int, int]]:
    """Count, by form of source, the choices, and those that weights make rightly."""
    counts: dict[str, tuple[int, int]] = {}
    for choice in choices:
        n, right = counts.get(choice.form, (0, 0))
        counts[choice.form] = n + 1, right + choice.right[choose(choice, weights)]
    return counts
