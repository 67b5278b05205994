"""Recipe: everything from files to this model's folder."""

import logging
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from models.news_en.training.base import find_base, load_bert, write_tokenizer
from models.news_en.training.callings import collect_callings
from models.news_en.training.corpora import (
    add_teacher,
    read_annotated,
    read_mentions,
    read_pronouns,
    read_unlabelled,
)
from models.news_en.training.passages import Renamer, read_genders
from models.news_en.training.stand_ins import Replacer
from quotex.evaluate import AnnotatedText, read_gold
from quotex.model.encode import Encoder
from quotex.model.session import TOKENIZER_FILE, open_model
from quotex.model.tagger import softmax
from quotex.training.calibrate import fit_quotes, fit_spans, fit_temperature, weigh_transitions
from quotex.training.examples import Example, ExampleReader
from quotex.training.finish import check_parity, read_logits, write_meta, write_model
from quotex.training.learn import Cycle, TrainingOptions, train
from quotex.training.network import Network, NetworkSize

log = logging.getLogger(__name__)

WEIGHTS_FILE = "network.safetensors"  # of float32 weights, to export anew; not in the wheel
ABOUT = ("name", "version", "seed", "network", "windows", "export", "base")  # tables that meta.json repeats
SEEDS_APART = 100  # from one cycle to the next, for draws between
Config = dict[str, Any]


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
    read = ExampleReader(encoder)
    examples, held_out = read_data(config["data"], data, read, limit, config["seed"])
    log.info("%d articles to learn from, %d held out", len(examples), len(held_out))

    torch.manual_seed(config["seed"])
    size = NetworkSize(**config["network"])
    table = dict(config["training"])
    cycles = [Cycle(**cycle) for cycle in table.pop("cycles")]
    max_pieces, n_places = table.pop("max_pieces"), table.pop("mean_of_last")
    options = TrainingOptions(**table)
    network = Network(size, dropout=options.dropout)
    if weights is not None:
        network.load_state_dict(load_file(weights))
    else:
        load_bert(network, base.weights)
        chosen = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
        log.info("training on %s", chosen)
        places: list[dict[str, Tensor]] = []  # where cycles began, if not where another ended, and ended
        for number, cycle in enumerate(cycles):
            if cycle.begins_at:
                places.append(find_mean([places[place] for place in cycle.begins_at]))
                network.load_state_dict(places[-1])
            seed = config["seed"] + number * SEEDS_APART
            draws = (read_data(config["data"], data, read, limit, seed + draw)[0] for draw in range(cycle.n_draws))
            network = train(
                network,
                [example for draw in draws for example in draw],
                encoder,
                cycle,
                options,
                max_pieces=max_pieces,
                seed=seed,
                device=chosen,
            )
            places.append({name: value.clone() for name, value in network.state_dict().items()})
        network.load_state_dict(find_mean(places[-n_places:]))
        network = network.to("cpu")
    network.eval()
    save_file(network.state_dict(), str(out / WEIGHTS_FILE))
    articles = read_gold(str(data / config["data"]["train"]))[:: config["data"]["held_out_every"]]
    finish(network, config, out, encoder, examples, held_out, articles[:limit])


def find_mean(states: list[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Find the mean of the weights of several networks."""
    return {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}


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
    transitions = weigh_transitions(examples, **config["transitions"])
    meta = write_model(network, out, {name: config[name] for name in ABOUT}, transitions)
    model = open_model(out)
    logits = [read_logits(model, example, encoder) for example in held_out]
    meta["parity"] = check_parity(network, model, held_out, encoder, logits)
    gold = [example.gold for example in held_out if example.gold is not None]
    meta["temperature"] = fit_temperature(np.concatenate(logits), np.concatenate(gold))
    tagged = ((example, softmax(x / meta["temperature"])) for example, x in zip(held_out, logits, strict=True))
    meta["calibration"] = fit_spans(tagged, transitions)
    write_meta(meta, out)  # the pipeline reads it from there
    meta["calibration"]["quote"] = fit_quotes(out, held_out_gold)
    write_meta(meta, out)
    log.info("temperature %s, calibration %s", meta["temperature"], meta["calibration"])


def read_data(
    config: Config, folder: Path, read: ExampleReader, limit: int | None, seed: int
) -> tuple[list[Example], list[Example]]:
    """Read what to learn from, with a draw of stand-ins, and the articles held out of it for calibration."""
    annotated = read_annotated(folder / config["train"], read)
    add_teacher(annotated, folder / config["teacher_train"])
    every = config["held_out_every"]
    held_out = annotated[::every]
    learned = [example for number, example in enumerate(annotated) if number % every]
    unlabelled = read_unlabelled(folder / config["unlabelled"], read)
    add_teacher(unlabelled, folder / config["teacher_unlabelled"])
    mentions = read_mentions(folder / config["mentions"], read)
    rng = np.random.default_rng(seed)
    pronouns = read_pronouns(folder / config["pronouns"], read, Renamer(rng), config["renamed"])
    texts = [*learned, *unlabelled]
    put_stand_ins = Replacer(read_genders(), collect_callings(texts), read.encoder, rng)
    for example in texts:
        put_stand_ins(example)
    parts = (learned, unlabelled, mentions, pronouns)
    return [example for part in parts for example in part[:limit]], held_out[:limit]
