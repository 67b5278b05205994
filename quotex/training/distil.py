"""Distil: what larger networks say of every word, as targets (knowledge distillation).

Source: Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network".
"""

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from quotex.model.labels import MENTION_KINDS, ROLE_LABELS
from quotex.training.batches import ALL
from quotex.training.network import Network, NetworkOutput
from quotex.training.options import TrainingOptions


@torch.no_grad()
def ask(
    teachers: Sequence[Network], inputs: Sequence[Tensor], folds: Tensor, alone: Mapping[str, int] | None = None
) -> NetworkOutput:
    """Ask teachers for probabilities, in the shapes of the logits of NetworkOutput.

    Args:
        teachers: What a teacher learned by heart it is not asked about.
        inputs: As in Batch.
        folds: Likewise: of each window the number of the teacher to ask, or ALL for the mean of all.
        alone: Outputs that one teacher alone is asked for, with its number.
    """
    weights = [torch.where(folds == ALL, 1 / len(teachers), (folds == n).float()) for n in range(len(teachers))]
    said = [find_probabilities(teacher(*inputs)) for teacher in teachers]
    mean = NetworkOutput(
        *(
            torch.stack([weight[:, None, None] * part for weight, part in zip(weights, parts, strict=True)]).sum(0)
            for parts in zip(*said, strict=True)
        )
    )
    return mean._replace(**{name: getattr(said[number], name) for name, number in (alone or {}).items()})


def find_probabilities(output: NetworkOutput) -> NetworkOutput:
    """Find the probabilities of what a network says."""
    probabilities = NetworkOutput(*(logits.softmax(-1) for logits in output))
    return probabilities._replace(mentions=split_kinds(output.mentions).softmax(-1).flatten(-2))


def split_kinds(mentions: Tensor) -> Tensor:
    """Put the labels of each kind of mention into a dimension of their own."""
    return mentions.unflatten(-1, (len(MENTION_KINDS), -1))


def find_divergences(
    output: NetworkOutput, opinion: NetworkOutput, is_word: Tensor, options: TrainingOptions
) -> dict[str, Tensor]:
    """Find how far an output is from an opinion: Kullback and Leibler's divergence, a mean over the words.

    A word's link counts as much as the word is likely to have one.

    Args:
        output: Logits.
        opinion: Probabilities.
        is_word: (n_windows, n_words), true for words of the window.
        options: How much each output counts.
    """
    words = is_word.float()
    role = dict(zip(ROLE_LABELS, opinion.roles.unbind(-1), strict=True))
    mentions = split_kinds(opinion.mentions)
    outside = mentions[..., 0].prod(-1)
    spoken = role["B-source"] + role["I-source"] + role["B-content"] + role["I-content"]
    parts = {
        "roles": (output.roles, opinion.roles, words, options.teacher_weight),
        "inner": (output.inner, opinion.inner, words, options.teacher_weight),
        "mentions": (split_kinds(output.mentions), mentions, words[..., None], options.mention_weight),
        "names": (output.names, opinion.names, words, options.name_weight),
        "beside": (output.beside, opinion.beside, words, options.name_weight),
        "cues": (output.cues, opinion.cues, words * spoken, options.link_weight),
        "sources": (output.sources, opinion.sources, words * role["B-cue"], options.link_weight),
        "mates": (output.mates, opinion.mates, words * (1 - outside), options.mate_weight),
    }
    losses = {}
    for name, (logits, probabilities, counted, weight) in parts.items():
        divergence = functional.kl_div(logits.log_softmax(-1), probabilities, reduction="none").sum(-1)
        losses[f"taught {name}"] = weight * (counted * divergence).sum() / counted.sum().clamp(min=1)
    return losses
