"""Options of a training, as the tables of config.toml have them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """The [training] table of config.toml, which explains them."""

    batch_positions: int
    weight_decay: float
    dropout: float
    average_decay: float
    teacher_weight: float
    gold_weight: float
    link_weight: float
    mention_weight: float
    name_weight: float
    mate_weight: float
    max_gradient: float
    taught_by: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A [[training.cycles]] table of config.toml, which explains it."""

    n_epochs: int
    encoder_rate: float
    head_rate: float
    warm_up: float
    n_steps: int | None = None
