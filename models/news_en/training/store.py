"""Store: examples as one file of arrays, so that a machine that trains need not read corpora."""

import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from quotex.model.encode import MAX_WORD_PIECES, NO_PIECE, EncodedArticle
from quotex.model.labels import BESIDE_LABELS, MENTION_KINDS, NAME_LABELS
from quotex.training.examples import UNKNOWN, Example, GoldMates, Words

# What is known of each word in some examples: the attribute, the type it is stored as, and to and from that.
Array = np.ndarray[Any, Any]
Known = tuple[str, type, Callable[[Array], Array], Callable[[Array], Array]]


def pack(n_labels: int) -> Callable[[Array], Array]:
    """Make what packs labels that are allowed into the bits of a number."""
    return lambda allowed: allowed @ (1 << np.arange(n_labels))


def unpack(n_labels: int) -> Callable[[Array], Array]:
    """Make what unpacks them."""
    return lambda numbers: (numbers.astype(np.int64)[:, None] >> np.arange(n_labels) & 1).astype(bool)


def widen(labels: Array) -> Array:
    """Give labels the type in which they are learned."""
    return labels.astype(np.int64)


def pack_mentions(labels: Array) -> Array:
    """Pack the labels of all kinds of mention into one number a word."""
    return np.where(labels == UNKNOWN, 3, labels) @ (4 ** np.arange(len(MENTION_KINDS)))


def unpack_mentions(numbers: Array) -> Array:
    """Unpack them."""
    labels = numbers.astype(np.int64)[:, None] // 4 ** np.arange(len(MENTION_KINDS)) % 4
    return np.where(labels == 3, UNKNOWN, labels)


KNOWN: tuple[Known, ...] = (
    ("gold", np.int8, np.asarray, widen),
    ("inner", np.int8, np.asarray, widen),
    ("mentions", np.uint8, pack_mentions, unpack_mentions),
    ("names", np.uint16, pack(len(NAME_LABELS)), unpack(len(NAME_LABELS))),
    ("beside", np.uint16, pack(len(BESIDE_LABELS)), unpack(len(BESIDE_LABELS))),
)


def write_examples(path: Path, examples: Sequence[Example]) -> None:
    """Write examples, without their words."""
    encoded = [example.encoded for example in examples]
    pieces = np.concatenate([one.pieces[one.firsts] for one in encoded])
    arrays = {
        "lengths": np.array([len(one.firsts) for one in encoded]),
        "break": np.array(next(one.pieces[0, 0] for one in encoded if len(one.firsts))),
        "pieces": pieces[pieces != NO_PIECE].astype(np.uint16),
        "n_pieces": (pieces != NO_PIECE).sum(1).astype(np.uint8),
        "opens": np.concatenate([np.diff(one.paragraphs, prepend=-1).astype(bool) for one in encoded]),
        **{name: np.concatenate([getattr(one, name) for one in encoded]) for name in ("shapes", "marks", "ends")},
    }
    for name, kind, narrow, _ in KNOWN:
        values = [getattr(example, name) for example in examples]
        arrays[f"has_{name}"] = np.array([value is not None for value in values])
        known = [narrow(value).astype(kind) for value in values if value is not None]
        arrays[name] = np.concatenate([np.zeros(0, dtype=kind), *known])
    links = [[one.id, one.fold, one.cues, one.sources, one.mates] for one in examples]
    arrays["links"] = np.frombuffer(json.dumps(links, separators=(",", ":")).encode(), dtype=np.uint8)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w", force_zip64=True) as file:
                np.lib.format.write_array(file, np.ascontiguousarray(array), allow_pickle=False)


def read_examples(path: Path) -> list[Example]:
    """Read examples that were written; of their words it is only known how many there are."""
    with np.load(path) as archive:
        arrays = {name: archive[name] for name in archive.files}
    links = json.loads(arrays["links"].tobytes())
    no_words = Words("", [], *(np.zeros(0, dtype=np.int64),) * 3)
    bounds = np.cumsum([0, *arrays["lengths"]])
    piece_bounds = np.cumsum([0, *arrays["n_pieces"]])
    at = dict.fromkeys((name for name, *_ in KNOWN), 0)
    examples = []
    for number, (id, fold, cues, sources, mates) in enumerate(links):
        here = slice(bounds[number], bounds[number + 1])
        example = Example(
            id,
            no_words,
            join_pieces(arrays, here, arrays["pieces"][piece_bounds[here.start] : piece_bounds[here.stop]]),
            cues=[(word, cue) for word, cue in cues],
            sources=[(cue, source) for cue, source in sources],
            mates=[
                GoldMates(word, tuple(same), tuple(also), among and tuple(among), may_lack)
                for word, same, also, among, may_lack in mates
            ],
            fold=fold,
        )
        for name, _, _, widen_again in KNOWN:
            if arrays[f"has_{name}"][number]:
                begin = at[name]
                at[name] += here.stop - here.start
                setattr(example, name, widen_again(arrays[name][begin : at[name]]))
        examples.append(example)
    return examples


def join_pieces(arrays: dict[str, Array], here: slice, pieces: Array) -> EncodedArticle:
    """Put an encoded article together.

    Args:
        arrays: As they were written.
        here: Its words among all.
        pieces: All pieces of its words.
    """
    opens, counts = arrays["opens"][here], arrays["n_pieces"][here]
    starts = np.zeros(len(opens) + 1, dtype=np.int32)
    np.cumsum(1 + opens, out=starts[1:])
    firsts = (starts[:-1] + opens).astype(np.int32)
    joined = np.full((int(starts[-1]), MAX_WORD_PIECES), NO_PIECE, dtype=np.int64)
    joined[starts[:-1][opens], 0] = arrays["break"]
    rows, columns = np.nonzero(np.arange(MAX_WORD_PIECES) < counts[:, None])
    joined[firsts[rows], columns] = pieces
    paragraphs = np.cumsum(opens).astype(np.int32)
    return EncodedArticle(
        joined,
        starts,
        firsts,
        *(arrays[name][here] for name in ("shapes", "marks")),
        paragraphs,
        arrays["ends"][here],
    )
