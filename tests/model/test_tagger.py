"""Articles to probabilities and links, with a toy in the network's place."""

import numpy as np
import pytest

from quotex.model.labels import BESIDE_LABELS, NAME_LABELS, ROLE_LABELS
from quotex.model.tagger import FLOOR, Tagger, Tagging
from tests.model.toy import ToyModel

WORDS = ["Ann", "said", "yes", "no", ".", "Bob", "said", "no", "."]
PARAGRAPHS = [0, 0, 0, 0, 0, 1, 1, 1, 1]


def tag(model: ToyModel, words: list[str], paragraphs: list[int]) -> Tagging:
    marks = np.zeros(len(words), dtype=np.int8)
    return Tagger(model)(words, marks, np.array(paragraphs, dtype=np.int32))  # type: ignore[arg-type]


def near(score: float) -> object:
    """Equal but for the rounding of 32-bit floats."""
    return pytest.approx(score, abs=1e-4)


def test_probabilities_a_word() -> None:
    """Each word has its label's probability, and each row sums to one."""
    tagging = tag(ToyModel(), WORDS, PARAGRAPHS)
    labels = [ROLE_LABELS[label] for label in tagging.roles.argmax(axis=1)]
    assert labels == ["B-source", "B-cue", "B-content", "I-content", "O", "B-source", "B-cue", "I-content", "O"]
    assert tagging.roles.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert tagging.mentions[:, 0].argmax(axis=1).tolist() == [1, 0, 0, 0, 0, 1, 0, 0, 0]


def test_names_and_what_stands_beside_them() -> None:
    """`go Ann said`: a title, a person, and neither; each row sums to one."""
    tagging = tag(ToyModel(), ["go", "Ann", "said"], [0, 0, 0])
    assert [NAME_LABELS[label] for label in tagging.names.argmax(axis=1)] == ["O", "B-person", "O"]
    assert [BESIDE_LABELS[label] for label in tagging.beside.argmax(axis=1)] == ["B-title", "O", "O"]
    assert tagging.names.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert tagging.beside.sum(axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("max_positions, n_context", [(64, 0), (10, 0), (14, 3), (8, 1)])
def test_windows_change_nothing_that_does_not_depend_on_neighbours(max_positions: int, n_context: int) -> None:
    """The toy looks at one word at a time, so its labels are the same however the article is cut."""
    whole = tag(ToyModel(), WORDS, PARAGRAPHS)
    model = ToyModel(max_positions, n_context)
    cut = tag(model, WORDS, PARAGRAPHS)
    assert np.array_equal(cut.roles, whole.roles)
    assert np.array_equal(cut.mentions, whole.mentions)
    assert np.array_equal(cut.names, whole.names)
    assert np.array_equal(cut.beside, whole.beside)
    assert max(model.n_positions) <= max_positions


def test_links_of_a_span_to_cues() -> None:
    """The mean over its words; what is not kept is left out, and the article's other paragraphs are near."""
    tagging = tag(ToyModel(), WORDS, PARAGRAPHS)
    assert tagging.link_cues([(2, 4)], [1, 3, 6]) == [(0, 0, near(-0.1)), (0, 2, near(-9))]


def test_links_over_windows() -> None:
    """No link leaves a window; a span in two of them has in each only what that one saw."""
    tagging = tag(ToyModel(max_positions=8), WORDS, PARAGRAPHS)
    assert tagging.link_cues([(0, 1)], [1, 6]) == [(0, 0, near(-0.1))]
    halves = [(0, 0, near((4 * -0.1 + 2 * FLOOR) / 6)), (0, 1, near((4 * FLOOR + 2 * -0.1) / 6))]
    assert tagging.link_cues([(1, 7)], [1, 6]) == halves


def test_links_to_sources_or_none() -> None:
    """Each cue has a score for having no source, which is number -1."""
    tagging = tag(ToyModel(max_positions=8), WORDS, PARAGRAPHS)
    assert sorted(tagging.link_sources([1, 6], [0, 5])) == [
        (0, -1, near(-9)),
        (0, 0, near(-0.1)),
        (1, -1, near(-0.1)),
        (1, 1, near(-9)),
    ]


def test_mates_are_kept_of_words_that_may_be_mentions() -> None:
    """Names and sources, each against all of them in the window; "said" and the others stand for nobody."""
    (mates,) = tag(ToyModel(), WORDS, PARAGRAPHS).mates
    assert (mates.words.tolist(), mates.targets.tolist()) == ([0, 5], [0, 5])
    assert mates.scores.tolist() == [[near(-0.1), near(-9)]] * 2


def test_nothing_to_link() -> None:
    """An article without quotes, or without words."""
    assert tag(ToyModel(), WORDS, PARAGRAPHS).link_cues([], []) == []
    assert tag(ToyModel(), [], []).link_sources([], []) == []


def test_memory_of_links_grows_with_the_words() -> None:
    """A long article keeps a few numbers a word, not one for each pair of words."""
    model = ToyModel()
    tagging = tag(model, WORDS * 200, [number for number in range(400) for _ in range(4 if number % 2 else 5)])
    n_links = sum(links.scores.size for links in tagging.cues)
    assert n_links < 20 * 1800
