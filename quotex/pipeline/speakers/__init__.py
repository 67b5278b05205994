"""Speakers: give each source the entity behind it, with the fullest name that the article gives.

`names` parts the words of a mention, `mentions` reads them off the Doc with the model's links between them,
`entities` decides which names are one person or body, `resolve` whom pronouns and descriptions mean.
"""

import re
import unicodedata
from itertools import count

from spacy.language import Language
from spacy.tokens import Doc, Span

from quotex.pipeline.speakers.entities import Entity
from quotex.pipeline.speakers.resolve import Resolver
from quotex.types import CONTENT, SOURCE, SPEAKERS


@Language.factory("quotex_speakers", requires=["doc.spans"], assigns=["doc.spans"])
def make_speaker_resolver(nlp: Language, name: str) -> "SpeakerResolver":
    """Build the component that names the speaker behind each source."""
    return SpeakerResolver()


class SpeakerResolver:
    """Reads span groups CONTENT, SOURCE and MENTIONS; writes SPEAKERS.

    A span of SPEAKERS is a source with its speaker's id in `id_`; the group's `attrs` hold the speakers' records.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Name the speakers of one Doc."""
        found = find_speakers(doc)
        speakers = {number: entity for number, (entity, _) in found.items()}
        entities = sorted(set(speakers.values()), key=list(speakers.values()).index)
        ids = dict(zip(entities, make_ids([entity.name for entity in entities]), strict=True))
        doc.spans[SPEAKERS] = [
            Span(doc, span.start, span.end, span_id=ids[speakers[int(span.id_)]])
            for span in doc.spans[SOURCE]
            if int(span.id_) in speakers
        ]
        doc.spans[SPEAKERS].attrs.update(
            {
                ids[entity]: {
                    "name": entity.name,
                    "kind": entity.kind,
                    "aliases": [form for form in entity.forms if form != entity.name],
                    "descriptions": entity.descriptions,
                    "quotes": [number for number, speaker in speakers.items() if speaker is entity],
                    "sure": [found[number][1] for number, speaker in speakers.items() if speaker is entity],
                }
                for entity in entities
            }
        )
        return doc


def find_speakers(doc: Doc) -> dict[int, tuple[Entity, float]]:
    """Find the speaker of each quote, by its number, and how likely that is the right one.

    Quotes whose speaker is not known are left out.
    """
    resolver = Resolver(doc)
    details = doc.spans[CONTENT].attrs
    contents = {int(span.id_): span for span in reversed(list(doc.spans[CONTENT]))}
    sources: dict[int, list[Span]] = {}
    for span in doc.spans[SOURCE]:
        sources.setdefault(int(span.id_), []).append(span)
    speakers: dict[int, tuple[Entity, float]] = {}
    sentence: tuple[int, tuple[Entity, float]] | None = None  # where a sentence begins, and who spoke in it
    for number in sorted(contents):
        found: tuple[Entity, float] | None
        if number in sources:
            source = sources[number][0]
            found = resolver.resolve(source, speakers)
            if found is not None:
                sentence = (source.sent.start, found)
        else:  # who spoke before goes on, or who did in the same sentence: `He left, saying`
            floor = details[str(number)]["floor"]
            same = sentence[1] if sentence and sentence[0] == contents[number].sent.start else None
            found = speakers.get(floor) if floor is not None else same
        if found is not None:
            speakers[number] = found
    return speakers


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
