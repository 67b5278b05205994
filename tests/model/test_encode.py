"""Words to word pieces and windows."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotex.model.encode import (
    CLOSING,
    INSIDE,
    MAX_WORD_PIECES,
    NO_PIECE,
    OPENING,
    OUTSIDE,
    SHAPES,
    EncodedArticle,
    Encoder,
    find_shape,
    normalise_marks,
    plan_windows,
)
from tests.model.toy import PIECES, make_tokenizer


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(make_tokenizer())


def encode(encoder: Encoder, words: list[str], paragraphs: list[int] | None = None) -> EncodedArticle:
    marks = np.zeros(len(words), dtype=np.int8)
    return encoder.encode(words, marks, np.array(paragraphs or [0] * len(words), dtype=np.int32))


@pytest.mark.parametrize("opening, nested, closing", ["“‘”", '"\'"', "«‹»", "‘“’", "„‚“", ["``", "`", "''"]])
def test_every_style_of_marks_reads_the_same(opening: str, nested: str, closing: str) -> None:
    """Marks differ from newspaper to newspaper; what the network reads does not."""
    words = [opening, "No", nested, "no", nested, closing, "said", "Ann", "’s"]
    marks = np.array([OPENING, INSIDE, INSIDE, INSIDE, INSIDE, CLOSING, OUTSIDE, OUTSIDE, OUTSIDE], dtype=np.int8)
    assert normalise_marks(words, marks) == ['"', "No", "'", "no", "'", '"', "said", "Ann", "'s"]


def test_the_first_word_of_each_paragraph_has_a_break_before_it(encoder: Encoder) -> None:
    """A break has a position of its own, counted to the word after it."""
    article = encode(encoder, ["Ann", "said", "yes"], [0, 0, 1])
    assert [PIECES[piece] for piece in article.pieces[:, 0]] == ["[unused1]", "ann", "said", "[unused1]", "yes"]
    assert article.starts.tolist() == [0, 2, 3, 5]
    assert article.firsts.tolist() == [1, 2, 4]


def test_windows_have_their_own_ends_and_a_position_a_word(encoder: Encoder) -> None:
    """A word's pieces stand in one row; features are 0 at either end."""
    arrays = encoder.window_arrays(encode(encoder, ["Anns", "said", "yes"]), 0, 2)
    assert [PIECES[piece] for piece in arrays.pieces[:, 0]] == ["[CLS]", "[unused1]", "ann", "said", "[SEP]"]
    assert [PIECES[piece] for piece in arrays.pieces[:, 1] if piece] == ["##s"]
    assert arrays.words.tolist() == [2, 3]
    title, lower = SHAPES.index("title"), SHAPES.index("lower")
    assert arrays.shapes.tolist() == [0, title, title, lower, 0]


def test_words_without_pieces_and_with_very_many_are_read(encoder: Encoder) -> None:
    """A word of a control character is unknown, a web address is cut."""
    article = encode(encoder, ["\u200b\x00", "ann" + "s" * 50, "no"])
    lengths = (article.pieces[article.firsts] != NO_PIECE).sum(axis=1)
    assert lengths.tolist() == [1, MAX_WORD_PIECES, 1]
    assert PIECES[article.pieces[1, 0]] == "[UNK]"


@pytest.mark.parametrize(
    "word, shape",
    [
        ("he", "lower"),
        ("He", "title"),
        ("FBI", "upper"),
        ("A", "initial"),
        ("iPad", "mixed"),
        ("4th", "digits"),
        ("—", "other"),
    ],
)
def test_shapes(word: str, shape: str) -> None:
    """Shapes carry the capitals that the vocabulary lacks."""
    assert SHAPES[find_shape(word)] == shape


@given(
    lengths=st.lists(st.integers(1, 40), min_size=1, max_size=30),
    max_positions=st.integers(12, 60),
    n_context=st.integers(0, 8),
    end_every=st.integers(2, 9),
)
def test_windows_cover_every_word_once_and_fit(
    lengths: list[int], max_positions: int, n_context: int, end_every: int
) -> None:
    """Whatever the paragraphs, cores follow each other without a gap and no window is too large."""
    encoder = Encoder(make_tokenizer())
    paragraphs = [number for number, length in enumerate(lengths) for _ in range(length)]
    words = ["." if i % end_every == 0 else "no" for i in range(len(paragraphs))]
    article = encode(encoder, words, paragraphs)
    windows = plan_windows(article, max_positions=max_positions, n_context=n_context)
    assert windows[0].core == 0
    assert windows[-1].end == len(words)
    assert all(a.end == b.core for a, b in pairwise(windows))
    for window in windows:
        assert window.start <= window.core < window.end
        assert article.starts[window.end] - article.starts[window.start] + 2 <= max_positions
        assert article.starts[window.core] - article.starts[window.start] <= n_context


def test_windows_keep_paragraphs_whole_where_they_can(encoder: Encoder) -> None:
    """Of paragraphs of 8 words each, windows of 22 positions hold one or two."""
    article = encode(encoder, ["no"] * 80, [i // 8 for i in range(80)])
    windows = plan_windows(article, max_positions=22, n_context=0)
    assert {(window.core % 8, window.end % 8) for window in windows} == {(0, 0)}
    assert {window.end - window.core for window in windows} <= {8, 16}


def test_what_is_put_in_front_moves_only_the_cuts_close_by(encoder: Encoder) -> None:
    """A title before forty paragraphs: most windows stay as they are, and names change none of them."""
    rng = np.random.default_rng(7)
    words = [str(word) for word in rng.choice(["no", "yes", "said", "Ann"], 240)]
    paragraphs = [i // 6 for i in range(240)]

    def cut(words: list[str], paragraphs: list[int]) -> set[int]:
        return {
            len(words) - window.core
            for window in plan_windows(encode(encoder, words, paragraphs), max_positions=34, n_context=0)
        }

    cuts = cut(words, paragraphs)
    titled = cut(["Yes", "no", *words], [0, 0, *(number + 1 for number in paragraphs)])
    assert len(cuts & titled) >= 0.8 * len(cuts)
    assert cut(["Bob" if word == "Ann" else word for word in words], paragraphs) == cuts


def test_long_paragraphs_are_cut_after_a_sentence(encoder: Encoder) -> None:
    """The cut is at the last full stop in the second half, if there is one."""
    words = ["no"] * 13 + ["."] + ["no"] * 16
    windows = plan_windows(encode(encoder, words), max_positions=22, n_context=0)
    assert [(window.core, window.end) for window in windows] == [(0, 14), (14, 30)]


def test_an_article_without_words_has_no_windows(encoder: Encoder) -> None:
    """Nothing in, nothing out."""
    assert plan_windows(encode(encoder, []), max_positions=20, n_context=4) == []
