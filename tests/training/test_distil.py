"""Opinions of teachers, and the network of a teacher; these need the packages of the extra "train"."""

from typing import Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from quotex.model.encode import NO_PIECE, Encoder  # noqa: E402
from quotex.training.batches import ALL, Stretch, make_batch  # noqa: E402
from quotex.training.distil import ask, find_divergences  # noqa: E402
from quotex.training.network import Network, NetworkSize, group_distances, spread_pieces  # noqa: E402
from tests.model.toy import make_tokenizer  # noqa: E402
from tests.training.test_learn import OPTIONS, SIZE, make_example  # noqa: E402

TEACHER = SIZE._replace(n_distances=8, is_by_piece=True)


@pytest.fixture
def batch() -> Any:
    encoder = Encoder(make_tokenizer())
    examples = [make_example(number, encoder) for number in range(3)]
    examples[0].fold, examples[1].fold = 0, 1
    return make_batch([Stretch(example, 0, len(example.words.words)) for example in examples], encoder)


def make_teachers(size: NetworkSize) -> list[Network]:
    torch.manual_seed(4)
    return [Network(size, dropout=0.0).eval() for _ in range(2)]


def test_a_teacher_is_asked_of_what_it_has_not_learned(batch: Any) -> None:
    """Of a window with a fold one teacher is asked, of others both."""
    teachers = make_teachers(TEACHER)
    assert batch.folds.tolist() == [0, 1, ALL]
    opinion = ask(teachers, batch.inputs, batch.folds)
    first, second = (teacher(*batch.inputs).roles.softmax(-1) for teacher in teachers)
    torch.testing.assert_close(opinion.roles[0], first[0])
    torch.testing.assert_close(opinion.roles[1], second[1])
    torch.testing.assert_close(opinion.roles[2], (first[2] + second[2]) / 2)
    assert opinion.mentions.sum(-1).allclose(torch.tensor(2.0))  # a distribution of each kind


def test_one_teacher_alone_is_asked_for_some_outputs(batch: Any) -> None:
    """Of names the opinion of the second, of mates of the first, of roles the mean of both."""
    teachers = make_teachers(TEACHER)
    opinion = ask(teachers, batch.inputs, torch.full_like(batch.folds, ALL), {"names": 1, "mates": 0})
    first, second = (teacher(*batch.inputs) for teacher in teachers)
    torch.testing.assert_close(opinion.names, second.names.softmax(-1))
    torch.testing.assert_close(opinion.mates, first.mates.softmax(-1))
    torch.testing.assert_close(opinion.roles, (first.roles.softmax(-1) + second.roles.softmax(-1)) / 2)


def test_who_is_of_the_same_opinion_has_nothing_to_learn(batch: Any) -> None:
    """The divergence from oneself is nothing, that from another is not."""
    one, other = make_teachers(SIZE)
    opinion = ask([one], batch.inputs, torch.full_like(batch.folds, ALL))
    same = find_divergences(one(*batch.inputs), opinion, batch.inputs[-1], OPTIONS)
    assert max(loss.abs().item() for loss in same.values()) < 1e-5
    losses = find_divergences(other(*batch.inputs), opinion, batch.inputs[-1], OPTIONS)
    assert min(loss.item() for loss in losses.values()) > 1e-5


def test_what_lies_beyond_a_window_counts_nothing(batch: Any) -> None:
    """The mean is one over words."""
    one, other = make_teachers(SIZE)
    is_word = batch.inputs[-1]
    opinion = ask([one], batch.inputs, batch.folds * 0)
    output = other(*batch.inputs)
    expected = find_divergences(output, opinion, is_word, OPTIONS)["taught roles"]
    output.roles[~is_word] = 50.0
    output.roles[~is_word, 0] = -50.0
    torch.testing.assert_close(find_divergences(output, opinion, is_word, OPTIONS)["taught roles"], expected)


def test_pieces_get_positions_of_their_own() -> None:
    """Words of two pieces and of one, and a window that is shorter than another."""
    none = NO_PIECE
    pieces = torch.tensor(
        [[[1, none], [5, 6], [7, none], [2, none]], [[1, none], [8, none], [2, none], [none, none]]]
    )
    shapes = torch.tensor([[0, 3, 4, 0], [0, 2, 0, 0]])
    words = torch.tensor([[1, 2], [1, 0]])
    spread = spread_pieces(pieces, shapes, shapes + 1, words)
    assert spread[0].squeeze(-1).tolist() == [[1, 5, 6, 7, 2], [1, 8, 2, none, none]]
    assert spread[1][0].tolist() == [0, 3, 3, 4, 0]
    assert spread[2][0].tolist() == [1, 4, 4, 5, 1]
    assert spread[3].tolist() == [[1, 3], [1, 0]]
    assert spread[4].tolist() == [[True] * 5, [True] * 3 + [False] * 2]


def test_distances_are_grouped() -> None:
    """Near ones one by one, far ones together, those behind apart from those ahead, as MPNet has them."""
    near = group_distances(torch.tensor([0, -1, -7, 1, 7]), 32)
    assert near.tolist() == [0, 1, 7, 17, 23]
    assert group_distances(torch.tensor([-8, -15, -100, -128, -4000, 4000]), 32).tolist() == [8, 9, 15, 15, 15, 31]
