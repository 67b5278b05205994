"""Adapt: go on from a model with articles of one's own.

What the articles say is learned; what they do not say (mentions, who means whom, and by default thoughts) is
kept as the model sees it, which is its own teacher there. After each epoch it is measured as it would be used,
rounded to 8 bits and with the rules over it, and the best one is kept, which may be the one it began as.
"""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from quotex.evaluation import AnnotatedText, Scores, annotate, pair_quotes, score
from quotex.extraction import extract, load
from quotex.model.encode import Encoder
from quotex.model.session import MODEL_FILE, TOKENIZER_FILE, Model
from quotex.model.tagger import Tagger, Tagging
from quotex.pipeline.tagger import find_heads, find_mentions
from quotex.training.calibrate import fit_quotes
from quotex.training.examples import UNKNOWN, Example, GoldMates, add_quotes
from quotex.training.finish import open_network, read_meta, write_meta, write_model
from quotex.training.learn import train
from quotex.training.network import Network
from quotex.training.options import Cycle, TrainingOptions
from quotex.training.plan import Plan
from quotex.training.reader import ExampleReader
from quotex.types import Quote, Slice

MATE = np.log(0.3)  # log probability over which the model's opinion that two mentions mean the same is learned
MIN_GAIN = 0.3  # F1 above the model it began as; less is chance on a few articles
MIN_CALIBRATION = 20  # articles to measure on; fewer say too little about confidence
OPTIONS = TrainingOptions(
    batch_positions=1024,
    weight_decay=0.01,
    dropout=0.1,
    average_decay=0.998,
    teacher_weight=0.5,
    gold_weight=1.0,
    link_weight=0.5,
    mention_weight=0.3,
    name_weight=0.5,
    mate_weight=0.3,
    max_gradient=1.0,
)


class Measured(NamedTuple):
    """How good a model is.

    Attributes:
        epoch: How often it has gone over the articles; 0 for the model that it began as.
        quoted: Scores of quotes in quotation marks.
        all: Scores of all quotes.
        is_best: No epoch before was better: this one has been written.
    """

    epoch: int
    quoted: Scores
    all: Scores
    is_best: bool


def adapt(
    base: Model,
    articles: Sequence[AnnotatedText],
    dev: Sequence[AnnotatedText],
    out: Path,
    plan: Plan,
    report: Callable[[Measured], None] = lambda measured: None,
) -> Measured:
    """Go on from a model, and write the best one there was on the way.

    Args:
        base: The model to go on from.
        articles: What to learn from.
        dev: What to measure on and choose by: attributed F1 of all quotes.
        out: Folder to write to; after each better epoch it holds that one, whatever happens later.
        plan: How.
        report: Called before the first epoch and after each with what was measured.

    Returns:
        The best; where that is epoch 0, nothing was written.
    """
    encoder = Encoder(base.tokenizer)
    network = open_network(base, dropout=OPTIONS.dropout)
    examples = make_examples(base, articles, ExampleReader(encoder), thoughts=plan.thoughts)
    best = measure(base.folder, dev, epoch=0, thoughts=plan.thoughts)
    report(best)

    def keep_if_better(epoch: int, average: Network) -> None:
        nonlocal best
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as folder:
            part = Path(folder) / out.name
            write_adapted(average, base, part, dev if len(dev) >= MIN_CALIBRATION else ())
            measured = measure(part, dev, epoch=epoch, thoughts=plan.thoughts)
            gain = measured.all["attributed"]["F1"] - best.all["attributed"]["F1"]
            if gain > (0 if best.epoch else MIN_GAIN):
                best = measured = measured._replace(is_best=True)
                shutil.rmtree(out, ignore_errors=True)
                part.rename(out)
        report(measured)

    train(
        network,
        examples,
        encoder,
        Cycle(plan.n_epochs, plan.encoder_rate, plan.head_rate, warm_up=0.1),
        OPTIONS,
        max_positions=base.meta.max_positions,
        seed=plan.seed,
        device=torch.device(plan.device or ("cuda" if torch.cuda.is_available() else "cpu")),
        after_epoch=keep_if_better,
    )
    return best


def make_examples(
    base: Model, articles: Sequence[AnnotatedText], read: ExampleReader, *, thoughts: bool
) -> list[Example]:
    """Put what the articles say beside what the model says of them."""
    tagger = Tagger(base)
    nlp = None if thoughts else load(base.folder)
    examples = []
    for article in articles:
        example = read(article.id, article.text)
        words = example.words
        add_opinion(example, tagger(words.words, words.marks, words.paragraphs))
        add_quotes(example, article.quotes)
        if nlp is not None:
            found = extract(article.text, nlp=nlp, thoughts=True).quotes
            forget_thoughts(example, [quote for quote in found if quote.act == "thought"])
        drop_contradicted(example)
        examples.append(example)
    return examples


def drop_contradicted(example: Example) -> None:
    """Forget what the model says of words that the articles say something else of: they are right."""
    assert example.gold is not None
    assert example.teacher is not None
    contradicted = (example.gold != UNKNOWN) & (example.teacher.argmax(axis=1) != example.gold)
    example.teacher = np.where(contradicted[:, None], 0, example.teacher).astype(np.float32)


def add_opinion(example: Example, tagging: Tagging) -> None:
    """Make the model the teacher of an example: of roles, and of the mentions that it sees and whom they mean.

    Of quotes inside others it is what is learned: few articles mark them.
    """
    example.teacher = tagging.roles
    example.inner = tagging.inner.argmax(axis=1)
    example.mentions = tagging.mentions.argmax(axis=2)
    words = example.words.words
    heads = set(find_heads(find_mentions(tagging, example.words.paragraphs, words), words))
    for mates in tagging.mates:
        targets = np.isin(mates.targets, list(heads))
        for word, scores in zip(mates.words.tolist(), mates.scores, strict=True):
            if word in heads:
                same = mates.targets[targets & (scores > MATE) & (mates.targets != word)]
                example.mates.append(GoldMates(word, tuple(same.tolist())))


def forget_thoughts(example: Example, thoughts: Sequence[Quote]) -> None:
    """Leave open what the words of thoughts are that nobody has marked."""
    assert example.gold is not None
    for quote in thoughts:
        for span in (*quote.content, *quote.cue, *quote.source):
            first, last = example.words.find(span.start, span.end)
            unmarked = example.gold[first:last] == 0
            example.gold[first:last][unmarked] = UNKNOWN


def write_adapted(network: Network, base: Model, out: Path, calibrate_on: Sequence[AnnotatedText]) -> None:
    """Write the files of a network that went on from a model."""
    out.mkdir()
    shutil.copy(base.folder / TOKENIZER_FILE, out)
    of_base = read_meta(base)
    about = {key: of_base[key] for key in ("network", "windows", "export")}
    meta = write_model(
        network,
        out,
        {
            **about,
            "name": out.name,
            "version": base.meta.version,
            "base": {"name": base.meta.name, "sha256": base.meta.digests[MODEL_FILE]},
        },
        base.meta.transitions,
    )
    meta |= {"temperature": base.meta.temperature, "calibration": dict(base.meta.calibration)}
    write_meta(meta, out)
    if calibrate_on:
        del meta["calibration"]["quote"]  # what is fitted is not calibrated before
        write_meta(meta, out)
        meta["calibration"]["quote"] = fit_quotes(out, calibrate_on)
        write_meta(meta, out)


def measure(model: Path, gold: Sequence[AnnotatedText], *, epoch: int, thoughts: bool) -> Measured:
    """Measure a model with the rules over it."""
    nlp = load(model)
    pairings = []
    for article in gold:
        found = extract(article.text, nlp=nlp, thoughts=thoughts)
        pairings.append(pair_quotes(article, map(annotate, found.quotes)))
    return Measured(epoch, score(pairings, Slice.quoted), score(pairings, Slice.all), is_best=False)
