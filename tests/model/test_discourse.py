"""One kind for all places of an article with the same words."""

import numpy as np

from quotex.model.decode import LabelledSpan
from quotex.model.discourse import settle_kinds
from quotex.model.labels import NAME_KINDS, NAME_LABELS


def make_names(words: str, kinds: list[dict[str, float]]):
    """Make probabilities of words that are each a name of its own."""
    names = np.zeros((len(kinds), len(NAME_LABELS)), dtype=np.float32)
    for row, of_word in enumerate(kinds):
        for kind, probability in of_word.items():
            names[row, NAME_LABELS.index(f"B-{kind}")] = probability
    best = names[:, 1::2].argmax(axis=1)
    spans = [LabelledSpan(NAME_KINDS[int(kind)], n, n + 1, 0.5) for n, kind in enumerate(best)]
    return names, spans, words.split()


def test_the_surest_place_decides_for_the_others():
    """Whatever their capitals; other names stay what they are."""
    words = "Ballix Ballix BALLIX Ona"
    unsure, other = {"person": 0.5, "org": 0.4}, {"person": 0.5, "org": 0.4}
    names, spans, words = make_names(words, [unsure, {"person": 0.02, "org": 0.95}, unsure, other])
    assert [span.label for span in spans] == ["person", "org", "person", "person"]
    settled = settle_kinds(names, spans, words)
    assert [span.label for span in settled] == ["org", "org", "org", "person"]
    assert [(span.start, span.end) for span in settled] == [(span.start, span.end) for span in spans]


def test_one_place_that_is_wrongly_sure_does_not_outvote_many():
    """However small its probability of what the others say."""
    likely = {"org": 0.9, "person": 0.05}
    names, spans, words = make_names("Ona Ona Ona Ona Ona", [*[likely] * 4, {"person": 1.0}])
    assert {span.label for span in settle_kinds(names, spans, words)} == {"org"}


def test_an_article_without_names():
    """Nothing to settle."""
    assert settle_kinds(np.zeros((0, 9), dtype=np.float32), [], []) == []
