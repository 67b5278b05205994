"""Speakers: give each source the entity behind it (named entities, coreference), by its full name.

`mentions` reads names and links off the Doc, `entities` decides which names are one person or body, `sources`
reads the words of a source, `ranking` chooses whom they mean.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from itertools import count, pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotex.model.heads import POSSESSIVES
from quotex.pipeline.speakers.entities import Entity, make_entities
from quotex.pipeline.speakers.mentions import Mentions, Name
from quotex.pipeline.speakers.names import find_kind, strip_determiner, strip_possessive
from quotex.pipeline.speakers.ranking import Candidate, Ranker, Weights
from quotex.pipeline.speakers.sources import FIRST, NOBODY, Source, read_source
from quotex.types import CONTENT, PARAGRAPHS, SOURCE, SPEAKERS

Found = tuple[Entity, float]  # an entity, and how likely it is the right one

ASKS, ANSWERS = frozenset(["q", "q.", "question"]), frozenset(["a", "a.", "answer"])
ANSWERER, AUTHOR, JOINT = 0.7, 0.8, 0.9  # how likely these are right: guesses, the corpora have few
N_BYLINES, MAX_SIGNATURE = 6, 4  # paragraphs at the beginning, words
TRIMMED = ' ,;:-–—()"“”‘'  # around a description
JOINS = frozenset([",", "and", "&", "or"])
PIECES = re.compile(r"\w+|[^\w\s]")  # "Sens." may be two tokens


@Language.factory(
    "quotex_speakers",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"weights": None},
)
def make_speaker_resolver(
    nlp: Language, name: str, *, weights: dict[str, dict[str, float]] | None
) -> "SpeakerResolver":
    """Build the component that names the speaker behind each source.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        weights: Of the ranking's features, by form of source; None means those of the tagger's model.
    """
    if weights is None and nlp.has_pipe("quotex_tagger"):
        weights = nlp.get_pipe("quotex_tagger").model.meta.ranking  # type: ignore[attr-defined]
    return SpeakerResolver(weights or {})


class SpeakerResolver:
    """Reads span groups CONTENT, SOURCE, NAMES, BESIDE and MENTIONS; writes SPEAKERS.

    A span of SPEAKERS is a source with its speaker's id in `id_`; the group's `attrs` hold the speakers' records.
    """

    def __init__(self, weights: Weights) -> None:
        self.weights = weights

    def __call__(self, doc: Doc) -> Doc:
        """Name the speakers of one Doc."""
        found = find_speakers(doc, self.weights)
        speakers = {number: entity for number, (entity, _) in found.items()}
        entities = list(dict.fromkeys(speakers.values()))
        ids = dict(zip(entities, make_ids([entity.name for entity in entities]), strict=True))
        doc.spans[SPEAKERS] = [
            Span(doc, span.start, span.end, span_id=ids[speakers[int(span.id_)]])
            for span in doc.spans[SOURCE]
            if int(span.id_) in speakers
        ]
        quotes: dict[Entity, list[int]] = {}
        for number, entity in speakers.items():
            quotes.setdefault(entity, []).append(number)
        doc.spans[SPEAKERS].attrs.update(
            {
                ids[entity]: {
                    "name": entity.name,
                    "kind": entity.kind,
                    "aliases": [form for form in entity.forms if form != entity.name],
                    "descriptions": entity.descriptions,
                    "quotes": quotes[entity],
                    "sure": [found[number][1] for number in quotes[entity]],
                }
                for entity in entities
            }
        )
        return doc


def find_speakers(doc: Doc, weights: Weights) -> dict[int, Found]:
    """Find the speaker of each quote, by its number, and how likely that is the right one.

    Quotes whose speaker is not known are left out.
    """
    return Resolver(doc, weights).resolve_all()


class Resolver:
    """Goes through the quotes of an article in order and chooses the speaker of each."""

    def __init__(self, doc: Doc, weights: Weights) -> None:
        self.doc = doc
        self.mentions = Mentions(doc)
        self.entity_of: Mapping[Name, Entity] = make_entities(self.mentions)
        self.ranker = Ranker(self.mentions, self.entity_of, weights)
        self._unnamed: dict[str, Entity] = {}
        self._contents = sorted((span.start, span.end, int(span.id_)) for span in doc.spans[CONTENT])

    def resolve_all(self) -> dict[int, Found]:
        """Find all speakers."""
        details = self.doc.spans[CONTENT].attrs
        contents = {int(span.id_): span.start for span in reversed(list(self.doc.spans[CONTENT]))}
        sources: dict[int, Span] = {}
        for span in self.doc.spans[SOURCE]:
            sources.setdefault(int(span.id_), span)
        speakers: dict[int, Found] = {}
        meant: dict[int, Found | None] = {}  # by first token: one "he" that said two things is one person
        sentence: tuple[int, Found] | None = None  # where a sentence begins, and who spoke in it
        for number in sorted(contents):
            if number in sources:
                span = sources[number]
                if span.start not in meant:
                    meant[span.start] = self.resolve(span, speakers)
                found = meant[span.start]
                if found:
                    sentence = (self.mentions.find_sentence(span.start), found)
                    self.ranker.floor.take(found[0], span.start)
            else:  # who spoke before goes on, or who did in the same sentence: `He left, saying`
                floor = details[str(number)]["floor"]
                here = self.mentions.find_sentence(contents[number])
                same = sentence[1] if sentence and sentence[0] == here else None
                found = speakers.get(floor) if floor is not None else same
            if found is not None:
                speakers[number] = found
        return speakers

    def resolve(self, span: Span, said_by: Mapping[int, Found]) -> Found | None:
        """Find the speaker whom the words of a source stand for; None where there is none."""
        word = span.text.lower()
        if word in FIRST:
            return self._find_enclosing(span, said_by)
        if word in ASKS | ANSWERS:
            return self._find_answerer(span) if word in ANSWERS else None
        if word in NOBODY:
            return None
        source = read_source(self.mentions, span.start, span.end)
        joint = self.find_joint(source)
        if joint:
            return joint, JOINT
        return self.choose(source, self.ranker.rank(source))

    def choose(self, source: Source, ranked: list[tuple[Candidate, float]]) -> Found | None:
        """Take the likeliest candidate, or somebody without a name."""
        candidate, probability = ranked[0]
        if candidate.entity is None:
            nobody = self.get_unnamed(source)
            return (nobody, probability) if nobody else None
        if source.gender and probability > 0.5:
            candidate.entity.gender[source.gender] += 1
        for name in source.names:
            if self.entity_of[name] is candidate.entity:
                candidate.entity.describe(list_descriptions(self.mentions, source, name))
        return candidate.entity, probability

    def get_unnamed(self, source: Source) -> Entity | None:
        """Find or make the entity of a description; of a pronoun, that of the description it is linked to most."""
        phrase = source.phrase
        if phrase[0] == phrase[1]:
            links = self.mentions.links.get(source.head, ())
            known = [
                (share, self.mentions.phrases[at])
                for at, share in links
                if at in self.mentions.phrases and at < source.start
            ]
            phrase = max(known)[1] if known else phrase
        text = strip_possessive(self.mentions.join(*phrase).strip(TRIMMED))
        if not text or (phrase[1] - phrase[0] == 1 and not text[0].isalpha()):
            return None
        kind = find_kind(text)
        if kind == "unnamed" and source.names and self.mentions.phrase_kinds.get(source.head) == "org":
            kind, text = "org", strip_determiner(text)  # the Lee campaign
        return self._unnamed.setdefault(text.lower().removeprefix("the ").removeprefix("a "), Entity(text, kind))

    def find_joint(self, source: Source) -> Entity | None:
        """Find the group of those who speak as one, `Ann Lee and Bob Moe`, under their full names."""
        names = [name for name in source.names if name.kind in {"person", "org", "place"}]
        if source.form != "named" or len(names) < 2 or len({name.kind for name in names}) > 1:
            return None
        gaps = [self.mentions.texts[one.end : other.start] for one, other in pairwise(names)]
        said = [text.lower() for name in names for text in (name.honorific, *name.beside)]
        besides = {word for text in said for word in (*text.split(), *PIECES.findall(text))}
        joined = all(gap and {word for word in gap if word.lower() not in besides} <= JOINS for gap in gaps)
        after = [word for word in self.mentions.texts[names[-1].end : source.end] if word not in POSSESSIVES]
        led = {word for word in self.mentions.texts[source.start : names[0].start] if word.lower() not in besides}
        if (
            not joined
            or "and" not in [gap[0] for gap in gaps] + [gap[-1] for gap in gaps]
            or after
            or led - {"both", "Both", "the", "The"}
        ):
            return None
        entities = list(dict.fromkeys(self.entity_of[name] for name in names))
        if len(entities) < 2:
            return None
        *first, last = [entity.name for entity in entities]
        joint = Entity(f"{', '.join(first)} and {last}", "group")
        return self._unnamed.setdefault(joint.name.lower(), joint)

    def _find_answerer(self, span: Span) -> Found | None:
        """Find who answers in `A: We act now.`: the person named most before the first question."""
        before = Counter(
            self.entity_of[name]
            for name in self.mentions.list_names(0, span.start)
            if self.entity_of[name].kind == "person"
        )
        return (before.most_common(1)[0][0], ANSWERER) if before else None

    def _find_enclosing(self, span: Span, said_by: Mapping[int, Found]) -> Found | None:
        """Find whose words a source stands in: "I" and "we" are whoever is speaking, or the author."""
        around = [
            number for start, end, number in self._contents if start <= span.start < end and number in said_by
        ]
        if around:
            return said_by[around[-1]]
        author = self._find_author(span.start)
        return (author, AUTHOR) if author else None

    def _find_author(self, place: int) -> Entity | None:
        """Find who wrote what stands at a token: who signs it, else the one of a byline."""
        signed, named = self._authors
        number = bisect_right(signed, place, key=lambda one: one[0])
        return signed[number][1] if number < len(signed) else named

    @cached_property
    def _authors(self) -> tuple[list[tuple[int, Entity]], Entity | None]:
        """Who signs, and where, in order; and who is named in a byline, or in `Ann Lee is a teacher.` at last."""
        signed: list[tuple[int, Entity]] = []
        named: Entity | None = None
        texts = self.mentions.texts
        paragraphs = [(span.start, span.end) for span in self.doc.spans.get(PARAGRAPHS, ())]
        for number, (start, end) in enumerate(paragraphs):
            names = [name for name in self.mentions.list_names(start, end) if name.kind == "person"]
            if len(names) != 1:
                continue
            entity = self.entity_of[names[0]]
            if end - start <= MAX_SIGNATURE and names[0].end >= end - 1:
                signed.append((start, entity))
            byline = number < N_BYLINES and texts[start] == "By"
            is_last = number == len(paragraphs) - 1 and names[0].start == start
            about = is_last and texts[names[0].end : names[0].end + 1] == ["is"]
            named = named or (entity if byline or about else None)
        return signed, named


def list_descriptions(mentions: Mentions, source: Source, name: Name) -> list[str]:
    """List what a source says of whom it names, before the name and after it: `the mayor, [Ann Lee], who left`."""
    before = strip_determiner(mentions.join(source.phrase[0], name.start).strip(TRIMMED))
    before = before.removesuffix(name.honorific) if before.lower() == name.honorific else before
    after = mentions.join(name.end, source.phrase[1]).strip(TRIMMED)
    return [text for text in (before, strip_possessive(after)) if any(map(str.isalpha, text))]


def make_ids(names: list[str]) -> list[str]:
    """Make ids of names, unique in the article.

    >>> make_ids(["Hun Sen", "Hun Sen", "Renée O’Hara", "?"])
    ['hun-sen', 'hun-sen-2', 'renee-o-hara', 'speaker']
    """
    taken: set[str] = set()
    ids = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name.lower())
        letters = "".join(char for char in plain if not unicodedata.combining(char))
        slug = re.sub(r"[^\w]+", "-", letters).strip("-_") or "speaker"
        candidates = (f"{slug}-{n}" if n > 1 else slug for n in count(1))
        chosen = next(candidate for candidate in candidates if candidate not in taken)
        taken.add(chosen)
        ids.append(chosen)
    return ids
