"""Labels: what the network says of a word, in the order of its outputs."""

from typing import Literal

Role = Literal["source", "cue", "content"]
MentionKind = Literal["person", "org"]

ROLES: tuple[Role, ...] = ("source", "cue", "content")
MENTION_KINDS: tuple[MentionKind, ...] = ("person", "org")

ROLE_LABELS = ("O", *(f"{part}-{role}" for role in ROLES for part in "BI"))
MENTION_LABELS = tuple(label for kind in MENTION_KINDS for label in (f"O-{kind}", f"B-{kind}", f"I-{kind}"))
