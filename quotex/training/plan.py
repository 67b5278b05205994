"""Plan: how to go on from a model; nothing slow is imported here."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """How to go on from a model.

    Attributes:
        n_epochs: How often to go over the articles.
        encoder_rate: Highest learning rate of the transformer.
        head_rate: Of what is above it.
        seed: Of every random draw.
        thoughts: Whether the articles are marked for thoughts too; if not, those are left as the model sees them.
        device: cuda or cpu; None is the first of these that there is.
    """

    n_epochs: int = 6
    encoder_rate: float = 1e-4
    head_rate: float = 5e-4
    seed: int = 7
    thoughts: bool = False
    device: str | None = None
