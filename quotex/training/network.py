"""The network while it is trained: a small BERT of words, with more inputs and several outputs."""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from quotex.model.encode import MARK_STATES, MAX_WORD_PIECES, NO_PIECE, SHAPES
from quotex.model.labels import BESIDE_LABELS, MENTION_LABELS, NAME_LABELS, ROLE_LABELS

NEVER = -1e4  # a score that leaves no probability
FAR = 128  # positions; what is further away is all one kind of distance


class NetworkSize(NamedTuple):
    """Sizes of a network; all of them are stored in its meta.json."""

    n_layers: int = 6
    n_heads: int = 12
    width: int = 384
    n_pieces: int = 30_522
    max_positions: int = 512
    link_width: int = 128
    n_distances: int = 0  # kinds of distance between positions that attention knows of itself, as in MPNet
    is_by_piece: bool = False  # whether it has a position a word piece, instead of one a word


class NetworkOutput(NamedTuple):
    """What the network says of each word of a batch of windows.

    Attributes:
        roles: Logits, (n_windows, n_words, len(ROLE_LABELS)).
        inner: The same of the quotes inside the content of others.
        mentions: Logits, (n_windows, n_words, len(MENTION_LABELS)), each layer's three side by side.
        names: Logits, (n_windows, n_words, len(NAME_LABELS)).
        beside: Logits, (n_windows, n_words, len(BESIDE_LABELS)).
        cues: Logits, (n_windows, n_words, n_words + 1): column 0 is "none here", column 1 + j the word j as
            the first word of the row's cue.
        sources: The same for the first word of the source of a cue's first word.
        mates: The same for the head of another mention of whom the row's word, a head, means.
    """

    roles: Tensor
    inner: Tensor
    mentions: Tensor
    names: Tensor
    beside: Tensor
    cues: Tensor
    sources: Tensor
    mates: Tensor


# what is not part of a BERT, and so new where training begins with one
NEW = ("parts.", "shapes.", "marks.", *(f"{name}." for name in NetworkOutput._fields))


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
        """Transform (n_windows, n_positions, width); the mask is of what is seen, or added to scores."""
        n_windows, n_positions, width = x.shape
        heads = self.qkv(x).view(n_windows, n_positions, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        mask = mask.to(heads.dtype) if mask.is_floating_point() else mask
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
    """The whole network; see NetworkOutput."""

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
        if size.n_distances:
            self.distances = nn.Embedding(size.n_distances, size.n_heads)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.n_layers))
        self.roles = nn.Linear(size.width, len(ROLE_LABELS))
        self.inner = nn.Linear(size.width, len(ROLE_LABELS))
        self.mentions = nn.Linear(size.width, len(MENTION_LABELS))
        self.names = nn.Linear(size.width, len(NAME_LABELS))
        self.beside = nn.Linear(size.width, len(BESIDE_LABELS))
        self.cues = LinkScorer(size)
        self.sources = LinkScorer(size)
        self.mates = LinkScorer(size)

    def forward(
        self, pieces: Tensor, shapes: Tensor, marks: Tensor, words: Tensor, mask: Tensor, word_mask: Tensor
    ) -> NetworkOutput:
        """Read a batch of windows.

        Args:
            pieces: (n_windows, n_positions, n_pieces), ids; NO_PIECE after those of a word, and beyond a window.
            shapes: (n_windows, n_positions), index into SHAPES.
            marks: The same shape, index into MARK_STATES.
            words: (n_windows, n_words), position of each word.
            mask: (n_windows, n_positions), true for positions of the window.
            word_mask: (n_windows, n_words), true for words of the window.
        """
        if self.size.is_by_piece:
            pieces, shapes, marks, words, mask = spread_pieces(pieces, shapes, marks, words)
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        is_piece = (pieces != NO_PIECE)[..., None]
        parts = self.pieces(pieces) * self.parts.weight[: pieces.shape[2]] * is_piece
        means = parts.sum(2) / is_piece.sum(2).clamp(min=1)
        reached = positions.clamp(max=self.size.max_positions - 1)
        x = means + self.positions(reached) + self.shapes(shapes) + self.marks(marks)
        x = self.dropout(self.norm(x))
        attention_mask = mask[:, None, None, :]
        if self.size.n_distances:
            kinds = group_distances(positions[None, :] - positions[:, None], self.size.n_distances)
            by_distance = self.distances(kinds).detach().permute(2, 0, 1)  # stays as it was: so attention is fast
            attention_mask = by_distance.masked_fill(~attention_mask, NEVER)
        for layer in self.layers:
            x = layer(x, attention_mask)
        hidden = torch.gather(x, 1, words[:, :, None].expand(-1, -1, x.shape[2]))
        targets = torch.cat([x[:, :1], hidden], dim=1)
        barred = functional.pad(~word_mask, (1, 0))[:, None, :]
        return NetworkOutput(
            roles=self.roles(hidden).float(),
            inner=self.inner(hidden).float(),
            mentions=self.mentions(hidden).float(),
            names=self.names(hidden).float(),
            beside=self.beside(hidden).float(),
            cues=self.cues(hidden, targets).float().masked_fill(barred, NEVER),
            sources=self.sources(hidden, targets).float().masked_fill(barred, NEVER),
            mates=self.mates(hidden, targets).float().masked_fill(barred, NEVER),
        )


def spread_pieces(
    pieces: Tensor, shapes: Tensor, marks: Tensor, words: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Give each word piece a position of its own, as networks have it that were trained on nothing else.

    Args:
        pieces: As in Network.forward, like the rest.
        shapes: Each piece gets that of its word.
        marks: Likewise.
        words: Where each word is; it will be where its first piece is.

    Returns:
        The same with more positions and one piece at each, and the mask of these positions.
    """
    is_piece = pieces != NO_PIECE
    counts = is_piece.sum(2)
    n_positions = int(counts.sum(1).max())
    order = torch.argsort((~is_piece).flatten(1).byte(), dim=1, stable=True)[:, :n_positions]
    origins = order // pieces.shape[2]
    firsts = counts.cumsum(1) - counts
    mask = torch.arange(n_positions, device=pieces.device) < counts.sum(1, keepdim=True)
    return (
        pieces.flatten(1).gather(1, order)[..., None],
        shapes.gather(1, origins),
        marks.gather(1, origins),
        firsts.gather(1, words),
        mask,
    )


def group_distances(distances: Tensor, n_kinds: int) -> Tensor:
    """Give each distance its kind: half of them behind; near ones one by one, far ones in ever wider groups.

    Source: Raffel et al. 2020, "Exploring the limits of transfer learning" (JMLR), as MPNet has it.
    """
    n_kinds //= 2
    n_near = n_kinds // 2
    far = distances.abs().clamp(min=1) / n_near
    group = n_near + (far.log() / math.log(FAR / n_near) * (n_kinds - n_near)).long()
    kinds = torch.where(distances.abs() < n_near, distances.abs(), group.clamp(max=n_kinds - 1))
    return kinds + (distances > 0) * n_kinds
