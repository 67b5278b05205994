"""The recipe, from texts to a model's folder, with a network small enough to train in a test."""

import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")

from safetensors.torch import load_file

from models.news_en.training.learning import EXAMPLES_FILE, TEACHER_FILE, WEIGHTS_FILE, learn
from models.news_en.training.recipe import finish, read
from quotex.extraction import extract, load
from quotex.model.encode import NO_PIECE
from quotex.model.session import TOKENIZER_FILE
from quotex.training.network import NetworkOutput

pytestmark = pytest.mark.slow  # a training

TRAINING: dict[str, Any] = {
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
}
CONFIG: dict[str, Any] = {
    "name": "toy",
    "version": "0",
    "seed": 3,
    "data": {
        "n_folds": 2,
        "held_out_every": 1,
        "speakers_held_out_every": 1,
        "own_held_out_every": 6,
        "own_copies": 4,
    },
    "network": {"n_layers": 1, "n_heads": 4, "width": 64, "link_width": 16},
    "windows": {"max_positions": 128, "n_context": 16},
    "transitions": {"share": 0.25, "content_end": 0.5},
    "export": {"limit": 63, "exact": ["roles", "inner", "mentions", "names", "beside"]},
    "training": TRAINING,
    "teacher": {
        "network": {
            "n_layers": 1,
            "n_heads": 4,
            "width": 64,
            "link_width": 16,
            "n_distances": 8,
            "is_by_piece": True,
        },
        "training": TRAINING,
    },
}
TEXT = "“We will be back in the spring,” said Ewa Zielony. “The lake is full.”"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    read(CONFIG, data=folder, out=folder / "model")
    learn(CONFIG, out=folder / "model", device="cpu")
    finish(CONFIG, data=folder, out=folder / "model")
    return folder / "model"


def test_a_toy_network_learns_from_our_own_texts(out: Path) -> None:
    """What it has made is a model as any other, and finds a plain quotation."""
    found = extract(TEXT, nlp=load(out)).quotes
    pieces = {piece.text for quote in found for piece in quote.content}
    assert pieces & {"We will be back in the spring,", "The lake is full."}


def test_what_was_learned_is_not_learned_again(out: Path) -> None:
    """A run that was broken off has the teachers that it had finished; the same model is written anew."""
    files = [out / TEACHER_FILE.format(fold=fold) for fold in range(2)]
    times = [file.stat().st_mtime_ns for file in files]
    weights, model = (out / WEIGHTS_FILE).read_bytes(), (out / "model.onnx").read_bytes()
    learn(CONFIG, out=out, device="cpu")
    assert [file.stat().st_mtime_ns for file in files] == times
    assert (out / WEIGHTS_FILE).read_bytes() == weights
    finish(CONFIG, data=out.parent, out=out)
    assert (out / "model.onnx").read_bytes() == model


def test_a_model_goes_on_with_itself_as_teacher(out: Path, tmp_path: Path) -> None:
    """Where nothing marked counts it stays what it was, within the rounding of its 8 bits; else it learns."""
    cycle = {"n_epochs": 1, "n_steps": 30, "encoder_rate": 1e-4, "head_rate": 1e-4, "warm_up": 0.1}
    before = load_file(out / WEIGHTS_FILE)
    before["pieces.weight"][NO_PIECE] = 0  # an export has nothing there
    moved = {}
    teacher = CONFIG["teacher"] | {"training": {**TRAINING, "cycles": [cycle]}}
    for gold_weight in (0.0, 1.0):
        folder = tmp_path / str(gold_weight)
        folder.mkdir()
        for name in (EXAMPLES_FILE, TOKENIZER_FILE):
            shutil.copy(out / name, folder)
        training = {**TRAINING, "gold_weight": gold_weight, "cycles": [cycle]}
        training["taught_by"] = dict.fromkeys(
            NetworkOutput._fields, 1
        )  # the teacher, which comes first, says nothing
        learn({**CONFIG, "training": training, "teacher": teacher}, out=folder, start=out, device="cpu")
        after = load_file(folder / WEIGHTS_FILE)
        assert (folder / TEACHER_FILE.format(fold="all")).exists()
        moved[gold_weight] = sum(float((weight - after[name]).abs().sum()) for name, weight in before.items())
    assert moved[0.0] < moved[1.0]
