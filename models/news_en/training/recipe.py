"""Recipe: everything from files to this model's folder."""

import logging
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.torch import load_file

from models.news_en.training import rank
from models.news_en.training.base import find_base, unpack_mpnet, write_tokenizer
from models.news_en.training.corpora import (
    read_annotated,
    read_article,
    read_jsonl,
    read_meantime,
    read_mentions,
    read_passages,
    read_pronouns,
)
from models.news_en.training.learning import (
    BASE_FILE,
    EXAMPLES_FILE,
    TEACHER_BASE_FILE,
    WEIGHTS_FILE,
    Config,
    open_encoder,
)
from models.news_en.training.mixing import Mixer
from models.news_en.training.naming import find_places, read_marked, read_names, read_speakers
from models.news_en.training.passages import Passage, Renamer
from models.news_en.training.readings import (
    FILE,
    choose_fold,
    is_held_out,
    join_title,
    read_articles,
    read_readings,
)
from models.news_en.training.store import read_examples, write_examples
from models.news_en.training.swaps import Swapper
from models.news_en.training.texts import FOLDER, MarkedText, read_texts
from quotex.evaluation import AnnotatedText, read_gold
from quotex.extraction import load
from quotex.model.session import TOKENIZER_FILE, find_installed_model, open_model
from quotex.model.tagger import softmax
from quotex.training.calibrate import fit_logistic, fit_spans, fit_temperature, judge_quotes, weigh_transitions
from quotex.training.examples import Example
from quotex.training.finish import check_parity, read_logits, write_meta, write_model
from quotex.training.network import Network, NetworkSize
from quotex.training.reader import ExampleReader

log = logging.getLogger(__name__)

TITLES = Path(__file__).parent / "titles_world.json"
ABOUT = ("name", "version", "seed", "network", "windows", "export", "base")  # tables that meta.json repeats
N_FOLDS = 5  # of the articles held out, in which confidence is judged
TITLED = 0.5  # share of the articles with a title that are read with it
SpokenFor = tuple[
    AnnotatedText, list[dict[str, Any] | None]
]  # an article, and the entity behind each of its quotes


def read(config: Config, *, data: Path, out: Path, limit: int | None = None) -> None:
    """Read the corpora, and write what `learn` begins with.

    Args:
        config: The tables of config.toml; without base, a network begins with nothing.
        data: Folder with the files it names.
        out: Folder to write to.
        limit: Read only so many articles of each file.
    """
    out.mkdir(parents=True, exist_ok=True)
    base = find_base(config["base"]) if "base" in config else None
    write_tokenizer(base.tokenizer if base else find_installed_model() / TOKENIZER_FILE, out / TOKENIZER_FILE)
    if base:
        shutil.copyfile(base.weights, out / BASE_FILE)
    if "base" in config.get("teacher", {}):
        unpack_mpnet(config["teacher"]["base"], out / TEACHER_BASE_FILE)
    corpora = Corpora(config, data, ExampleReader(open_encoder(out)), limit)
    examples = corpora.read_examples()
    log.info("%d articles to learn from, %d held out", len(examples), len(corpora.held_out))
    write_examples(out / EXAMPLES_FILE, examples)


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

    def read_examples(self) -> list[Example]:
        """Read all there is to learn, and what only teachers say something of."""
        config, read = self._config, self._read
        own = [text for text in self._own if text.id not in self.held_out]
        parts = [read_marked(own, read)] * config["own_copies"]
        if self._readings:
            ours = [text for text in self._readings if text.id not in self.held_out]
            parts += [read_marked(ours, read)] * config["readings_copies"]
            mix = Mixer(ours, self._rng)
            mixed = [*self._draw(own * config["own_copies"], "own_mixed"), *self._draw(ours, "readings_mixed")]
            parts.append(read_marked(map(mix, mixed), read))
        swap = Swapper(self._find("world"), TITLES, self._rng) if self._has("world") else None
        if self._has("train"):
            parts += self._read_quotes(swap)
        if self._has("names"):
            parts.append(read_names(self._find("names"), read))
            parts.append(self._draw(read_names(self._find("names"), read, swap), "names_swapped"))
        if self._has("mentions"):
            parts.append(read_mentions(self._find("mentions"), read, without=self._find("mentions_without")))
        if self._has("markets"):
            parts.append(read_meantime(self._find("markets"), read))
        if self._has("pronouns"):
            rename = Renamer(self._rng)
            copies = read_pronouns(self._find("pronouns"), read, rename, config["pronouns_copies"])
            parts.append(self._draw(copies, "pronouns_share"))
        examples = [example for part in parts for example in part[: self._limit]]
        for example in examples:
            example.fold = choose_fold(example.id, config.get("n_folds", 1))
        return examples + self._read_unlabelled()

    def _read_unlabelled(self) -> list[Example]:
        """Read articles in which nothing is marked, each with its title or without."""
        if not self._has("unlabelled"):
            return []
        known = {text.id for text in self._readings}
        files = map(self._folder.joinpath, self._config["unlabelled"])
        articles = [article for article in read_articles(files) if article["id"] not in known]
        drawn = self._draw(articles, "unlabelled_share")[: self._limit]
        texts = [
            join_title(article) if article.get("title") and self._rng.random() < TITLED else article["text"]
            for article in drawn
        ]
        return [self._read(article["id"], text) for article, text in zip(drawn, texts, strict=True)]

    def _read_quotes(self, swap: Swapper | None) -> list[list[Example]]:
        """Read the articles in which quotes are marked, those first of which it is known who speaks."""
        annotated = read_annotated(self._find("train"), self._read)
        rows = [row for row in self._speakers if row["id"] not in self.held_out]
        places = find_places(self._find("names"))
        spoken = read_speakers(rows, self._gold, self._read, places)
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

    def is_ours(self, article: AnnotatedText) -> bool:
        """Say whether we marked an article."""
        return article.id not in self._gold

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


def finish(config: Config, *, data: Path, out: Path, limit: int | None = None) -> None:
    """Export a network that has learned, fit what is fitted on articles held out, and check it.

    Args:
        config: As `read` had it, like the rest.
        data: Likewise.
        out: Where `learn` has written.
        limit: Likewise.
    """
    network = Network(NetworkSize(**config["network"])).eval()
    network.load_state_dict(load_file(out / WEIGHTS_FILE))
    encoder = open_encoder(out)
    read = ExampleReader(encoder)
    corpora = Corpora(config, data, read, limit)
    examples = read_examples(out / EXAMPLES_FILE)
    transitions = weigh_transitions(examples, **config["transitions"])
    meta = write_model(network, out, {name: config[name] for name in ABOUT if name in config}, transitions)
    model = open_model(out)
    gold = corpora.list_held_out()
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
    judged: dict[bool, list[tuple[float, bool]]] = {True: [], False: []}  # by whether we marked the article
    articles = [name_speakers(article, entities) for article, entities in spoken_for]
    for fold in range(N_FOLDS):  # a quote of an article is judged by weights that have not seen it
        others = [choice for choice in choices if choice.article % N_FOLDS != fold]
        meta["ranking"] = rank.fit([*others, *pronouns])
        write_meta(meta, out)
        for is_ours, known in judged.items():
            here = [article for article in articles[fold::N_FOLDS] if corpora.is_ours(article) is is_ours]
            known += judge_quotes(out, here)
        unseen = [choice for choice in choices if choice.article % N_FOLDS == fold]
        log.info("chosen rightly on other articles: %s", rank.count_right(unseen, meta["ranking"]))
    meta["ranking"] = rank.fit([*choices, *pronouns])
    meta["calibration"]["quote"] = fit_logistic(weigh_alike(judged[True], judged[False]))
    write_meta(meta, out)
    log.info("temperature %s, calibration %s", meta["temperature"], meta["calibration"])


def weigh_alike(many: list[Any], few: list[Any]) -> list[Any]:
    """Repeat the few so that both count about the same: under other guidelines other shares are right."""
    return many + few * max(1, len(many) // max(1, len(few)))


def name_speakers(article: AnnotatedText, entities: Sequence[dict[str, Any] | None]) -> AnnotatedText:
    """Put the names of those behind an article's quotes into them."""
    quotes = [
        replace(quote, speaker=one["name"], kind=one["kind"], also=tuple(one.get("forms", ()))) if one else quote
        for quote, one in zip(article.quotes, entities, strict=True)
    ]
    return replace(article, quotes=tuple(quotes))
