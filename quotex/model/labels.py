"""Labels: what the network says of a word, in the order of its outputs."""

from typing import Literal

from quotex.types import Role

MentionKind = Literal["person", "org"]
NameKind = Literal["person", "org", "place", "other"]
Beside = Literal["title", "description"]

OUTPUT_ROLES: tuple[Role, ...] = ("source", "cue", "content")
MENTION_KINDS: tuple[MentionKind, ...] = ("person", "org")
NAME_KINDS: tuple[NameKind, ...] = ("person", "org", "place", "other")
BESIDES: tuple[Beside, ...] = ("title", "description")  # what stands beside a name, before it or in apposition

ROLE_LABELS = ("O", *(f"{part}-{role}" for role in OUTPUT_ROLES for part in "BI"))
NAME_LABELS = ("O", *(f"{part}-{kind}" for kind in NAME_KINDS for part in "BI"))
BESIDE_LABELS = ("O", *(f"{part}-{beside}" for beside in BESIDES for part in "BI"))
MENTION_LABELS = tuple(label for kind in MENTION_KINDS for label in (f"O-{kind}", f"B-{kind}", f"I-{kind}"))
