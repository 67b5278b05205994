"""A model small enough to reason about: it knows a dozen words, and what it says of each is written here."""

from typing import ClassVar

import numpy as np
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from quotex.model.decode import allow_steps
from quotex.model.encode import WindowArrays
from quotex.model.labels import BESIDE_LABELS, MENTION_LABELS, NAME_LABELS, ROLE_LABELS
from quotex.model.session import ModelMeta, WindowScores

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[unused1]",
    "ann",
    "bob",
    "said",
    "no",
    "yes",
    "##s",
    '"',
    "'",
    ".",
    "go",
]
SURE = 8.0  # logit of what the model is sure of


def make_tokenizer() -> Tokenizer:
    """A word-piece tokenizer of PIECES, without capitals."""
    vocabulary = {piece: number for number, piece in enumerate(PIECES)}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


class ToyModel:
    """Stands in for `Model`: names are sources and people, "said" a cue, "yes" and "no" contents, "go" a title."""

    LABELS: ClassVar[dict[str, str]] = {
        "ann": "B-source",
        "bob": "B-source",
        "said": "B-cue",
        "yes": "B-content",
        "no": "I-content",
    }

    def __init__(self, max_positions: int = 64, n_context: int = 0) -> None:
        self.meta = ModelMeta("toy", "0", max_positions, n_context, 1.0, allow_steps(7), {}, {}, {})
        self.tokenizer = make_tokenizer()
        self.n_positions: list[int] = []

    def run(self, window: WindowArrays) -> WindowScores:
        """Label each word by its first piece; link every word to the first "said" and every "said" to Ann."""
        self.n_positions.append(len(window.pieces))
        words = [PIECES[piece] for piece in window.pieces[window.words, 0]]
        roles = np.zeros((len(words), len(ROLE_LABELS)), dtype=np.float32)
        inner = np.zeros_like(roles)
        inner[:, ROLE_LABELS.index("O")] = SURE
        mentions = np.zeros((len(words), len(MENTION_LABELS)), dtype=np.float32)
        names = np.zeros((len(words), len(NAME_LABELS)), dtype=np.float32)
        beside = np.zeros((len(words), len(BESIDE_LABELS)), dtype=np.float32)
        for row, word in enumerate(words):
            roles[row, ROLE_LABELS.index(self.LABELS.get(word, "O"))] = SURE
            is_name = word in ("ann", "bob")
            mentions[row, MENTION_LABELS.index("B-person" if is_name else "O-person")] = SURE
            mentions[row, MENTION_LABELS.index("O-org")] = SURE
            names[row, NAME_LABELS.index("B-person" if is_name else "O")] = SURE
            beside[row, BESIDE_LABELS.index("B-title" if word == "go" else "O")] = SURE
        links = [self._link(words, target) for target in ("said", "ann", "ann")]
        return WindowScores(roles, inner, mentions, names, beside, *links)

    @staticmethod
    def _link(words: list[str], target: str) -> np.ndarray:
        scores = np.full((len(words), len(words) + 1), -9.0, dtype=np.float32)
        scores[:, words.index(target) + 1 if target in words else 0] = -0.1
        return scores
