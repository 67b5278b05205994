"""Training that is broken off goes on; these need the packages of the extra "train"."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

from quotex.evaluation import Annotation  # noqa: E402
from quotex.model.encode import Encoder  # noqa: E402
from quotex.model.labels import BESIDE_LABELS, NAME_LABELS  # noqa: E402
from quotex.training import learn  # noqa: E402
from quotex.training.batches import Stretch, make_batch  # noqa: E402
from quotex.training.examples import Example, GoldMates, add_quotes  # noqa: E402
from quotex.training.learn import train  # noqa: E402
from quotex.training.network import Network, NetworkSize  # noqa: E402
from quotex.training.options import Cycle, TrainingOptions  # noqa: E402
from quotex.training.reader import ExampleReader  # noqa: E402
from tests.model.toy import PIECES, make_tokenizer  # noqa: E402

SIZE = NetworkSize(n_layers=1, n_heads=2, width=16, n_pieces=len(PIECES), max_positions=40, link_width=8)
CYCLE = Cycle(n_epochs=3, encoder_rate=1e-2, head_rate=1e-2, warm_up=0.2)
OPTIONS = TrainingOptions(
    batch_positions=24,
    weight_decay=0.01,
    dropout=0.0,  # what it leaves out is drawn anew after a break
    average_decay=0.9,
    teacher_weight=1.0,
    gold_weight=1.0,
    link_weight=1.0,
    mention_weight=1.0,
    name_weight=1.0,
    mate_weight=1.0,
    max_gradient=1.0,
)


@pytest.fixture
def encoder() -> Encoder:
    return Encoder(make_tokenizer())


def make_example(number: int, encoder: Encoder) -> Example:
    """Make an example of which everything is known."""
    example = ExampleReader(encoder)(str(number), "Ann said “no” and " + "go " * number + "Bob said yes.")
    add_quotes(example, [Annotation(content=((9, 13),), cue=((4, 8),), source=((0, 3),))])
    words = example.words.words
    example.names = np.zeros((len(words), len(NAME_LABELS)), dtype=bool)
    example.names[:, 0] = True
    example.names[[0, words.index("Bob")]] = [label == "B-person" for label in NAME_LABELS]
    example.beside = np.zeros((len(words), len(BESIDE_LABELS)), dtype=bool)
    example.beside[:, 0] = True
    example.mentions = np.zeros((len(words), 2), dtype=np.int64)
    example.mates.append(GoldMates(0, (words.index("Bob"),)))
    return example


def learn_all(
    encoder: Encoder, checkpoint: Path | None = None, *, stop_at: int | None = None
) -> tuple[dict[str, "torch.Tensor"], dict[str, "torch.Tensor"]]:
    """Train for three epochs, or break off at the end of one; returns the network's weights and their average."""
    torch.manual_seed(1)
    network = Network(SIZE, dropout=0.0)

    def stop(epoch: int, _: Network) -> None:
        if epoch == stop_at:
            raise KeyboardInterrupt

    average = train(
        network,
        [make_example(number, encoder) for number in range(6)],
        encoder,
        CYCLE,
        OPTIONS,
        max_positions=40,
        seed=5,
        device=torch.device("cpu"),
        checkpoint=checkpoint,
        after_epoch=stop,
    )
    return network.state_dict(), average.state_dict()


def test_a_run_that_was_broken_off_goes_on(
    encoder: Encoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The weights are those of a run that was not: the last few steps are done again."""
    monkeypatch.setattr(learn, "SAVED_EVERY", 2)
    whole = learn_all(encoder)
    path = tmp_path / "state.safetensors"
    with pytest.raises(KeyboardInterrupt):
        learn_all(encoder, path, stop_at=2)
    assert [file.name for file in tmp_path.iterdir()] == ["state.safetensors"]
    n_done = read_step(path)
    assert n_done > 2
    for weights, expected in zip(learn_all(encoder, path), whole, strict=True):
        for name, value in expected.items():
            torch.testing.assert_close(weights[name], value, rtol=1e-4, atol=1e-6, msg=name)
    assert read_step(path) > n_done


def test_a_run_that_was_broken_off_before_it_began_anything(encoder: Encoder, tmp_path: Path) -> None:
    """Without a checkpoint, all of it is done; one is kept only every so many steps."""
    path = tmp_path / "state.safetensors"
    for weights, expected in zip(learn_all(encoder, path), learn_all(encoder), strict=True):
        for name, value in expected.items():
            torch.testing.assert_close(weights[name], value, rtol=1e-4, atol=1e-6, msg=name)
    assert not path.exists()


def read_step(path: Path) -> int:
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        return int(file.metadata()["step"])


def test_labels_that_a_word_may_have(encoder: Encoder) -> None:
    """What is not told apart costs nothing; what is ruled out does; where all may be, there is no loss."""
    example = make_example(1, encoder)
    assert example.names is not None
    assert example.beside is not None
    example.beside[:] = True
    example.names[:] = True
    place = [NAME_LABELS.index(label) for label in ("B-place", "I-place")]
    example.names[0] = False
    example.names[0, place] = True
    batch = make_batch([Stretch(example, 0, len(example.words.words))], encoder)
    network = Network(SIZE, dropout=0.0).eval()
    with torch.no_grad():
        output = network(*batch.inputs)
    probs = output.names[0, 0].softmax(-1)
    losses = learn.find_losses(output, batch, OPTIONS)
    assert "beside" not in losses
    torch.testing.assert_close(losses["names"], -probs[place].sum().log(), rtol=1e-4, atol=1e-5)
