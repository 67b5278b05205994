"""Finish: a trained network into the files of a model, checked against it."""

import hashlib
import json
import logging
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime  # type: ignore[import-untyped]
import tokenizers
import torch

from quotex.model.arrays import Floats2d
from quotex.model.encode import Encoder, plan_windows
from quotex.model.session import FORMAT, LISTS, META_FILE, MODEL_FILE, TOKENIZER_FILE, Model
from quotex.model.tagger import softmax
from quotex.training.batches import Stretch, make_batch
from quotex.training.examples import Example
from quotex.training.export import OPSET, build_model, read_weights, save_model
from quotex.training.network import Network, NetworkSize

log = logging.getLogger(__name__)

MAX_DIFFERENCE = 0.03  # mean absolute difference of a role probability, exported against trained
Meta = dict[str, Any]  # what is in meta.json


def open_network(base: Model, *, dropout: float) -> Network:
    """Make a model that is installed into a network that learns, within the rounding of its 8 bits."""
    size = read_meta(base)["network"]
    network = Network(NetworkSize(**size), dropout=dropout)
    weights = read_weights(onnx.load(str(base.folder / MODEL_FILE)))
    network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in weights.items()})
    return network


def read_meta(base: Model) -> dict[str, Any]:
    """Read all that meta.json says."""
    meta: dict[str, Any] = json.loads((base.folder / META_FILE).read_text(encoding="utf-8"))
    return meta


def write_model(network: Network, out: Path, about: Meta, transitions: Floats2d) -> Meta:
    """Write a network's files; the tokenizer is there already.

    Args:
        network: As trained.
        out: The model's folder.
        about: What only its maker knows: name, version, seed, base, network, windows, export.
        transitions: As in ModelMeta.

    Returns:
        What meta.json now says, without temperature and calibration, which say nothing yet.
    """
    export = about["export"]
    arrays = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    save_model(
        build_model(arrays, network.size, limit=export["limit"], exact=tuple(export["exact"])), out / MODEL_FILE
    )
    meta = {
        "format": FORMAT,
        **about,
        **LISTS,
        "temperature": 1.0,
        "calibration": {},
        "ranking": {},
        "opset": OPSET,
        "versions": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "onnx": onnx.__version__,
            "onnxruntime": onnxruntime.__version__,
            "tokenizers": tokenizers.__version__,
            "torch": torch.__version__,
        },
        "sha256": {name: digest_file(out / name) for name in (MODEL_FILE, TOKENIZER_FILE)},
        "transitions": list_transitions(transitions),
    }
    write_meta(meta, out)
    return meta


def write_meta(meta: Meta, out: Path) -> None:
    """Write meta.json."""
    (out / META_FILE).write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")


def cut_windows(model: Model, example: Example) -> Iterator[tuple[Stretch, int]]:
    """Yield the windows that the tagger reads an article in, and how many words of each are context."""
    meta = model.meta
    for window in plan_windows(example.encoded, max_positions=meta.max_positions, n_context=meta.n_context):
        yield Stretch(example, window.start, window.end), window.core - window.start


def read_logits(model: Model, example: Example, encoder: Encoder) -> np.ndarray:
    """Give the exported model's role logits of an article, shape (n_words, n_labels)."""
    parts = []
    for stretch, skipped in cut_windows(model, example):
        scores = model.run(encoder.window_arrays(example.encoded, stretch.start, stretch.end))
        parts.append(scores.roles[skipped:])
    return np.concatenate(parts)


@torch.no_grad()
def check_parity(
    network: Network, model: Model, examples: list[Example], encoder: Encoder, logits: list[np.ndarray]
) -> dict[str, float]:
    """Compare the exported model with the trained network on whole articles.

    Args:
        network: As trained, float32.
        model: As exported.
        examples: Articles to compare on.
        encoder: The encoder that they were read with.
        logits: The exported model's role logits of each.

    Returns:
        Mean absolute difference of a role probability, and the share of words with the same likeliest label.

    Raises:
        ValueError: The difference is larger than 8 bits explain; the export is wrong.
    """
    differences, same = [], []
    for example, exported in zip(examples[:20], logits, strict=False):
        parts = []
        for stretch, skipped in cut_windows(model, example):
            output = network(*make_batch([stretch], encoder).inputs)
            parts.append(output.roles[0, skipped:].numpy())
        trained = np.concatenate(parts)
        differences.append(np.abs(softmax(trained) - softmax(exported)).mean())
        same.append((trained.argmax(axis=1) == exported.argmax(axis=1)).mean())
    parity = {
        "mean_difference": round(float(np.mean(differences)), 5),
        "same_label": round(float(np.mean(same)), 5),
    }
    log.info("exported against trained: %s", parity)
    if parity["mean_difference"] > MAX_DIFFERENCE:
        raise ValueError(f"the exported model differs from the trained one: {parity}")
    return parity


def list_transitions(weights: Floats2d) -> list[list[float | None]]:
    """Write weights as `session.read_transitions` reads them: null for what cannot be."""
    return [[float(weight) if np.isfinite(weight) else None for weight in row] for row in weights]


def digest_file(path: Path) -> str:
    """Give the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
