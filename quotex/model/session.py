"""Session: open a model's files, check them, and run the network on one window."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import WeakValueDictionary

import numpy as np

from quotex.errors import ModelError, Msg
from quotex.model.arrays import Floats2d
from quotex.model.encode import MARK_STATES, SHAPES, WindowArrays
from quotex.model.labels import BESIDE_LABELS, MENTION_LABELS, NAME_LABELS, ROLE_LABELS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

FORMAT = 5  # of the folder; another one cannot be read
MODEL_FILE, TOKENIZER_FILE, META_FILE = "model.onnx", "tokenizer.json", "meta.json"
FILES = (META_FILE, TOKENIZER_FILE, MODEL_FILE)
MAX_NUMBER = 1e6  # of what is trained; ours are all under 100
MIN_TEMPERATURE = 0.01  # ours are about 1; under it probabilities are 0 or 1
NOT_PICKLED = frozenset(["session", "tokenizer", "_opening"])
LISTS = {  # what the numbers that go in and out stand for; a model made for others would give nonsense
    "role_labels": ROLE_LABELS,
    "mention_labels": MENTION_LABELS,
    "name_labels": NAME_LABELS,
    "beside_labels": BESIDE_LABELS,
    "shapes": SHAPES,
    "mark_states": MARK_STATES,
}


_OPENED: "WeakValueDictionary[tuple[object, ...], Model]" = WeakValueDictionary()  # one copy is enough


class WindowScores(NamedTuple):
    """What the network says of the words of a window.

    Attributes:
        roles: float32, shape (n_words, 7), logits.
        inner: The same of quotes inside the content of others.
        mentions: float32, shape (n_words, 6), logits.
        names: float32, shape (n_words, 9), logits.
        beside: float32, shape (n_words, 5), logits.
        cues: float32, shape (n_words, n_words + 1), log probabilities, column 0 "none here", column 1 + j
            the window's word j.
        sources: The same.
        mates: The same.
    """

    roles: Floats2d
    inner: Floats2d
    mentions: Floats2d
    names: Floats2d
    beside: Floats2d
    cues: Floats2d
    sources: Floats2d
    mates: Floats2d


OUTPUTS = WindowScores._fields


@dataclass(frozen=True, slots=True)
class ModelMeta:
    """What meta.json says.

    Attributes:
        name: The model's name.
        version: Its version.
        max_positions: Most positions in a window, one a word.
        n_context: Most positions of context before a window's core.
        temperature: What role logits are divided by, so that probabilities are frequencies.
        transitions: float32, shape (8, 7), log weights of one role label after another; see decode.allow_steps.
        calibration: Slopes and intercepts in log odds: for each role, from the probability of a span's weakest
            word to that of the span; for "quote", from what the rules know of a quote to its being right.
        ranking: Weights of the features by which speakers are chosen, by form of source.
        digests: sha256 of each file.
    """

    name: str
    version: str
    max_positions: int
    n_context: int
    temperature: float
    transitions: Floats2d
    calibration: dict[str, tuple[float, float]]
    ranking: dict[str, dict[str, float]]
    digests: dict[str, str]


class Model:
    """An opened model; it does not pickle what it has opened, so each process opens its own.

    The network is loaded when it is first run.

    Attributes:
        folder: Where its files are, or were.
        meta: What meta.json says.
        files: The contents of all files by name, where they are not read from the folder when they are needed.
    """

    def __init__(
        self, folder: Path, meta: ModelMeta, *, n_threads: int, files: Mapping[str, bytes] | None = None
    ) -> None:
        self.folder = folder
        self.meta = meta
        self.files = files
        self._n_threads = n_threads
        self._opening = Lock()  # so that two threads do not load it twice

    def __getstate__(self) -> dict[str, object]:
        """Pickle without what has been opened: another process opens its own."""
        return {name: value for name, value in vars(self).items() if name not in NOT_PICKLED}

    def __setstate__(self, state: dict[str, object]) -> None:
        """Make a new lock."""
        vars(self).update(state, _opening=Lock())

    def read(self, name: str) -> bytes:
        """Read one of its files; of the large ones, check that they are those that meta.json describes.

        Raises:
            ModelError: Q301, Q302.
        """
        content = self.files[name] if self.files else read_file(self.folder / name)
        if name != META_FILE and hashlib.sha256(content).hexdigest() != self.meta.digests.get(name):
            raise ModelError(Msg.Q302.format(path=self.folder / name))
        return content

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """The vocabulary and the way words are cut by it.

        Raises:
            ModelError: Q301 to Q303, its file cannot be read, is another one, or is damaged.
        """
        from tokenizers import Tokenizer

        content = self.read(TOKENIZER_FILE)
        try:
            return Tokenizer.from_buffer(content)
        except Exception as err:  # the tokenizers library raises nothing narrower
            raise ModelError(Msg.Q303.format(path=self.folder / TOKENIZER_FILE, reason=err)) from err

    @cached_property
    def session(self) -> "InferenceSession":
        """The network."""
        with self._opening:
            if "session" not in vars(self):
                vars(self)["session"] = self._open_session()
        return vars(self)["session"]

    def _open_session(self) -> "InferenceSession":
        import onnxruntime

        content = self.read(MODEL_FILE)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._n_threads
        options.inter_op_num_threads = 1
        # the graph is written in fused operators; looking for more takes longer than reading an article
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3  # errors only; they are raised as well
        try:
            return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
        except Exception as err:  # ONNX Runtime's exceptions have no common base but this
            raise ModelError(Msg.Q303.format(path=self.folder / MODEL_FILE, reason=err)) from err

    def run(self, window: WindowArrays) -> WindowScores:
        """Run the network on one window."""
        inputs = {
            "pieces": window.pieces,
            "shapes": window.shapes,
            "marks": window.marks,
            "words": window.words,
        }
        return WindowScores(*self.session.run(list(OUTPUTS), inputs))


def find_installed_model() -> Path:
    """Find the folder of the model that is installed with quotex."""
    return Path(str(resources.files("quotex_models"))) / "news_en"


def open_model(folder: Path | None = None, *, n_threads: int = 1) -> Model:
    """Open the model in a folder.

    Args:
        folder: Holds model.onnx, tokenizer.json and meta.json; None is the model installed with quotex.
        n_threads: Threads that one window may take. Many articles are better read by many processes.

    Raises:
        ModelError: Q301, a file is missing or cannot be read; Q302, a file is not the one that meta.json
            describes; Q303, a file is damaged; Q304, the model is for another version of quotex. Those of the
            two large files are raised on first use.
    """
    folder = folder or find_installed_model()
    content = read_file(folder / META_FILE)
    meta = parse_meta(content, folder / META_FILE)
    key = (str(folder), n_threads, content)
    model = _OPENED.get(key)
    if model is None:
        model = _OPENED[key] = Model(folder, meta, n_threads=n_threads)
    return model


def hold_model(files: Mapping[str, bytes], folder: Path, *, n_threads: int = 1) -> Model:
    """Open the model whose files are given, and hold them: it needs no folder.

    Args:
        files: The contents of FILES.
        folder: What messages call the place they came from.
        n_threads: Threads that one window may take.

    Raises:
        ModelError: Q301, a file is missing; Q303, Q304; Q302 on first use.
    """
    for name in FILES:
        if name not in files:
            raise ModelError(Msg.Q301.format(path=folder / name, reason="it is not there"))
    return Model(folder, parse_meta(files[META_FILE], folder / META_FILE), n_threads=n_threads, files=files)


def parse_meta(content: bytes, path: Path) -> ModelMeta:
    """Read meta.json and check that the model means the same by its numbers as this version does.

    Raises:
        ModelError: Q303, it is damaged; Q304, it is of another version.
    """
    try:
        meta: dict[str, Any] = json.loads(content)
        given = meta["format"]
        same = given == FORMAT and all(tuple(meta[name]) == labels for name, labels in LISTS.items())
        if not same:
            raise ModelError(Msg.Q304.format(path=path, given=given, expected=FORMAT))
        max_positions, n_context = read_windows(meta["windows"])
        return ModelMeta(
            name=str(meta["name"]),
            version=str(meta["version"]),
            max_positions=max_positions,
            n_context=n_context,
            temperature=read_number(meta["temperature"], least=MIN_TEMPERATURE),
            transitions=read_transitions(meta["transitions"]),
            calibration={role: (read_number(a), read_number(b)) for role, (a, b) in meta["calibration"].items()},
            ranking={
                form: {name: read_number(weight) for name, weight in weights.items()}
                for form, weights in meta["ranking"].items()
            },
            digests={name: str(digest) for name, digest in meta["sha256"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as err:
        raise ModelError(Msg.Q303.format(path=path, reason=repr(err))) from err


def read_windows(windows: dict[str, Any]) -> tuple[int, int]:
    """Read how long windows are, and how much of each is context; some of it has to be read anew.

    Raises:
        ValueError: Nothing would be read anew.
    """
    max_positions, n_context = int(windows["max_positions"]), int(windows["n_context"])
    if not 0 <= n_context < max_positions - 2:
        raise ValueError(f"windows of {max_positions} with {n_context} of context")
    return max_positions, n_context


def read_number(value: float, *, least: float = -MAX_NUMBER) -> float:
    """Read a number; Python’s JSON has infinite ones, and NaN, with which nothing would be found.

    Raises:
        ValueError: It is none, or out of bounds.
    """
    number = float(value)
    if not least <= number <= MAX_NUMBER:
        raise ValueError(f"{number} where there must be a number from {least:g} to {MAX_NUMBER:g}")
    return number


def read_transitions(rows: list[list[float | None]]) -> Floats2d:
    """Read the weights of steps between labels, null for what cannot be; JSON has no infinity.

    Raises:
        ValueError: They are of another shape, or no numbers.
    """
    weights = np.array([[-np.inf if x is None else x for x in row] for row in rows], dtype=np.float32)
    if weights.shape != (len(ROLE_LABELS) + 1, len(ROLE_LABELS)):
        raise ValueError(f"transitions of shape {weights.shape}")
    if not (weights <= MAX_NUMBER).all():
        raise ValueError("transitions that are no numbers")
    return weights


def read_file(path: Path) -> bytes:
    """Read a file of a model.

    Raises:
        ModelError: Q301, it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as err:
        raise ModelError(Msg.Q301.format(path=path, reason=err.strerror)) from err
