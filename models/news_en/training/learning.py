"""Learning: teachers from what is marked, then the network from that and from them; needs no corpora and no spaCy.

What has been learned is kept, and a run that was broken off goes on where its last checkpoint is.
"""

import logging
from pathlib import Path
from typing import Any

import tokenizers
import torch
from safetensors.torch import load_file, save_file

from models.news_en.training.base import load_bert, load_mpnet
from models.news_en.training.store import read_examples
from quotex.model.encode import Encoder
from quotex.model.session import TOKENIZER_FILE, open_model
from quotex.training.batches import ALL
from quotex.training.examples import Example
from quotex.training.finish import open_network
from quotex.training.learn import train
from quotex.training.network import Network, NetworkSize
from quotex.training.options import Cycle, TrainingOptions

log = logging.getLogger(__name__)

EXAMPLES_FILE = "examples.npz"
BASE_FILE = "base.safetensors"
TEACHER_BASE_FILE = "teacher_base.safetensors"
TEACHER_FILE = "teacher-{fold}.safetensors"
WEIGHTS_FILE = "network.safetensors"  # of float32 weights, to export; not in the wheel
STATE_FILE = "{name}-state-{number}.safetensors"  # of each cycle, to go on from after a break
SEEDS_APART = 100  # from one cycle to the next
Config = dict[str, Any]


def learn(
    config: Config, *, out: Path, start: Path | None = None, device: str | None = None, n_workers: int = 0
) -> None:
    """Train teachers and network with what is in a folder.

    Args:
        config: The tables of config.toml; without teacher, and without start, there is none.
        out: Folder with what was read; the network's weights are written there.
        start: Folder of a model to go on from, the second of two teachers then; None begins with the base.
        device: cuda or cpu; None is the first of these that there is.
        n_workers: Processes that make batches; what is learned does not depend on it.
    """
    where = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    learner = Learner(out, open_encoder(out), where, config["seed"], n_workers)
    examples = read_examples(out / EXAMPLES_FILE)
    marked = [example for example in examples if example.fold is not None]
    if start:
        teachers = [learn_teacher(learner, config["teacher"], marked, fold=ALL)]
        for example in examples:
            example.fold = None  # both teachers are asked about all
        model = open_model(start)
        teachers.append(open_network(model, dropout=0.0).to(where).eval())
        network = open_network(model, dropout=config["training"]["dropout"])
        learner.run(network, examples, config["training"], out / WEIGHTS_FILE, teachers)
        return
    if "teacher" in config:
        folds = range(config["data"]["n_folds"])
        teachers = [learn_teacher(learner, config["teacher"], marked, fold=fold) for fold in folds]
    else:
        examples, teachers = marked, []
    torch.manual_seed(config["seed"])
    network = Network(NetworkSize(**config["network"]), dropout=config["training"]["dropout"])
    if "base" in config:
        load_bert(network, out / BASE_FILE)
    learner.run(network, examples, config["training"], out / WEIGHTS_FILE, teachers)


def learn_teacher(learner: "Learner", table: Config, marked: list[Example], *, fold: int) -> Network:
    """Train a teacher with all that is marked but for one fold, or take the one that was trained before.

    Args:
        learner: What trains.
        table: The [teacher] table of config.toml.
        marked: The examples in which something is marked.
        fold: What it does not learn from; ALL for none.
    """
    teacher = Network(NetworkSize(**table["network"]), dropout=table["training"]["dropout"])
    path = learner.out / TEACHER_FILE.format(fold="all" if fold == ALL else fold)
    if path.exists():
        teacher.load_state_dict(load_file(path))
    else:
        if "base" in table:
            load_mpnet(teacher, learner.out / TEACHER_BASE_FILE)
        others = [example for example in marked if example.fold != fold]
        teacher = learner.run(teacher, others, table["training"], path)
    return teacher.to(learner.device).eval()


class Learner:
    """Trains networks and keeps what they have learned in a folder."""

    def __init__(self, out: Path, encoder: Encoder, device: torch.device, seed: int, n_workers: int) -> None:
        self.out, self.device = out, device
        self._encoder, self._seed, self._n_workers = encoder, seed, n_workers

    def run(
        self,
        network: Network,
        examples: list[Example],
        training: Config,
        path: Path,
        teachers: list[Network] | None = None,
    ) -> Network:
        """Train a network in the cycles of a [training] table, and write its weights."""
        table = dict(training)
        cycles = [Cycle(**cycle) for cycle in table.pop("cycles")]
        max_positions = table.pop("max_positions")
        options = TrainingOptions(**table)
        for number, cycle in enumerate(cycles):
            log.info("%s, cycle %d: %d articles", path.stem, number, len(examples))
            network = train(
                network,
                examples,
                self._encoder,
                cycle,
                options,
                max_positions=max_positions,
                seed=self._seed + number * SEEDS_APART,
                device=self.device,
                teachers=teachers or (),
                n_workers=self._n_workers,
                checkpoint=self.out / STATE_FILE.format(name=path.stem, number=number),
            )
        network = network.to("cpu").eval()
        save_file(network.state_dict(), str(path))
        return network


def open_encoder(out: Path) -> Encoder:
    """Open the encoder of a model's folder."""
    return Encoder(tokenizers.Tokenizer.from_file(str(out / TOKENIZER_FILE)))
