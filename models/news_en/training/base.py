"""Base: the network and tokenizer that this model starts from, out of another Python package."""

import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

import tokenizers
import torch
from safetensors.torch import load_file

from quotex.training.finish import digest_file
from quotex.training.network import NEW, Network


class Base(NamedTuple):
    """What a network starts from.

    Attributes:
        weights: safetensors of a BERT.
        tokenizer: Its tokenizer.json.
    """

    weights: Path
    tokenizer: Path


def find_base(config: dict[str, Any]) -> Base:
    """Find the files a network starts from and check that they are the ones meant."""
    spec = importlib.util.find_spec(config["package"])
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            f"install the Python package {config['package']}: it holds the weights to start from"
        )
    folder = Path(spec.origin).parent
    base = Base(folder / config["weights"], folder / config["tokenizer"])
    if digest_file(base.weights) != config["sha256"]:
        raise ValueError(f"{base.weights} is not the file that the configuration means")
    return base


def write_tokenizer(source: Path, target: Path) -> None:
    """Write a tokenizer that neither cuts nor pads: windows are cut by us."""
    tokenizer = tokenizers.Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    target.write_text(tokenizer.to_str(), encoding="utf-8")


def load_bert(network: Network, path: Path) -> None:
    """Start a network from the weights of a BERT, its first layers if it has more than the network.

    Args:
        network: The network, changed in place.
        path: safetensors file with BERT's usual names.
    """
    weights = load_file(path)
    pieces = weights["embeddings.word_embeddings.weight"]
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    state = {
        "pieces.weight": pieces,
        # all our pieces are of BERT's first segment, so its embedding is part of the positions'
        "positions.weight": weights["embeddings.position_embeddings.weight"] + segment,
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(network.size.n_layers):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for kind in ("weight", "bias"):
            state[f"{new}.qkv.{kind}"] = torch.cat(
                [weights[f"{old}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            )
            state[f"{new}.attended.{kind}"] = weights[f"{old}.attention.output.dense.{kind}"]
            state[f"{new}.attention_norm.{kind}"] = weights[f"{old}.attention.output.LayerNorm.{kind}"]
            state[f"{new}.up.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
            state[f"{new}.down.{kind}"] = weights[f"{old}.output.dense.{kind}"]
            state[f"{new}.output_norm.{kind}"] = weights[f"{old}.output.LayerNorm.{kind}"]
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith(NEW) for name in missing):
        raise ValueError(f"{path}: not a BERT of {network.size}: {unexpected or missing}")
