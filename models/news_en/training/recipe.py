"""Recipe: everything from files to this model's folder."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import tokenizers
import torch
from safetensors.torch import load_file, save_file

from models.news_en.training import rank
from models.news_en.training.base import find_base, load_bert, write_tokenizer
from models.news_en.training.corpora import (
    add_opinions,
    add_teacher,
    ask,
    read_annotated,
    read_article,
    read_jsonl,
    read_meantime,
    read_mentions,
    read_passages,
    read_pronouns,
    read_unlabelled,
)
from models.news_en.training.naming import find_places, read_marked, read_names, read_speakers
from models.news_en.training.passages import Passage
from models.news_en.training.readings import FILE, is_held_out, read_articles, read_readings
from models.news_en.training.swaps import Swapper
from models.news_en.training.texts import FOLDER, MarkedText, read_texts
from quotex.evaluation import AnnotatedText, read_gold
from quotex.extraction import load
from quotex.model.encode import Encoder
from quotex.model.session import TOKENIZER_FILE, find_installed_model, open_model
from quotex.model.tagger import Tagger, softmax
from quotex.training.calibrate import fit_logistic, fit_spans, fit_temperature, judge_quotes, weigh_transitions
from quotex.training.examples import Example, ExampleReader
from quotex.training.finish import check_parity, read_logits, write_meta, write_model
from quotex.training.learn import Cycle, TrainingOptions, train
from quotex.training.network import Network, NetworkSize

log = logging.getLogger(__name__)

WEIGHTS_FILE = "network.safetensors"  # of float32 weights, to export anew; not in the wheel
OPINIONS_FILE = "opinions.npz"
STATE_FILE = "state-{number}.safetensors"  # of each cycle, to go on from after a break
TITLES = Path(__file__).parent / "titles_world.json"
ABOUT = ("name", "version", "seed", "network", "windows", "export", "base")  # tables that meta.json repeats
SEEDS_APART = 100  # from one cycle to the next
N_FOLDS = 5  # of the articles held out, in which confidence is judged
Config = dict[str, Any]
SpokenFor = tuple[
    AnnotatedText, list[dict[str, Any] | None]
]  # an article, and the entity behind each of its quotes


def run(
    config: Config,
    *,
    data: Path,
    out: Path,
    device: str | None = None,
    limit: int | None = None,
    weights: Path | None = None,
    start: Path | None = None,
    opinions: Path | None = None,
) -> None:
    """Train a model, or take the weights of one already trained, calibrate, export and check it.

    A run that was broken off goes on where its last checkpoint is, with the same command.

    Args:
        config: The tables of config.toml; without base, a network begins with nothing.
        data: Folder with the files it names.
        out: Folder to write to.
        device: cuda or cpu; None is the first of these that there is.
        limit: Read only so many articles of each file.
        weights: safetensors that an earlier run left in its folder; nothing is trained.
        start: safetensors that an earlier run left, to go on from in place of the base.
        opinions: Folder of a model whose roles and mentions are learned where nobody has marked them; asked once,
            what it says is kept in `out`.
    """
    out.mkdir(parents=True, exist_ok=True)
    base = find_base(config["base"]) if "base" in config else None
    write_tokenizer(base.tokenizer if base else find_installed_model() / TOKENIZER_FILE, out / TOKENIZER_FILE)
    encoder = Encoder(tokenizers.Tokenizer.from_file(str(out / TOKENIZER_FILE)))
    read = ExampleReader(encoder)
    corpora = Corpora(config, data, read, limit)
    table = dict(config["training"])
    cycles = [Cycle(**cycle) for cycle in table.pop("cycles")]
    max_positions = table.pop("max_positions")
    start_share = table.pop("start_share", 0.0)
    options = TrainingOptions(**table)
    torch.manual_seed(config["seed"])
    network = Network(NetworkSize(**config["network"]), dropout=options.dropout)
    if base:
        load_bert(network, base.weights)
    if start:
        log.info("new in this network: %s", network.load_state_dict(load_file(start), strict=False).missing_keys)
    tagger = Tagger(open_model(opinions)) if opinions else None
    examples = corpora.read_examples(tagger, out / OPINIONS_FILE)
    log.info("%d articles to learn from, %d held out", len(examples), len(corpora.held_out))
    if weights is not None:
        network.load_state_dict(load_file(weights))
    else:
        for number, cycle in enumerate(cycles):
            network = train(
                network,
                examples,
                encoder,
                cycle,
                options,
                max_positions=max_positions,
                seed=config["seed"] + number * SEEDS_APART,
                device=torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu")),
                checkpoint=out / STATE_FILE.format(number=number),
            )
        network = network.to("cpu")
        if start:
            mix(network, load_file(start), start_share)
    network.eval()
    save_file(network.state_dict(), str(out / WEIGHTS_FILE))
    finish(network, config, out, encoder, examples, corpora)


def mix(network: Network, weights: Mapping[str, torch.Tensor], share: float) -> None:
    """Mix the weights of a network with a share of others, from which it went on: what both know is kept.

    Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" (CVPR).
    """
    with torch.no_grad():
        for name, value in network.named_parameters():
            value.lerp_(weights[name], share)


class Corpora:
    """What the model learns from, each file read once, and what is held out of it for calibration.

    A table of the configuration without one of the files leaves that one out.

    Attributes:
        held_out: Ids of the articles that nothing is learned from but calibration and the weights of the ranking.
    """

    def __init__(self, config: Config, folder: Path, read: ExampleReader, limit: int | None) -> None:
        self._config, self._folder, self._read, self._limit = config["data"], folder, read, limit
        self._rng = np.random.default_rng(config["seed"])
        self._own = read_texts(FOLDER)
        self._readings = self._read_readings()
        self._gold = (
            {article.id: article for article in read_gold(str(self._find("train")))} if self._has("train") else {}
        )
        self._speakers = list(read_jsonl(self._find("speakers"))) if self._has("speakers") else []
        self.held_out = {
            *list(self._gold)[:: self._config["held_out_every"]],
            *(row["id"] for row in self._speakers[:: self._config["speakers_held_out_every"]]),
            *(text.id for text in self._own[:: self._config.get("own_held_out_every", len(self._own) + 1)][1:]),
            *(text.id for text in self._readings if is_held_out(text, self._config["readings_held_out_every"])),
        }

    def _read_readings(self) -> list[MarkedText]:
        """Read the articles of others in which we marked all there is to learn."""
        if not self._has("readings"):
            return []
        files = map(self._folder.joinpath, self._config["readings"])
        return read_readings(FILE, {article["id"]: article for article in read_articles(files)})

    def _has(self, name: str) -> bool:
        return name in self._config

    def _find(self, name: str) -> Path:
        return self._folder / self._config[name]

    def read_examples(self, tagger: Tagger | None, opinions: Path) -> list[Example]:
        """Read all there is to learn from.

        Args:
            tagger: A model whose opinion of roles and mentions is learned where nobody has marked them.
            opinions: What it said, if it has been asked before.
        """
        config, read = self._config, self._read
        own = read_marked([text for text in self._own if text.id not in self.held_out], read)
        parts = [*[own] * config["own_copies"]]
        if self._readings:
            ours = [text for text in self._readings if text.id not in self.held_out]
            parts += [read_marked(ours, read)] * config["readings_copies"]
        swap = Swapper(self._find("world"), TITLES, self._rng) if self._has("world") else None
        if self._has("train"):
            parts += self._read_quotes(swap)
        if self._has("names"):
            named = read_names(self._find("names"), read)
            if tagger and not opinions.exists():
                ask(tagger, named, opinions)
            if opinions.exists():
                add_opinions(named, opinions)
            parts += [named, self._draw(read_names(self._find("names"), read, swap), "names_swapped")]
        if self._has("unlabelled"):
            unlabelled = read_unlabelled(self._find("unlabelled"), read)
            add_teacher(unlabelled, self._find("teacher_unlabelled"))
            parts.append(self._draw(unlabelled, "unlabelled_share"))
        if self._has("mentions"):
            parts.append(read_mentions(self._find("mentions"), read, without=self._find("mentions_without")))
        if self._has("markets"):
            parts.append(read_meantime(self._find("markets"), read))
        if self._has("pronouns"):
            parts.append(self._draw(read_pronouns(self._find("pronouns"), read), "pronouns_share"))
        return [example for part in parts for example in part[: self._limit]]

    def _read_quotes(self, swap: Swapper | None) -> list[list[Example]]:
        """Read the articles in which quotes are marked, those first of which it is known who speaks."""
        annotated = read_annotated(self._find("train"), self._read)
        add_teacher(annotated, self._find("teacher_train"))
        by_id = {example.id: example for example in annotated}
        rows = [row for row in self._speakers if row["id"] not in self.held_out]
        places = find_places(self._find("names"))
        spoken = read_speakers(rows, self._gold, self._read, places)
        for example in spoken:
            example.teacher = by_id[example.id].teacher
        known = {row["id"] for row in rows} | self.held_out
        rest = [example for example in annotated if example.id not in known]
        swapped = read_speakers(self._draw(rows, "speakers_swapped"), self._gold, self._read, places, swap)
        return [spoken, self._draw(rest, "train_share"), swapped]

    def _draw(self, items: Sequence[Any], share: str) -> list[Any]:
        """Draw the share of some articles that the configuration names."""
        n_drawn = round(self._config[share] * len(items))
        return [items[i] for i in sorted(self._rng.permutation(len(items))[:n_drawn])]

    def list_held_out(self) -> list[AnnotatedText]:
        """List the articles held out, with their quotes."""
        articles = [*self._gold.values(), *(text.gold for text in (*self._own, *self._readings))]
        return [article for article in articles if article.id in self.held_out][: self._limit]

    def list_passages(self) -> list[tuple[Passage, list[bool]]]:
        """List some passages in which it is known whom a pronoun means."""
        if not self._has("pronouns"):
            return []
        return read_passages(self._find("pronouns"))[:: self._config["pronouns_ranked_every"]][: self._limit]

    def list_spoken_for(self) -> list[SpokenFor]:
        """List the articles held out of which it is known who is behind each quote.

        Links between the mentions of articles that were learned from are surer than elsewhere, and lead astray.
        """
        found: list[SpokenFor] = []
        for row in self._speakers:
            if row["id"] in self.held_out:
                entities = {entity["entity"]: entity for entity in row["entities"]}
                found.append((self._gold[row["id"]], [entities.get(number) for number in row["speakers"]]))
        marked = [text for text in (*self._own, *self._readings) if text.id in self.held_out]
        found += [(text.gold, text.list_speakers()) for text in marked]
        return found[: self._limit]


def finish(
    network: Network, config: Config, out: Path, encoder: Encoder, examples: list[Example], corpora: Corpora
) -> None:
    """Export a trained network, fit what is fitted on articles held out, and check it against what was trained."""
    transitions = weigh_transitions(examples, **config["transitions"])
    meta = write_model(network, out, {name: config[name] for name in ABOUT if name in config}, transitions)
    model = open_model(out)
    gold = corpora.list_held_out()
    read = ExampleReader(encoder)
    held_out = [read_article(article, read) for article in gold]
    logits = [read_logits(model, example, encoder) for example in held_out]
    meta["parity"] = check_parity(network, model, held_out, encoder, logits)
    labels = [example.gold for example in held_out if example.gold is not None]
    meta["temperature"] = fit_temperature(np.concatenate(logits), np.concatenate(labels))
    tagged = ((example, softmax(x / meta["temperature"])) for example, x in zip(held_out, logits, strict=True))
    meta["calibration"] = fit_spans(tagged, transitions)
    write_meta(meta, out)  # the pipeline reads it from there
    nlp = load(out)
    nlp.disable_pipe("quotex_speakers")
    spoken_for = corpora.list_spoken_for()
    choices = rank.collect(nlp, spoken_for)
    pronouns = rank.collect_pronouns(nlp, corpora.list_passages())
    judged = []
    articles = [name_speakers(article, entities) for article, entities in spoken_for]
    for fold in range(N_FOLDS):  # a quote of an article is judged by weights that have not seen it
        others = [choice for choice in choices if choice.article % N_FOLDS != fold]
        meta["ranking"] = rank.fit([*others, *pronouns])
        write_meta(meta, out)
        judged += judge_quotes(out, articles[fold::N_FOLDS])
        here = [choice for choice in choices if choice.article % N_FOLDS == fold]
        log.info("chosen rightly on other articles: %s", rank.count_right(here, meta["ranking"]))
    meta["ranking"] = rank.fit([*choices, *pronouns])
    meta["calibration"]["quote"] = fit_logistic(judged)
    write_meta(meta, out)
    log.info("temperature %s, calibration %s", meta["temperature"], meta["calibration"])


def name_speakers(article: AnnotatedText, entities: Sequence[dict[str, Any] | None]) -> AnnotatedText:
    """Put the names of those behind an article's quotes into them."""
    quotes = [
        replace(quote, speaker=one["name"], kind=one["kind"], also=tuple(one.get("forms", ()))) if one else quote
        for quote, one in zip(article.quotes, entities, strict=True)
    ]
    return replace(article, quotes=tuple(quotes))
