"""The network while it is trained: a small BERT of words, with more inputs and several outputs."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotex.model.encode import MARK_STATES, MAX_WORD_PIECES, NO_PIECE, SHAPES
from quotex.model.labels import BESIDE_LABELS, MENTION_LABELS, NAME_LABELS, ROLE_LABELS

# what is not part of a BERT, and so new where training begins with one
NEW = ("parts.", "shapes.", "marks.", "roles.", "mentions.", "names.", "beside.", "cues.", "sources.", "mates.")


class NetworkSize(NamedTuple):
    """Sizes of a network; all of them are stored in its meta.json."""

    n_layers: int = 6
    n_heads: int = 12
    width: int = 384
    n_pieces: int = 30_522
    max_positions: int = 512
    link_width: int = 128


class Output(NamedTuple):
    """What the network says of each word of a batch of windows.

    Attributes:
        roles: Logits, (n_windows, n_words, len(ROLE_LABELS)).
        mentions: Logits, (n_windows, n_words, len(MENTION_LABELS)), each layer's three side by side.
        names: Logits, (n_windows, n_words, len(NAME_LABELS)).
        beside: Logits, (n_windows, n_words, len(BESIDE_LABELS)).
        cues: Logits, (n_windows, n_words, n_words + 1): column 0 is "none here", column 1 + j the word j as
            the first word of the row's cue.
        sources: The same for the first word of the source of a cue's first word.
        mates: The same for the head of another mention of whom the row's word, a head, means.
    """

    roles: Tensor
    mentions: Tensor
    names: Tensor
    beside: Tensor
    cues: Tensor
    sources: Tensor
    mates: Tensor


class ColumnDropout(nn.Module):
    """Drops the same columns for all positions of a window, which needs few random numbers and so little time."""

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """Drop columns of (n_windows, n_positions, width)."""
        if not self.training or self.rate == 0:
            return x
        kept = torch.empty(x.shape[0], 1, x.shape[2], dtype=x.dtype, device=x.device).bernoulli_(1 - self.rate)
        return x * (kept / (1 - self.rate))


class Layer(nn.Module):
    """One transformer layer, layer norm after each half, as in BERT."""

    def __init__(self, size: NetworkSize, dropout: float) -> None:
        super().__init__()
        self.n_heads = size.n_heads
        self.qkv = nn.Linear(size.width, 3 * size.width)
        self.attended = nn.Linear(size.width, size.width)
        self.attention_norm = nn.LayerNorm(size.width, eps=1e-12)
        self.up = nn.Linear(size.width, 4 * size.width)
        self.down = nn.Linear(4 * size.width, size.width)
        self.output_norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = ColumnDropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Transform (n_windows, n_positions, width)."""
        n_windows, n_positions, width = x.shape
        heads = self.qkv(x).view(n_windows, n_positions, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(heads[0], heads[1], heads[2], attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(n_windows, n_positions, width)
        x = self.attention_norm(x + self.dropout(self.attended(attended)))
        return self.output_norm(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class LinkScorer(nn.Module):
    """Scores each word of a window as the one another word belongs to: a scaled dot product."""

    def __init__(self, size: NetworkSize) -> None:
        super().__init__()
        self.link_from = nn.Linear(size.width, size.link_width)
        self.link_to = nn.Linear(size.width, size.link_width)
        self.scale = size.link_width**-0.5

    def forward(self, words: Tensor, targets: Tensor) -> Tensor:
        """Score (n_windows, n_words, width) against (n_windows, n_targets, width)."""
        return self.link_from(words) @ self.link_to(targets).transpose(1, 2) * self.scale


class Network(nn.Module):
    """The whole network; see Output."""

    def __init__(self, size: NetworkSize, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.size = size
        self.pieces = nn.Embedding(size.n_pieces, size.width)
        self.parts = nn.Embedding(MAX_WORD_PIECES, size.width)  # factors on a word's first piece, second …
        self.positions = nn.Embedding(size.max_positions, size.width)
        self.shapes = nn.Embedding(len(SHAPES), size.width)
        self.marks = nn.Embedding(len(MARK_STATES), size.width)
        # started so that at first a word is the mean of its pieces and the rest is the network it was made from
        nn.init.ones_(self.parts.weight)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.marks.weight)
        self.norm = nn.LayerNorm(size.width, eps=1e-12)
        self.dropout = ColumnDropout(dropout)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.n_layers))
        self.roles = nn.Linear(size.width, len(ROLE_LABELS))
        self.mentions = nn.Linear(size.width, len(MENTION_LABELS))
        self.names = nn.Linear(size.width, len(NAME_LABELS))
        self.beside = nn.Linear(size.width, len(BESIDE_LABELS))
        self.cues = LinkScorer(size)
        self.sources = LinkScorer(size)
        self.mates = LinkScorer(size)

    def forward(
        self, pieces: Tensor, shapes: Tensor, marks: Tensor, words: Tensor, mask: Tensor, word_mask: Tensor
    ) -> Output:
        """Read a batch of windows.

        Args:
            pieces: (n_windows, n_positions, n_pieces), ids; NO_PIECE after those of a word, and beyond a window.
            shapes: (n_windows, n_positions), index into SHAPES.
            marks: The same shape, index into MARK_STATES.
            words: (n_windows, n_words), position of each word.
            mask: (n_windows, n_positions), true for positions of the window.
            word_mask: (n_windows, n_words), true for words of the window.
        """
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        is_piece = (pieces != NO_PIECE)[..., None]
        parts = self.pieces(pieces) * self.parts.weight[: pieces.shape[2]] * is_piece
        means = parts.sum(2) / is_piece.sum(2).clamp(min=1)
        x = means + self.positions(positions) + self.shapes(shapes) + self.marks(marks)
        x = self.dropout(self.norm(x))
        attention_mask = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, attention_mask)
        hidden = torch.gather(x, 1, words[:, :, None].expand(-1, -1, x.shape[2]))
        targets = torch.cat([x[:, :1], hidden], dim=1)
        barred = functional.pad(~word_mask, (1, 0))[:, None, :]
        return Output(
            roles=self.roles(hidden).float(),
            mentions=self.mentions(hidden).float(),
            names=self.names(hidden).float(),
            beside=self.beside(hidden).float(),
            cues=self.cues(hidden, targets).float().masked_fill(barred, -1e4),
            sources=self.sources(hidden, targets).float().masked_fill(barred, -1e4),
            mates=self.mates(hidden, targets).float().masked_fill(barred, -1e4),
        )
