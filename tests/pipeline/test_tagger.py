"""What the tagger makes of the spans that the network sees."""

import numpy as np

from quotex.model.decode import LabelledSpan, RoleSpan
from quotex.pipeline.tagger import part_sources


def test_sources_are_parted_where_a_sentence_ends() -> None:
    """Other roles are not: a content may have many sentences."""
    roles: list[RoleSpan] = [LabelledSpan("source", 1, 4, 0.9), LabelledSpan("content", 5, 9, 0.8)]
    parted = part_sources(roles, np.array([1, 1, 1, 2, 2, 2, 2, 3, 3]))
    assert [(one.label, one.start, one.end) for one in parted] == [
        ("source", 1, 3),
        ("source", 3, 4),
        ("content", 5, 9),
    ]
