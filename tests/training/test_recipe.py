"""The recipe, from texts to a model's folder, with a network small enough to train in a test."""

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")

import torch

from models.news_en.training.recipe import STATE_FILE, WEIGHTS_FILE, mix, run
from quotex.extraction import extract, load
from quotex.training.network import Network, NetworkSize

pytestmark = pytest.mark.slow  # a training

CONFIG: dict[str, Any] = {
    "name": "toy",
    "version": "0",
    "seed": 3,
    "data": {
        "held_out_every": 1,
        "speakers_held_out_every": 1,
        "own_held_out_every": 6,
        "own_copies": 4,
    },
    "network": {"n_layers": 1, "n_heads": 4, "width": 64, "link_width": 16},
    "windows": {"max_positions": 128, "n_context": 16},
    "transitions": {"share": 0.25, "content_end": 0.5},
    "export": {"limit": 63, "exact": ["roles", "mentions", "names", "beside"]},
    "training": {
        "max_positions": 128,
        "batch_positions": 512,
        "weight_decay": 0.01,
        "dropout": 0.0,
        "average_decay": 0.98,
        "teacher_weight": 1.0,
        "gold_weight": 1.0,
        "link_weight": 0.5,
        "mention_weight": 0.3,
        "name_weight": 1.0,
        "mate_weight": 0.3,
        "max_gradient": 1.0,
        "cycles": [{"n_epochs": 4, "encoder_rate": 3e-3, "head_rate": 3e-3, "warm_up": 0.1}],
    },
}
TEXT = "“We will be back in the spring,” said Ewa Zielony. “The lake is full.”"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    run(CONFIG, data=folder, out=folder / "model", device="cpu")
    return folder / "model"


def test_a_toy_network_learns_from_our_own_texts(out: Path) -> None:
    """What it has made is a model as any other, and finds a plain quotation."""
    found = extract(TEXT, nlp=load(out)).quotes
    pieces = {piece.text for quote in found for piece in quote.content}
    assert pieces & {"We will be back in the spring,", "The lake is full."}


def test_what_was_trained_is_exported_anew(out: Path, tmp_path: Path) -> None:
    """With `weights` nothing is trained, and the same model is written."""
    run(CONFIG, data=tmp_path, out=tmp_path / "again", device="cpu", weights=out / WEIGHTS_FILE)
    assert not (tmp_path / "again" / STATE_FILE.format(number=0)).exists()
    assert (tmp_path / "again" / "model.onnx").read_bytes() == (out / "model.onnx").read_bytes()


def test_weights_are_mixed() -> None:
    """Each is the mean with its share of the network from which the other went on."""
    size = NetworkSize(n_layers=1, n_heads=1, width=4, n_pieces=10, max_positions=4, link_width=2)
    network, other = Network(size), Network(size)
    before = {name: value.clone() for name, value in network.state_dict().items()}
    mix(network, other.state_dict(), 0.25)
    for name, value in network.state_dict().items():
        torch.testing.assert_close(value, 0.75 * before[name] + 0.25 * other.state_dict()[name])
