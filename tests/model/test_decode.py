"""Probabilities to spans."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from quotex.model.decode import (
    LabelledSpan,
    allow_steps,
    cut_ends,
    decode_beside,
    decode_mentions,
    decode_names,
    decode_roles,
    find_path,
)
from quotex.model.labels import BESIDE_LABELS, NAME_LABELS, ROLE_LABELS

O, BS, IS, BC, IC, BX, IX = range(7)  # noqa: E741 (labels' own names)


def make_probs(rows: list[dict[int, float]], labels: tuple[str, ...] = ROLE_LABELS) -> np.ndarray:
    """Rows of probabilities; what is not given is shared by the other labels."""
    probs = np.zeros((len(rows), len(labels)), dtype=np.float32)
    for number, row in enumerate(rows):
        probs[number] = (1 - sum(row.values())) / (len(labels) - len(row))
        for label, prob in row.items():
            probs[number, label] = prob
    return probs


def one_paragraph(n_words: int) -> np.ndarray:
    return np.zeros(n_words, dtype=np.int32)


def test_spans_in_order_with_the_probability_of_their_weakest_word() -> None:
    """`Ann Lee said no`: a source of two words, a cue, a content."""
    probs = make_probs([{BS: 0.9}, {IS: 0.8}, {BC: 0.95}, {BX: 0.7}])
    spans = decode_roles(probs, one_paragraph(4))
    assert [(span.label, span.start, span.end) for span in spans] == [
        ("source", 0, 2),
        ("cue", 2, 3),
        ("content", 3, 4),
    ]
    assert [round(span.probability, 4) for span in spans] == [0.8, 0.95, 0.7]


def test_an_inside_without_a_beginning_is_put_right() -> None:
    """O, I-content, I-content is no path; the likeliest one there is begins where the content does."""
    probs = make_probs([{O: 0.9}, {IX: 0.6, BX: 0.3}, {IX: 0.9}])
    spans = decode_roles(probs, one_paragraph(3))
    assert [(span.label, span.start, span.end) for span in spans] == [("content", 1, 3)]


def test_no_span_crosses_into_the_next_paragraph() -> None:
    """An inside at a paragraph's start begins a span there."""
    probs = make_probs([{BX: 0.9}, {IX: 0.9}, {IX: 0.9}, {IX: 0.9}])
    spans = decode_roles(probs, np.array([0, 0, 1, 1], dtype=np.int32))
    assert [(span.start, span.end) for span in spans] == [(0, 2), (2, 4)]


def test_two_spans_side_by_side_stay_two() -> None:
    """A beginning ends the span before it."""
    spans = decode_roles(make_probs([{BS: 0.9}, {BS: 0.9}]), one_paragraph(2))
    assert [(span.start, span.end) for span in spans] == [(0, 1), (1, 2)]


def test_transitions_weigh_what_follows_what() -> None:
    """Where ending a content costs more than a doubtful word in it, the content goes on."""
    probs = make_probs([{BX: 0.9}, {O: 0.5, IX: 0.4}, {IX: 0.9}])
    assert [(span.start, span.end) for span in decode_roles(probs, one_paragraph(3))] == [(0, 3)]
    probs = make_probs([{BX: 0.9}, {O: 0.5, IX: 0.4}, {O: 0.9}])
    assert [(span.start, span.end) for span in decode_roles(probs, one_paragraph(3))] == [(0, 1)]
    costly = allow_steps(7)
    costly[[BX, BX, IX], [O, IX, O]] = [-1, 0, 0]
    assert [(span.start, span.end) for span in decode_roles(probs, one_paragraph(3), costly)] == [(0, 2)]


def test_calibration_moves_probabilities_in_log_odds() -> None:
    """Slope 1 and intercept ln 3 make 0.5 into 0.75."""
    spans = decode_roles(
        make_probs([{O: 0.9}, {BC: 0.5}]), one_paragraph(2), None, {"cue": (1.0, float(np.log(3)))}
    )
    assert round(spans[0].probability, 4) == 0.75


def test_a_person_may_be_named_after_a_body_and_hold_it() -> None:
    """`Ford boss Lee`: a person of three words, in which the first is a body."""
    mentions = np.zeros((3, 2, 3), dtype=np.float32)
    mentions[:, 0] = [[0, 1, 0], [0, 0, 1], [0, 0, 1]]
    mentions[:, 1] = [[0, 1, 0], [1, 0, 0], [1, 0, 0]]
    spans = decode_mentions(mentions, one_paragraph(3))
    assert [(span.label, span.start, span.end) for span in spans] == [("person", 0, 3), ("org", 0, 1)]


def test_names_of_all_kinds() -> None:
    """`Ann Lee Ora Oxfam Brexit`: five words, four names, each with its weakest word's probability."""
    kinds = ["B-person", "I-person", "B-place", "B-org", "B-other"]
    sure = [0.9, 0.8, 0.7, 0.95, 0.6]
    rows = [{NAME_LABELS.index(kind): prob} for kind, prob in zip(kinds, sure, strict=True)]
    spans = decode_names(make_probs(rows, NAME_LABELS), one_paragraph(5))
    assert [(span.label, span.start, span.end, round(span.probability, 4)) for span in spans] == [
        ("person", 0, 2, 0.8),
        ("place", 2, 3, 0.7),
        ("org", 3, 4, 0.95),
        ("other", 4, 5, 0.6),
    ]


def test_a_name_is_of_one_kind() -> None:
    """Where the second word is rather a body's, the name is what both words together are likeliest to be."""
    person, inside, body, inside_body = (
        NAME_LABELS.index(label) for label in ("B-person", "I-person", "B-org", "I-org")
    )
    rows = [{person: 0.7, body: 0.2}, {inside: 0.3, inside_body: 0.6}]
    (span,) = decode_names(make_probs(rows, NAME_LABELS), one_paragraph(2))
    assert (span.label, span.start, span.end) == ("person", 0, 2)


def test_no_name_crosses_into_the_next_paragraph() -> None:
    """A name in a headline of its own, and one below."""
    rows = [{NAME_LABELS.index("B-org"): 0.9}, {NAME_LABELS.index("I-org"): 0.9}]
    spans = decode_names(make_probs(rows, NAME_LABELS), np.array([0, 1], dtype=np.int32))
    assert [(span.label, span.start, span.end) for span in spans] == [("org", 0, 1), ("org", 1, 2)]


def test_no_name_ends_in_a_comma_or_a_small_word() -> None:
    """`Ora Board of the,` is cut after two words, `Waiting For,` before its comma; `and` is none."""
    words = "the Ora Board of the , Waiting For , and".split()
    spans = [LabelledSpan("org", start, end, 0.9) for start, end in ((1, 6), (6, 9), (9, 10))]
    assert [(span.start, span.end) for span in cut_ends(spans, words)] == [(1, 3), (6, 8)]


def test_what_stands_beside_names() -> None:
    """`Prime Minister Ann Lee, a lawyer`: a title of two words before, a description of two after."""
    labels = ["B-title", "I-title", "O", "O", "O", "B-description", "I-description"]
    rows = [{BESIDE_LABELS.index(label): 0.9} for label in labels]
    spans = decode_beside(make_probs(rows, BESIDE_LABELS), one_paragraph(7))
    assert [(span.label, span.start, span.end) for span in spans] == [("title", 0, 2), ("description", 5, 7)]
    assert [round(span.probability, 4) for span in spans] == [0.9, 0.9]


def test_no_words_no_spans() -> None:
    """An empty article."""
    assert decode_roles(np.zeros((0, 7), dtype=np.float32), one_paragraph(0)) == []
    assert decode_names(np.zeros((0, 9), dtype=np.float32), one_paragraph(0)) == []
    assert decode_beside(np.zeros((0, 5), dtype=np.float32), one_paragraph(0)) == []


@given(st.lists(st.lists(st.floats(0.01, 1), min_size=7, max_size=7), min_size=1, max_size=30), st.integers(1, 9))
def test_paths_keep_to_the_constraint(rows: list[list[float]], paragraph_words: int) -> None:
    """Whatever the probabilities, no I stands without its B or I before it in the paragraph."""
    probs = np.array(rows, dtype=np.float32)
    probs /= probs.sum(axis=1, keepdims=True)
    paragraphs = (np.arange(len(rows)) // paragraph_words).astype(np.int32)
    opens = np.concatenate(([True], paragraphs[1:] != paragraphs[:-1]))
    probs[np.ix_(opens, [2, 4, 6])] = 0
    path = find_path(probs, paragraphs, allow_steps(7))
    for word, label in enumerate(path.tolist()):
        if label and label % 2 == 0:
            assert not opens[word]
            assert path[word - 1] in (label - 1, label)
