"""Run: everything from files to a model's folder."""

import hashlib
import importlib.util
import json
import logging
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import onnxruntime
import tokenizers
import torch
from safetensors.torch import load_file, save_file

from models.news_en.training.batches import Stretch, make_batch
from models.news_en.training.calibrate import fit_quotes, fit_spans, fit_temperature, weigh_transitions
from models.news_en.training.data import Example, add_teacher, read_examples
from models.news_en.training.export import OPSET, build_model, read_weights, save_model
from models.news_en.training.network import Network, NetworkSize, load_bert
from models.news_en.training.train import Cycle, TrainingOptions, train
from quotex.evaluate import AnnotatedText, read_gold
from quotex.model.arrays import Floats2d
from quotex.model.encode import MARK_STATES, SHAPES, Encoder, plan_windows
from quotex.model.labels import MENTION_LABELS, ROLE_LABELS
from quotex.model.session import FORMAT, META_FILE, MODEL_FILE, TOKENIZER_FILE, Model, open_model
from quotex.model.tagger import softmax

log = logging.getLogger(__name__)

MAX_DIFFERENCE = 0.03  # mean absolute difference of a role probability, exported against trained
MIN_CALIBRATION = 20  # held-out articles; with fewer a model keeps the calibration of the one it went on from
WEIGHTS_FILE = "network.safetensors"  # of float32 weights, to go on from; not in the wheel
Config = dict[str, Any]


class Base(NamedTuple):
    """What a network starts from.

    Attributes:
        weights: safetensors of a BERT, or model.onnx of one of our own.
        tokenizer: Its tokenizer.json.
    """

    weights: Path
    tokenizer: Path


def run(
    config: Config,
    *,
    data: Path,
    out: Path,
    device: str | None = None,
    limit: int | None = None,
    weights: Path | None = None,
) -> None:
    """Train a model, or take the weights of one already trained, calibrate, export and check it.

    Args:
        config: The tables of config.toml.
        data: Folder with the files it names.
        out: Folder to write to.
        device: cuda or cpu; None is the first of these that there is.
        limit: Read only so many articles of each file.
        weights: safetensors that an earlier run left in its folder; nothing is trained.
    """
    out.mkdir(parents=True, exist_ok=True)
    base = find_base(config["base"])
    write_tokenizer(base.tokenizer, out / TOKENIZER_FILE)
    encoder = Encoder(tokenizers.Tokenizer.from_file(str(out / TOKENIZER_FILE)))
    examples, held_out = read_data(config["data"], data, encoder, limit)
    log.info("%d articles to learn from, %d held out", len(examples), len(held_out))

    torch.manual_seed(config["seed"])
    size = NetworkSize(**config["network"])
    table = dict(config["training"])
    cycles = [Cycle(**cycle) for cycle in table.pop("cycles")]
    max_pieces = table.pop("max_pieces")
    options = TrainingOptions(**table)
    network = Network(size, dropout=options.dropout)
    if weights is not None:
        network.load_state_dict(load_file(weights))
    else:
        load_base(network, base)
        chosen = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        log.info("training on %s", chosen)
        for number, cycle in enumerate(cycles):
            network = train(
                network,
                examples,
                encoder,
                cycle,
                options,
                max_pieces=max_pieces,
                seed=config["seed"] + number,
                device=chosen,
            )
        network = network.to("cpu")
    network.eval()
    save_file(network.state_dict(), str(out / WEIGHTS_FILE))
    articles = read_gold(str(data / config["data"]["train"]))[:: config["data"]["held_out_every"]]
    finish(network, config, out, encoder, examples, held_out, articles[:limit])


def finish(
    network: Network,
    config: Config,
    out: Path,
    encoder: Encoder,
    examples: list[Example],
    held_out: list[Example],
    held_out_gold: list[AnnotatedText],
) -> None:
    """Export a trained network, calibrate what was exported, and check it against what was trained."""
    export = config["export"]
    arrays = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    proto = build_model(arrays, network.size, limit=export["limit"], exact=tuple(export["exact"]))
    save_model(proto, out / MODEL_FILE)
    meta = make_meta(config, out)
    transitions = weigh_transitions(examples, **config["transitions"])
    meta["transitions"] = list_transitions(transitions)
    write_meta(meta, out)

    model = open_model(out)
    logits = [read_logits(model, example, encoder) for example in held_out]
    meta["parity"] = check_parity(network, model, held_out, encoder, logits)
    if len(held_out) >= MIN_CALIBRATION or "folder" not in config["base"]:
        gold = [example.gold for example in held_out if example.gold is not None]
        meta["temperature"] = fit_temperature(np.concatenate(logits), np.concatenate(gold))
        tagged = ((example, softmax(x / meta["temperature"])) for example, x in zip(held_out, logits, strict=True))
        meta["calibration"] = fit_spans(tagged, transitions)
        write_meta(meta, out)  # the pipeline reads it from there
        meta["calibration"]["quote"] = fit_quotes(out, held_out_gold)
    else:
        base = open_model(Path(config["base"]["folder"])).meta
        kept = list_transitions(base.transitions)
        meta |= {"temperature": base.temperature, "transitions": kept, "calibration": base.calibration}
    write_meta(meta, out)
    log.info("temperature %s, calibration %s", meta["temperature"], meta["calibration"])


def find_base(config: Config) -> Base:
    """Find the files a network starts from and check that they are the ones meant."""
    if "folder" in config:  # one of our own models, to go on from
        folder = Path(config["folder"])
        return Base(folder / MODEL_FILE, folder / TOKENIZER_FILE)
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


def load_base(network: Network, base: Base) -> None:
    """Give a network the weights it starts from."""
    if base.weights.suffix == ".onnx":
        arrays = read_weights(onnx.load(str(base.weights)))
        network.load_state_dict({name: torch.from_numpy(np.array(value)) for name, value in arrays.items()})
    else:
        load_bert(network, base.weights)


def write_tokenizer(source: Path, target: Path) -> None:
    """Write a tokenizer that neither cuts nor pads: windows are cut by us."""
    tokenizer = tokenizers.Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    target.write_text(tokenizer.to_str(), encoding="utf-8")


def read_data(
    config: Config, folder: Path, encoder: Encoder, limit: int | None
) -> tuple[list[Example], list[Example]]:
    """Read what to learn from, and the articles held out of it for calibration.

    All but `train` may be absent from the configuration.
    """
    annotated = read_examples(folder / config["train"], encoder)
    if "teacher_train" in config:
        add_teacher(annotated, folder / config["teacher_train"])
    every = config["held_out_every"]
    held_out = annotated[::every]
    examples = [example for number, example in enumerate(annotated) if number % every][:limit]
    if "unlabelled" in config:
        unlabelled = read_examples(folder / config["unlabelled"], encoder)
        add_teacher(unlabelled, folder / config["teacher_unlabelled"])
        examples += unlabelled[:limit]
    if "mentions" in config:
        examples += read_examples(folder / config["mentions"], encoder)[:limit]
    return examples, held_out[:limit]


def cut_windows(model: Model, example: Example) -> Iterator[tuple[Stretch, int]]:
    """Yield the windows that the tagger reads an article in, and how many words of each are context."""
    meta = model.meta
    for window in plan_windows(example.encoded, max_pieces=meta.max_pieces, n_context=meta.n_context):
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


def make_meta(config: Config, out: Path) -> dict[str, Any]:
    """Gather what meta.json says; temperature and calibration are put in later."""
    return {
        "format": FORMAT,
        "name": config["name"],
        "version": config["version"],
        "seed": config["seed"],
        "role_labels": ROLE_LABELS,
        "mention_labels": MENTION_LABELS,
        "shapes": SHAPES,
        "mark_states": MARK_STATES,
        "network": config["network"],
        "windows": config["windows"],
        "export": config["export"],
        "base": config["base"],
        "temperature": 1.0,
        "calibration": {},
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
    }


def write_meta(meta: dict[str, Any], out: Path) -> None:
    """Write meta.json."""
    (out / META_FILE).write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")


def digest_file(path: Path) -> str:
    """Give the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
