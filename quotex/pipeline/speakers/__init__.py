"""Speakers: give each source the entity behind it (named entities, coreference), by its full name.

`mentions` reads names and links off the Doc, with what stands `beside` the names, `entities` decides which names
are one person or body, `sources` reads the words of a source, `ranking` chooses whom they mean; `unnamed` and
`groups` have those who are not named, or several. `affiliations` finds for which bodies speakers speak.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from operator import itemgetter
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example

from quotex.pipeline.notes import drop_notes, require, take_notes
from quotex.pipeline.ranges import find_before
from quotex.pipeline.results import make_quotes, store_quotes, store_speakers
from quotex.pipeline.scorer import WEIGHTS, Figures, Scorer
from quotex.pipeline.speakers.affiliations import Affiliations
from quotex.pipeline.speakers.entities import Entity, Name
from quotex.pipeline.speakers.groups import JOINS, Groups
from quotex.pipeline.speakers.mentions import Mentions
from quotex.pipeline.speakers.ranking import Floor, Ranker, Weights
from quotex.pipeline.speakers.sources import FIRST, NOBODY, Source, read_source
from quotex.pipeline.speakers.unnamed import Unnamed
from quotex.text.names import make_ids
from quotex.text.phrases import CORE_END, is_description, lower_article, strip_article, trim_phrase
from quotex.types import CONTENT, NAMED_KINDS, SOURCE, SPEAKERS, Speaker

Found = tuple[Entity, float]  # an entity, and how likely it is the right one

ASKS, ANSWERS = frozenset(["q", "q.", "question"]), frozenset(["a", "a.", "answer"])
ANSWERER, AUTHOR, JOINT = 0.7, 0.8, 0.9  # how likely these are right: guesses, the corpora have few
LIKELY = 0.5  # probability from which on what a source says of a speaker is noted
SURE = 0.8  # the same from which on words that are no source are taken to mean somebody
MAX_SIGNATURE = 4  # words


@Language.factory(
    "quotex_speakers",
    requires=["doc.spans"],
    assigns=["doc.spans"],
    default_config={"weights": None, "scorer": {"@scorers": "quotex.quotes_scorer.v1"}},
    default_score_weights=WEIGHTS,
)
def make_speaker_resolver(
    nlp: Language, name: str, *, weights: dict[str, dict[str, float]] | None, scorer: Scorer | None
) -> "SpeakerResolver":
    """Build the component that names the speaker behind each source.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        weights: Of the ranking's features, by form of source; None means those that the tagger's model has.
        scorer: What `nlp.evaluate` scores the quotes with; None leaves them out.
    """
    return SpeakerResolver(weights, scorer)


class SpeakerResolver:
    """Reads span groups CONTENT, SOURCE, NAMES, BESIDE and MENTIONS, and notes; writes SPEAKERS and the records.

    A span of SPEAKERS is a source with its speaker's id in `id_`. The notes of all stages are dropped.
    """

    def __init__(self, weights: Weights | None = None, scorer: Scorer | None = None) -> None:
        self.weights = weights
        self.scorer = scorer

    def score(self, examples: Iterable[Example], **kwargs: Any) -> Figures:
        """Score the quotes, for `nlp.evaluate`."""
        return self.scorer(examples, **kwargs) if self.scorer else {}

    def __call__(self, doc: Doc) -> Doc:
        """Name the speakers of one Doc."""
        notes = require(doc, "quotex_speakers", "quotex_segment", "quotex_marks", "quotex_attribute")
        resolver = Resolver(doc, notes.ranking if self.weights is None else self.weights)
        found = resolver.resolve_all()
        quotes: dict[Entity, list[int]] = {}
        for number, (entity, _) in found.items():
            quotes.setdefault(entity, []).append(number)
        ids = dict(zip(quotes, make_ids([entity.name for entity in quotes]), strict=True))
        doc.spans[SPEAKERS] = [
            Span(doc, span.start, span.end, span_id=ids[found[int(span.id_)][0]])
            for span in doc.spans[SOURCE]
            if int(span.id_) in found
        ]
        speakers = [
            Speaker(
                id=ids[entity],
                name=entity.name,
                kind=entity.kind,
                aliases=tuple(form for form in entity.forms if form != entity.name),
                descriptions=tuple(entity.list_descriptions()),
                affiliation=resolver.affiliations.find(entity),
                pronoun=entity.pronoun,
                quotes=tuple(numbers),
            )
            for entity, numbers in quotes.items()
        ]
        store_quotes(doc, make_quotes(doc, speakers, {number: sure for number, (_, sure) in found.items()}))
        store_speakers(doc, speakers)
        drop_notes(doc)
        return doc


class Resolver:
    """Goes through the quotes of an article in order and chooses the speaker of each."""

    def __init__(self, doc: Doc, weights: Weights) -> None:
        self.doc = doc
        self.statements = take_notes(doc).statements or {}
        self.mentions = Mentions(doc)
        self.ranker = Ranker(self.mentions, weights)
        self.unnamed = Unnamed(self.mentions)
        self.groups = Groups(self.mentions, self.find_meant)
        self.affiliations = Affiliations(self.mentions, self.find_meant)

    def resolve_all(self) -> dict[int, Found]:
        """Find all speakers."""
        contents = {int(span.id_): span for span in reversed(list(self.doc.spans[CONTENT]))}
        sources = {int(span.id_): span for span in reversed(list(self.doc.spans[SOURCE]))}
        speakers: dict[int, Found] = {}
        meant: dict[int, Found | None] = {}  # by first token: one "he" that said two things is one person
        heard: dict[int, Found] = {}  # by first token of a sentence: who spoke in it last
        for number in sorted(contents):
            if number in sources:
                span = sources[number]
                if span.start not in meant:
                    meant[span.start] = self.resolve(span, self._find_around(number, speakers))
                found = meant[span.start]
                if found:
                    heard[self.mentions.find_sentence(span.start)] = found
                    self.ranker.floor.take(found[0], span.start)
            else:  # who spoke before goes on, or who did in the same sentence: `He left, saying`
                floor = self.statements[number].floor
                same = heard.get(self.mentions.find_sentence(contents[number].start))
                found = speakers.get(floor) if floor is not None else same
            if found:
                speakers[number] = found
        self.ranker.floor = Floor()  # what is asked of the article as a whole, nobody has just spoken before
        return speakers

    def resolve(self, span: Span, around: Found | None = None) -> Found | None:
        """Find the speaker whom the words of a source stand for; None where there is none.

        Args:
            span: The source.
            around: Who says that in which it stands, if anybody does: "I" is who is speaking, or the author, and
                "he" in quotation marks somebody else.
        """
        word = span.text.lower()
        if word in FIRST:
            return around or self._find_author(span.start)
        if word in ANSWERS:
            return self._find_answerer(span.start)
        if word in ASKS | NOBODY:
            return None
        source = read_source(self.mentions, span.start, span.end)
        joint = self.groups.find_joint(source)
        if joint:
            return joint, JOINT
        is_of_another = source.form in ("personal", "they", "it") and source.start in self.mentions.quoted
        but = around[0] if around and is_of_another else None
        found = self._choose(source, but)
        return None if found and found[0] is but else found

    def _choose(self, source: Source, but: Entity | None) -> Found | None:
        """Take the likeliest candidate but one, or somebody without a name, and note what is said of them."""
        (named, _), probability = self.ranker.rank(source, but)[0]
        entity = named or self.get_unnamed(source)
        if entity is None:
            return None
        pronoun = source.gender or (source.form if source.form in {"they", "it"} else None)
        if pronoun and (named is None or probability > LIKELY):
            entity.pronouns[pronoun] += 1
        if named and source.gender and probability > LIKELY:
            named.gender[source.gender] += 1
        own = [name for name in source.names if name.entity is named]
        for name in own[:1]:  # `Fund for Clean Water (FCW)` is one
            entity.add_descriptions(list_titles(self.mentions, source, name))
            entity.ranges.append(source.phrase)
        if named and named.kind == "person" and source.form == "definite" and probability > LIKELY:
            if source.text.lower().startswith("the "):
                named.called.append(lower_article(self.mentions.join(*source.phrase)))
            named.ranges.append(source.phrase)
        return entity, probability

    def get_unnamed(self, source: Source) -> Entity | None:
        """Find or make the entity of a description, or of the people just named whom it means."""
        named = None if source.noun else self._find_linked(source)
        return named or self.groups.find_several(source) or self.unnamed.get(source) or self._find_last(source)

    def _find_last(self, source: Source) -> Entity | None:
        """Find who spoke last without a name, if that goes with a pronoun linked to nothing: `the report … It`."""
        last = self.ranker.floor.last
        fitting = {"it": "other", "they": "group", "personal": "unnamed"}.get(source.form)
        near = source.paragraph - self.mentions.find_paragraph(self.ranker.floor.place) <= 1
        return last if last and last.kind == fitting and near else None

    def _find_linked(self, source: Source) -> Entity | None:
        """Find the person or body that a pronoun is linked to by name."""
        phrase = self.unnamed.find_linked(source)
        head = self.mentions.find_head(*phrase)
        fitting = {"personal": {"person"}, "it": {"org"}, "they": {"org"}}.get(source.form, NAMED_KINDS)
        named = (name.entity for name in self.mentions.list_names(*phrase) if name.start <= head < name.end)
        return next((entity for entity in named if entity.kind in fitting), None)

    def find_meant(self, start: int, end: int) -> Entity | None:
        """Find whom words mean that are no source: `[the company]’s lawyer`."""
        if start == end:
            return None
        candidate, probability = self.ranker.rank(read_source(self.mentions, start, end))[0]
        return candidate.entity if probability > SURE else None

    def _find_answerer(self, place: int) -> Found | None:
        """Find who answers in `A: We act now.`: the person named most before."""
        named = find_before(self._most_named, place, itemgetter(0))
        return (named[1], ANSWERER) if named else None

    @cached_property
    def _most_named(self) -> list[tuple[int, Entity]]:
        """Who of the people is named most, or first of those named as often, from each of their names on."""
        times: Counter[Entity] = Counter()
        most: list[tuple[int, Entity]] = []
        for name in self.mentions.names:
            if name.entity.kind == "person":
                times[name.entity] += 1
                before = most[-1][1] if most else name.entity
                most.append(
                    (name.start, max(before, name.entity, key=lambda one: (times[one], -one.names[0].start)))
                )
        return most

    def _find_around(self, number: int, said_by: Mapping[int, Found]) -> Found | None:
        """Find whose words a quote stands in."""
        around = self.statements[number].within
        while around is not None and around not in said_by:
            around = self.statements[around].within
        return said_by[around] if around is not None else None

    def _find_author(self, place: int) -> Found | None:
        """Find who wrote what stands at a token: who signs it, else the one of a byline."""
        signed, named = self._authors
        number = bisect_right(signed, place, key=itemgetter(0))
        author = signed[number][1] if number < len(signed) else named
        return (author, AUTHOR) if author else None

    @cached_property
    def _authors(self) -> tuple[list[tuple[int, Entity]], Entity | None]:
        """Who signs, and where, in order; and who is named in a byline, or in `Ann Lee is a teacher.` at last."""
        signed: list[tuple[int, Entity]] = []
        named: Entity | None = None
        texts, paragraphs = self.mentions.texts, self.mentions.index.paragraphs
        for paragraph in paragraphs:
            start, end = paragraph
            names = [name for name in self.mentions.list_names(start, end) if name.kind == "person"]
            if len(names) != 1:
                continue
            (name,) = names
            if end - start <= MAX_SIGNATURE and name.end >= end - 1:
                signed.append((start, name.entity))
            is_about = name.start == start and texts[name.end : name.end + 1] == ["is"]
            if texts[start] == "By" or (is_about and paragraph == paragraphs[-1]):
                named = named or name.entity
        return signed, named


def list_titles(mentions: Mentions, source: Source, name: Name) -> list[str]:
    """List what a source says of whom it names, on both sides, where the network has marked nothing."""
    if name.beside:
        return []
    texts, (start, end) = mentions.texts, source.phrase
    people = [one for one in mentions.list_names(start, end) if one.kind == "person"]
    before = strip_article(trim_phrase(mentions.join(start, name.start)))
    is_others = any(  # but not `the [Lee] campaign’s Bob Moe`
        one.end > name.start or texts[one.end] in JOINS or not texts[one.end].isalpha()
        for one in people
        if one.start < name.start
    )
    behind = trim_phrase(CORE_END.split(mentions.join(name.end + 1, end))[0])
    is_clear = texts[name.end : name.end + 1] == [","] and all(one.start < name.end for one in people)
    said = [
        before if not is_others and before.lower() != name.honorific else "",
        behind if is_clear and not behind.istitle() else "",
    ]
    return [text for text in said if is_description(text)]
