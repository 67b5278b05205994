"""Ranking: one scored choice of whom a source means (coreference with the entities of the article).

Each source has candidates: every person and body of the article, and somebody without a name. Each candidate has
features, numbers of about 0 to 1; a weighted sum of them, with weights of their own for each form of source, is
turned into probabilities by a softmax. The weights are learned (models/news_en/training) and kept in meta.json.

Source: pairwise mention ranking, Denis and Baldridge 2008 (EMNLP); the features are ours.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, log1p
from typing import NamedTuple

from quotex.pipeline.ranges import START, find_before
from quotex.pipeline.speakers.chains import Chains
from quotex.pipeline.speakers.entities import Entity
from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.sources import PERSONAL, PLURAL, Source, find_role
from quotex.text.names import fold_name, list_title_acronyms
from quotex.text.phrases import (
    ARTICLES,
    DEMONSTRATIVES,
    DETERMINERS,
    N_CACHED,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    find_phrase_head,
)

REACH, AHEAD = 3000, 300  # tokens before and after a source in which candidates are named
OBJECT_REACH = 6  # tokens behind a source in which an object is looked for
OBJECTS = frozenset(["him", "her", "them"])
AFTER_OBJECTS = PREPOSITIONS | {"that", "if", "how", "what", "why"}
MIN_SHARE = 0.02  # of the links of a source, under which nobody is linked to it most
MAX_NAMES = 200  # nearest names before and after a source that candidates are taken from; bounds the time it takes

OWNERS = DETERMINERS - ARTICLES - DEMONSTRATIVES
EMPTY = PREPOSITIONS | DETERMINERS | RELATIVES | {"and", "or", "is", "was"}

SLASH = re.compile(r"[\s/]+")

Features = dict[str, float]
Weights = Mapping[str, Mapping[str, float]]  # by form of source, by feature


class Candidate(NamedTuple):
    """Somebody whom a source may mean, None for somebody without a name, with features: numbers by name."""

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


class Ranker:
    """Lists and scores the candidates of a source."""

    def __init__(self, mentions: Mentions, weights: Weights) -> None:
        self.mentions = mentions
        self.floor = Floor()
        self._weights = weights
        self._chains = Chains(mentions.links, self._find_named, self._may_be_same)
        self._subjects = [  # names that sentences of narration begin with
            name
            for name in mentions.names
            if name.start not in mentions.quoted and name.start - mentions.find_sentence(name.start) < 3
        ]

    def rank(self, source: Source, but: Entity | None = None) -> list[tuple[Candidate, float]]:
        """Give the candidates of a source but one with their probabilities, the likeliest first."""
        candidates = [one for one in self.list_candidates(source) if but is None or one.entity is not but]
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
            for entity, share in self._chains.share(source.head).items()
        }
        inside = [name.entity for name in source.names if name.entity.kind != "other"]
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
        ranks: Counter[str] = Counter()
        candidates = []
        before = {entity: find_before(entity.names, source.start, START) for entity in chosen}
        last = {entity: name.start if name else -1 for entity, name in before.items()}
        for entity in sorted(chosen, key=lambda entity: -last[entity]):
            rank, share = ranks[entity.kind], shares.get(entity, 0.0)
            candidates.append(Candidate(entity, self._make_features(source, entity, last[entity], rank, share)))
            ranks[entity.kind] += last[entity] >= 0
        most = max((one.features["link"] for one in candidates), default=0.0)
        for one in candidates:
            one.features["most_linked"] = one.features["link"] == most > MIN_SHARE
        nobody = self._make_features_of_nobody(source, shares)
        return [*candidates, Candidate(None, nobody)]

    def _list_near(self, place: int) -> list[Entity]:
        """List who is named near a token, those before it first, the nearest of them first."""
        names = self.mentions.list_names(place - REACH, place)[-MAX_NAMES:]
        names = names[::-1] + self.mentions.list_names(place, place + AHEAD)[:MAX_NAMES]
        return list(dict.fromkeys(name.entity for name in names))

    def _find_named(self, head: int, at: int) -> Entity | None:
        name = self.mentions.by_head.get(at)
        return name.entity if name else None

    def _may_be_same(self, head: int, at: int) -> bool:
        """Say whether no pronouns are against it that two tokens mean the same: she is not he."""
        texts = self.mentions.texts
        return len({PERSONAL.get(texts[one].lower()) for one in (head, at)} - {None}) < 2

    def _share_object(self, source: Source) -> Mapping[Entity, float]:
        """Share out whom a source speaks to or of, the first mention behind it: `the officer told [her]`.

        Source: the binding principles, Chomsky 1981, "Lectures on Government and Binding": subject and object are
        two, unless the object is reflexive.
        """
        texts = self.mentions.texts
        for at in range(source.end, min(source.end + OBJECT_REACH, len(texts))):
            if at in self.mentions.quoted or self.mentions.find_sentence(at) != source.sentence:
                break
            named = self.mentions.list_names(at, at + 1)
            if named or texts[at].lower() in OBJECTS:
                end = named[0].end if named else at + 1
                after = "".join(texts[end : end + 1]).lower()
                if after in POSSESSIVES or (after.isalpha() and after not in AFTER_OBJECTS):
                    break  # `told [her] fans`, `said [Lee] left`
                return {named[0].entity: 1.0} if named else self._chains.share(at)
        return {}

    def _make_features(self, source: Source, entity: Entity, last: int, rank: int, share: float) -> Features:
        """Make the features of a named candidate.

        Args:
            source: The source.
            entity: The candidate.
            last: Where it is last named before the source; -1 for nowhere.
            rank: How many of its kind are named since.
            share: How much of the source is linked to it.
        """
        floor, at = self.floor, source.start
        features: Features = {
            "entity": 1.0,
            entity.kind: 1.0,
            "place": entity.is_place,
            "link": share,
            "linked": share > 0.3,
            "count": log1p(len(entity.names)) / 3,
            "one_word": len(entity.words) == 1,
        }
        inside = [name for name in source.names if name.entity is entity]
        if inside:
            best = inside[0]
            features["inside"] = 1.0
            roles = find_role(self.mentions, source, best)
            features |= {f"in_{key}": 1.0 for key, is_so in roles.items() if is_so}
            features["in_heads"] = best.start <= source.head < best.end
            features[f"in_{entity.kind}"] = 1.0
            if entity.kind != "person":
                bodily = ("of", "owner", "before", "apposed", "head")
                features |= {f"body_{key}": 1.0 for key in bodily if roles[key]}
        elif source.names and source.form == "named":
            features["outside"] = 1.0
        if source.form == "named":
            return features if inside else features | make_noun_features(source, entity)
        subject = find_before(self._subjects, at, START)
        features |= {
            "near": 1 / (1 + rank) if last >= 0 else 0.0,
            "nearest": rank == 0 and last >= 0,
            "far": log1p(max(0, at - last)) / 6 if last >= 0 else 1.5,
            "later": last < 0,
            "in_sentence": last >= source.sentence,
            "in_paragraph": last >= 0 and self.mentions.find_paragraph(last) == source.paragraph,
            "adjoining": 0 < at - last < 8 and self._adjoins(entity, at),
            "spoke_last": floor.last is entity,
            "spoke_here": floor.last is entity and self.mentions.find_paragraph(floor.place) == source.paragraph,
            "spoke_of_kind": floor.by_kind.get(entity.kind) is entity,
            "subject": subject is not None and subject.entity is entity,
            "first_subject": entity in [name.entity for name in self._subjects[:1]],
            "only_quoted": last in self.mentions.quoted,
        }
        if source.gender:
            fit = entity.fits(source.gender)
            features["fits"], features["clashes"] = max(fit, 0.0), max(-fit, 0.0)
        if source.kind and not source.gender:
            features["agrees" if source.kind == entity.kind else "disagrees"] = 1.0
            features["agrees_near"] = features["near"] if source.kind == entity.kind else 0.0
        return features | (make_noun_features(source, entity) if source.noun else {})

    def _adjoins(self, entity: Entity, at: int) -> bool:
        """Say whether a name of an entity ends right before a token, but for a comma."""
        return any(
            0 <= at - name.end <= 2 and name.entity is entity for name in self.mentions.list_names(at - 9, at)
        )

    def _make_features_of_nobody(self, source: Source, shares: Mapping[Entity, float]) -> Features:
        """Make the features of somebody without a name."""
        first, last = source.text.split(" ", 1)[0].lower(), self.floor.last
        return {
            "nobody": 1.0,
            "free": max(0.0, 1 - sum(shares.values())),
            "plural": source.noun.endswith("s") and not source.noun.endswith("ss"),
            "indefinite": first in {"a", "an", "one", "some", "many", "several", "two", "three"},
            "the": first == "the",
            "owned": first in OWNERS,
            "a_person": source.kind == "person",
            "a_body": source.kind == "org",
            "no_floor": last is None,
            "plural_pronoun": source.text.lower() in PLURAL,
            "several_names": len(source.names) > 1,
            "spoke_unnamed": last is not None and last.kind in {"unnamed", "group", "other"},
        }


def make_noun_features(source: Source, entity: Entity) -> Features:
    """Make the features that tell whether somebody is known as what a source says."""
    called = [find_phrase_head(text) for text in entity.descriptions]
    words = fold_description(source.text)
    said = {word for text in entity.descriptions for word in fold_description(text)}
    name = entity.words
    return {
        "called": source.noun in called,
        "called_like": is_called(entity, source.noun),
        "shared_words": len(words & said) / max(1, len(words)),
        "in_name": source.noun in name,
        "ends_name": source.noun in name[-1:] + name[:1],
    }


def is_called(entity: Entity, noun: str) -> bool:
    """Say whether a description of somebody ends in the last word of a noun, `the MD/CEO`, or has that acronym."""
    last = SLASH.split(noun)[-1]
    return any(
        last in SLASH.split(find_phrase_head(text))[-2:] or last in list_title_acronyms(text)
        for text in entity.descriptions
    )


@lru_cache(maxsize=N_CACHED)
def fold_description(text: str) -> frozenset[str]:
    """Fold the words of a description that say something."""
    return frozenset(fold_name(" ".join(word for word in text.split() if word.lower() not in EMPTY)))
