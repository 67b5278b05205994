"""Ranking: one scored choice of whom a source means (coreference with the entities of the article).

Each source has candidates: every person and body of the article, and somebody without a name. Each candidate has
features, numbers of about 0 to 1; a weighted sum of them, with weights of their own for each form of source, is
turned into probabilities by a softmax. The weights are learned (models/news_en/training) and kept in meta.json.

Source: pairwise mention ranking, Denis and Baldridge 2008 (EMNLP); the features are ours.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, log1p

from quotex.pipeline.ranges import find_before
from quotex.pipeline.speakers.entities import Entity
from quotex.pipeline.speakers.mentions import START, Mentions, Name
from quotex.pipeline.speakers.sources import PERSONAL, PLURAL, Source, find_role
from quotex.text.names import fold_name
from quotex.text.phrases import (
    ARTICLES,
    DEMONSTRATIVES,
    DETERMINERS,
    N_CACHED,
    PREPOSITIONS,
    RELATIVES,
    find_phrase_head,
)

REACH, AHEAD = 3000, 300  # tokens before and after a source in which candidates are named
OBJECT_REACH = 6  # tokens behind a source in which an object is looked for
OBJECTS = frozenset(["him", "her", "them"])
MIN_SHARE = 0.02  # of the links of a source, under which nobody is linked to it most
MAX_NAMES = 200  # nearest names before and after a source that candidates are taken from; bounds the time it takes

OWNERS = DETERMINERS - ARTICLES - DEMONSTRATIVES
EMPTY = PREPOSITIONS | DETERMINERS | RELATIVES | {"and", "or", "is", "was"}

SLASH = re.compile(r"[\s/]+")

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]  # by form of source, by feature


@dataclass(eq=False)
class Candidate:
    """Somebody whom a source may mean.

    Attributes:
        entity: Who; None for somebody without a name.
        features: Numbers by name.
    """

    entity: Entity | None
    features: Features


@dataclass
class Floor:
    """Who spoke before, as far as an article has been read.

    Attributes:
        last: Who spoke last.
        place: First token of that source.
        by_kind: Who of each kind spoke last.
    """

    last: Entity | None = None
    place: int = 0
    by_kind: dict[str, Entity] = field(default_factory=dict)

    def take(self, entity: Entity, place: int) -> None:
        """Note who speaks."""
        self.last, self.place = entity, place
        self.by_kind[entity.kind] = entity


@dataclass(frozen=True)
class Place:
    """Where a source stands.

    Attributes:
        sentence: First token of its sentence.
        paragraph: Its number.
        is_of_floor: Whether who spoke last did so in this paragraph.
        subject: Whom the last sentence of narration that begins with a name begins with.
        first_subject: The same of the first one.
        kind: What the network takes the source for.
    """

    sentence: int
    paragraph: int
    is_of_floor: bool
    subject: Entity | None
    first_subject: Entity | None
    kind: str | None


class Ranker:
    """Lists and scores the candidates of a source."""

    def __init__(self, mentions: Mentions, entities: Mapping[Name, Entity], weights: Weights) -> None:
        self.mentions = mentions
        self.floor = Floor()
        self._weights = weights
        self._entity_of = entities
        self._by_start = {name.start: entity for name, entity in entities.items()}
        self._by_head = {name.head: entity for name, entity in entities.items()}
        self._shares: dict[int, dict[Entity, float]] = {}
        self._subjects = [name for name in mentions.names if self._opens(name)]

    def _opens(self, name: Name) -> bool:
        return name.start not in self.mentions.quoted and name.start - self.mentions.find_sentence(name.start) < 3

    def rank(self, source: Source, but: Entity | None = None) -> list[tuple[Candidate, float]]:
        """Give the candidates of a source but one with their probabilities, the likeliest first."""
        candidates = [one for one in self.list_candidates(source) if one.entity is None or one.entity is not but]
        weights = self._weights.get(source.form, {})
        scores = [sum(weights.get(key, 0.0) * x for key, x in one.features.items() if x) for one in candidates]
        best = max(scores)
        powers = [exp(score - best) for score in scores]
        total = sum(powers)
        order = sorted(range(len(scores)), key=lambda n: -powers[n])
        return [(candidates[n], powers[n] / total) for n in order]

    def list_candidates(self, source: Source) -> list[Candidate]:
        """List the candidates of a source with their features."""
        others = {} if source.gender else self._share_object(source)
        shares = {
            entity: share * max(0.0, 1 - others.get(entity, 0.0))
            for entity, share in self.share(source.head).items()
        }
        inside = [entity for name in source.names if (entity := self._entity_of[name]).kind != "other"]
        if source.form != "named":
            recent = self._list_near(source.start)
        elif any(one.kind == "person" for one in inside):
            recent = []
        else:  # `the [Ora] spokesman`, whom the article has called a spokesman
            near = self._list_near(source.start)
            recent = [one for one in near if one.kind == "person" and is_called(one, source.noun)]
        chosen = [one for one in dict.fromkeys([*inside, *shares, *recent]) if one.kind != "other"]
        if source.gender:
            chosen = [one for one in chosen if one.may_be(source.gender)]
        ranks: defaultdict[str, int] = defaultdict(int)
        candidates = []
        place = self._look_around(source)
        last = {entity: self._last_before(entity, source.start) for entity in chosen}
        for entity in sorted(chosen, key=lambda entity: -last[entity]):
            share = shares.get(entity, 0.0)
            features = self._make_features(source, place, entity, last[entity], share, ranks[entity.kind])
            ranks[entity.kind] += last[entity] >= 0
            candidates.append(Candidate(entity, features))
        most = max((one.features["link"] for one in candidates), default=0.0)
        for one in candidates:
            one.features["most_linked"] = float(one.features["link"] == most > MIN_SHARE)
        nobody = self._make_features_of_nobody(source, shares, has_names=bool(inside))
        return [*candidates, Candidate(None, nobody)]

    def _list_near(self, place: int) -> list[Entity]:
        """List who is named near a token, those before it first, the nearest of them first."""
        names = self.mentions.list_names(place - REACH, place)[-MAX_NAMES:]
        names = names[::-1] + self.mentions.list_names(place, place + AHEAD)[:MAX_NAMES]
        return list(dict.fromkeys(self._entity_of[name] for name in names))

    def _last_before(self, entity: Entity, place: int) -> int:
        """Find where an entity is last named before a token; -1 where it is not."""
        last = find_before(entity.names, place, START)
        return last.start if last else -1

    def share(self, head: int, depth: int = 3) -> dict[Entity, float]:
        """Share a mention out over the entities that the network links it to, directly or over other mentions.

        Source: antecedents by head word, Dobrovolskii 2021 (EMNLP), "Word-level coreference resolution"; that
        links are multiplied along a chain is ours.
        """
        if head in self._shares:
            return self._shares[head]
        shares: defaultdict[Entity, float] = defaultdict(float)
        self._shares[head] = shares
        own = self.mentions.texts[head].lower() if head < len(self.mentions.texts) else ""
        for other, probability in self.mentions.links.get(head, ()):
            if other in self._by_head:
                shares[self._by_head[other]] += probability
            elif depth and other < head:
                word = self.mentions.texts[other].lower()
                if len({PERSONAL.get(word), PERSONAL.get(own)} - {None}) < 2:  # she is not he
                    for entity, share in self.share(other, depth - 1).items():
                        shares[entity] += probability * share
        if depth < 3:
            del self._shares[head]
        return dict(shares)

    def _share_object(self, source: Source) -> dict[Entity, float]:
        """Share out whom a source speaks to or of, the first mention behind it: `the officer told [her]`.

        Source: the binding principles, Chomsky 1981, "Lectures on Government and Binding": subject and object are
        two, unless the object is reflexive.
        """
        sentence = self.mentions.find_sentence(source.start)
        for at in range(source.end, min(source.end + OBJECT_REACH, len(self.mentions.texts))):
            if at in self.mentions.quoted or self.mentions.find_sentence(at) != sentence:
                break
            if at in self._by_start:
                return {self._by_start[at]: 1.0}
            if self.mentions.texts[at].lower() in OBJECTS:
                return self.share(at)
        return {}

    def _look_around(self, source: Source) -> Place:
        """Look once for what is the same for all candidates of a source."""
        at = source.start
        paragraph = self.mentions.find_paragraph(at)
        return Place(
            sentence=self.mentions.find_sentence(at),
            paragraph=paragraph,
            is_of_floor=self.mentions.find_paragraph(self.floor.place) == paragraph,
            subject=self._find_subject(at),
            first_subject=self._entity_of.get(self._subjects[0]) if self._subjects else None,
            kind=self.mentions.phrase_kinds.get(source.head),
        )

    def _make_features(
        self, source: Source, place: Place, entity: Entity, last: int, share: float, rank: int
    ) -> Features:
        """Make the features of a named candidate."""
        floor, at = self.floor, source.start
        features: Features = {
            "entity": 1.0,
            entity.kind: 1.0,
            "place": float(entity.is_place),
            "link": share,
            "linked": float(share > 0.3),
            "count": log1p(len(entity.names)) / 3,
            "one_word": float(len(entity.words) == 1),
        }
        inside = [name for name in source.names if self._entity_of.get(name) is entity]
        if inside:
            best = inside[0]
            features["inside"] = 1.0
            features |= {f"in_{key}": x for key, x in find_role(self.mentions, source, best).items() if x}
            features["in_heads"] = float(best.start <= source.head < best.end)
            features[f"in_{entity.kind}"] = 1.0
            if entity.kind != "person":
                features |= {
                    f"body_{key}": 1.0
                    for key in ("of", "owner", "before", "apposed", "head")
                    if features.get(f"in_{key}")
                }
        elif source.names and source.form == "named":
            features["outside"] = 1.0
        if source.form == "named":
            return features if inside else features | make_noun_features(source, entity)
        features |= {
            "near": 1 / (1 + rank) if last >= 0 else 0.0,
            "nearest": float(rank == 0 and last >= 0),
            "far": log1p(max(0, at - last)) / 6 if last >= 0 else 1.5,
            "later": float(last < 0),
            "in_sentence": float(last >= place.sentence),
            "in_paragraph": float(last >= 0 and self.mentions.find_paragraph(last) == place.paragraph),
            "adjoining": float(0 < at - last < 8 and self._adjoins(entity, at)),
            "spoke_last": float(floor.last is entity),
            "spoke_here": float(floor.last is entity and place.is_of_floor),
            "spoke_of_kind": float(floor.by_kind.get(entity.kind) is entity),
            "subject": float(place.subject is entity),
            "first_subject": float(place.first_subject is entity),
            "only_quoted": float(last in self.mentions.quoted),
        }
        if source.gender:
            fit = entity.fits(source.gender)
            features["fits"], features["clashes"] = max(fit, 0.0), max(-fit, 0.0)
        if place.kind and not source.gender:
            features["agrees" if place.kind == entity.kind else "disagrees"] = 1.0
            features["agrees_near"] = features["near"] if place.kind == entity.kind else 0.0
        return features | (make_noun_features(source, entity) if source.noun else {})

    def _adjoins(self, entity: Entity, at: int) -> bool:
        """Say whether a name of an entity ends right before a token, but for a comma."""
        return any(
            0 <= at - name.end <= 2 and self._entity_of[name] is entity
            for name in self.mentions.list_names(at - 9, at)
        )

    def _find_subject(self, at: int) -> Entity | None:
        """Find whom the last sentence of narration that begins with a name begins with."""
        subject = find_before(self._subjects, at, START)
        return self._entity_of.get(subject) if subject else None

    def _make_features_of_nobody(
        self, source: Source, shares: Mapping[Entity, float], *, has_names: bool
    ) -> Features:
        """Make the features of somebody without a name."""
        first = source.text.split(" ", 1)[0].lower()
        kind = self.mentions.phrase_kinds.get(source.head)
        return {
            "nobody": 1.0,
            "free": max(0.0, 1 - sum(shares.values())),
            "plural": float(source.noun.endswith("s") and not source.noun.endswith("ss")),
            "indefinite": float(first in {"a", "an", "one", "some", "many", "several", "two", "three"}),
            "the": float(first == "the"),
            "owned": float(first in OWNERS),
            "a_person": float(kind == "person"),
            "a_body": float(kind == "org"),
            "no_floor": float(self.floor.last is None),
            "nobody_named": float(not self._entity_of),
            "plural_pronoun": float(source.text.lower() in PLURAL),
            "several_names": float(len(source.names) > 1),
            "spoke_unnamed": float(
                self.floor.last is not None and self.floor.last.kind in {"unnamed", "group", "other"}
            ),
        }


def make_noun_features(source: Source, entity: Entity) -> Features:
    """Make the features that tell whether somebody is known as what a source says."""
    called = [find_phrase_head(text) for text in entity.descriptions]
    words = fold_description(source.text)
    said = {word for text in entity.descriptions for word in fold_description(text)}
    name = entity.words
    return {
        "called": float(source.noun in called),
        "called_like": float(is_called(entity, source.noun)),
        "shared_words": len(words & said) / max(1, len(words)),
        "in_name": float(source.noun in name),
        "ends_name": float(source.noun in name[-1:] + name[:1]),
    }


def is_called(entity: Entity, noun: str) -> bool:
    """Say whether a description of somebody has the last word of a noun at the end of its own: `the MD/CEO`."""
    last = SLASH.split(noun)[-1]
    return bool(last) and any(last in SLASH.split(find_phrase_head(text))[-2:] for text in entity.descriptions)


@lru_cache(maxsize=N_CACHED)
def fold_description(text: str) -> frozenset[str]:
    """Fold the words of a description that say something."""
    return frozenset(fold_name(" ".join(word for word in text.split() if word.lower() not in EMPTY)))
