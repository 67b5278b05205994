"""TEI P5: the text in paragraphs, contents as `said`, cues and sources as `seg`, speakers in the header.

Elements nest, quotes need not: what crosses another element is cut into parts, which `next` and `prev` join
(chapter "Non-hierarchical Structures" of the Guidelines). What else is known of a quote stands in a feature
structure, to which `ana` points.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, TextIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from quotex.convert.parts import Losses, StoredQuote, build_article, list_pieces, replace_for_xml
from quotex.errors import InputError, Msg
from quotex.text.paragraphs import find_paragraphs
from quotex.types import ROLES, Article, Quote, Range, Speaker

TEI = "http://www.tei-c.org/ns/1.0"
NS = {"": TEI}
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
XML_SPACE = " \t\r\n"
TRIMMED = "end of a piece in the white space between paragraphs, cut off"
SPEECH = ("said", "quote", "q")  # those of others; we write the first
PEOPLE = {"person": "person", "group": "personGrp", "org": "org"}
DIRECT = {"direct": "true", "indirect": "false", "mixed": "unknown"}
NUMBERS = ("confidence", "paragraph", "within")
ONE_NOTE = ("affiliation", "pronoun")  # of a speaker, at most one each


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a quote, in which it is the `number`-th of its role."""

    start: int
    end: int
    role: str
    quote: int
    number: int


def write(path: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write a TEI document; of several articles, or none, a `teiCorpus`."""
    rest = iter(articles)
    first = list(islice(rest, 2))
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        is_corpus = len(first) != 1
        if is_corpus:
            file.write(f'<teiCorpus xmlns="{TEI}">\n{make_header("Articles", "")}')
        for number, article in enumerate(chain(first, rest), start=1):
            _Writer(file, f"a{number}.", article, losses).write("" if is_corpus else f' xmlns="{TEI}"')
        if is_corpus:
            file.write("</teiCorpus>\n")


def make_header(title: str, more: str, profile: str = "") -> str:
    """Make the header of a document; title and the rest are XML already."""
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>"
        f"<publicationStmt><p>Quotations marked with quotex.</p></publicationStmt>{more}"
        f"<sourceDesc><p>{title}</p></sourceDesc></fileDesc>{profile}</teiHeader>\n"
    )


class _Writer:
    """Writes one article."""

    def __init__(self, file: TextIO, prefix: str, article: Article, losses: Losses) -> None:
        self.file, self.prefix, self.article, self.losses = file, prefix, article, losses
        self.quotes = {quote.id: quote for quote in article.quotes}
        self.who = {speaker.id: f"{prefix}s{n}" for n, speaker in enumerate(article.speakers, start=1)}

    def write(self, namespace: str) -> None:
        notes = "".join(
            f'<note type="meta" n={self.quote(key)}>{self.escape(json.dumps(value, ensure_ascii=False))}</note>'
            for key, value in self.article.meta.items()
        )
        people = "".join(map(self.make_speaker, self.article.speakers))
        profile = f"<profileDesc><particDesc>{people}</particDesc></profileDesc>" if people else ""
        notes = f"<notesStmt>{notes}</notesStmt>" if notes else ""
        header = make_header(self.escape(self.article.id), notes, profile)
        details = "".join(map(self.make_details, self.article.quotes))
        body = f'<text>\n<body xml:space="preserve">{self.make_body()}</body>\n{details}</text>\n'
        self.file.write(f"<TEI{namespace}>\n{header}{body}</TEI>\n")

    def escape(self, text: str) -> str:
        return escape(replace_for_xml(text, self.losses), {"\r": "&#13;"})

    def quote(self, text: str) -> str:
        return quoteattr(replace_for_xml(text, self.losses), {"\r": "&#13;"})

    def make_speaker(self, speaker: Speaker) -> str:
        tag = PEOPLE.get(speaker.kind, "person")
        name = "orgName" if tag == "org" else "persName"
        parts = [f"<{name}>{self.escape(speaker.name)}</{name}>"]
        parts += [f'<{name} type="alias">{self.escape(one)}</{name}>' for one in speaker.aliases]
        more = [("description", one) for one in speaker.descriptions]
        more += [(key, one) for key in ONE_NOTE if (one := getattr(speaker, key)) is not None]
        parts += [f'<note type="{key}">{self.escape(one)}</note>' for key, one in more]
        kind = f' {"type" if tag == "org" else "role"}="{speaker.kind}"'
        id = f' xml:id="{self.who[speaker.id]}" n={self.quote(speaker.id)}'
        return f"<{tag}{id}{kind}>{''.join(parts)}</{tag}>"

    def make_details(self, quote: Quote) -> str:
        values = {key: getattr(quote, key) for key in NUMBERS}
        features = {key: f'<numeric value="{value}"/>' for key, value in values.items() if value is not None}
        features |= {key: f'<symbol value="{getattr(quote, key)}"/>' for key in ("type", "act")}
        features["closed"] = f'<binary value="{str(quote.closed).lower()}"/>'
        if quote.sentence:
            features["sentence"] = f"<string>{self.escape(quote.sentence)}</string>"
        inside = "".join(f'<f name="{key}">{value}</f>' for key, value in features.items())
        return f'<fs xml:id="{self.prefix}q{quote.id}" n="{quote.id}" type="quote">{inside}</fs>\n'

    def make_body(self) -> str:
        text, pieces = self.article.text, list_all(self.article)
        parts, at = [], 0
        found: dict[Piece, list[Range]] = {}
        paragraphs = find_xml_paragraphs(text)
        steps = [list(nest(pieces, start, end)) for start, end in paragraphs]
        for start, end, opened, _ in chain.from_iterable(steps):
            for piece in opened:
                found.setdefault(piece, []).append((start, end))
        totals = {piece: len(opened) for piece, opened in found.items()}
        seen: Counter[Piece] = Counter()
        for (start, end), paragraph in zip(paragraphs, steps, strict=True):
            parts.append(self.escape(text[at:start]) + "<p>")
            for left, right, opened, closed in paragraph:
                for piece in opened:
                    seen[piece] += 1
                    parts.append(self.open(piece, seen[piece], totals[piece]))
                parts.append(self.escape(text[left:right]))
                parts += ["</said>" if piece.role == "content" else "</seg>" for piece in closed]
            parts.append("</p>")
            at = end
        self.count_trimmed(pieces, paragraphs)
        return "".join(parts) + self.escape(text[at:]) if paragraphs else f"<p/>{self.escape(text)}"

    def open(self, piece: Piece, number: int, total: int) -> str:
        quote = self.quotes[piece.quote]
        base = f"{self.prefix}q{piece.quote}.{piece.role}{piece.number}"
        tag = "said" if piece.role == "content" else f'seg type="{piece.role}"'
        start = f'<{tag} xml:id="{base}.{number}" ana="#{self.prefix}q{piece.quote}"'
        if piece.role == "content":
            start += f' direct="{DIRECT[quote.type]}"'
            if quote.speaker and quote.speaker.id in self.who:
                start += f' who="#{self.who[quote.speaker.id]}"'
        before = f' prev="#{base}.{number - 1}"' if number > 1 else ""
        after = f' next="#{base}.{number + 1}"' if number < total else ""
        return f"{start}{before}{after}>"

    def count_trimmed(self, pieces: list[Piece], paragraphs: list[Range]) -> None:
        for piece in pieces:
            self.losses[TRIMMED] += sum(
                not any(a <= place < b for a, b in paragraphs) for place in (piece.start, piece.end - 1)
            )


def list_all(article: Article) -> list[Piece]:
    """List the pieces of all quotes, those that begin first and end last before others."""
    pieces = [
        Piece(span.start, span.end, role, quote.id, number)
        for quote in article.quotes
        for role, spans in list_pieces(quote).items()
        for number, span in enumerate(spans, start=1)
    ]
    return sorted(pieces, key=lambda one: (one.start, -one.end, ROLES.index(one.role), one.quote))


def find_xml_paragraphs(text: str) -> list[Range]:
    """Find the paragraphs; between them is nothing but what XML takes for white space."""
    paragraphs: list[Range] = []
    at = 0
    for start, end in find_paragraphs(text):
        left = len(text[at:start].rstrip(XML_SPACE))  # a line of no-break spaces belongs to what stands before it
        if left and paragraphs:
            paragraphs[-1] = (paragraphs[-1][0], at + left)
        elif left:
            start = at + left - len(text[at : at + left].lstrip(XML_SPACE))
        paragraphs.append((start, end))
        at = end
    left = len(text[at:].rstrip(XML_SPACE))
    if left and paragraphs:
        paragraphs[-1] = (paragraphs[-1][0], at + left)
    return paragraphs or ([(0, len(text))] if text.strip(XML_SPACE) else [])


def nest(pieces: list[Piece], start: int, end: int) -> Iterator[tuple[int, int, list[Piece], list[Piece]]]:
    """Cut a paragraph where pieces begin and end; yields each stretch, what is opened before and closed after it.

    A piece that ends after one that was opened later, or goes on behind it, is closed and opened again.
    """
    here = [piece for piece in pieces if piece.start < end and piece.end > start]
    cuts = sorted({start, end} | {place for one in here for place in (one.start, one.end) if start < place < end})
    stack: list[Piece] = []
    for left, right in pairwise(cuts):
        opened = [one for one in here if max(one.start, start) <= left < one.end and one not in stack]
        stack += opened
        first = next((n for n, one in enumerate(stack) if min(one.end, end) <= right), len(stack))
        closed = stack[first:][::-1]
        del stack[first:]
        yield left, right, opened, closed


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read a TEI document or a `teiCorpus`, ours or one that has `said`, `quote` or `q` with `who`.

    Raises:
        InputError: Q802, it is no TEI.
    """
    n_found = 0
    try:
        for _, element in ElementTree.iterparse(path):
            if element.tag == f"{{{TEI}}}TEI":
                n_found += 1
                yield _Reader(element).read(f"{path}:{n_found}" if n_found > 1 else str(path))
                element.clear()
    except ElementTree.ParseError as err:
        raise InputError(Msg.Q802.format(path=path, form="TEI", reason=err)) from err
    if not n_found:
        raise InputError(Msg.Q802.format(path=path, form="TEI", reason=f"it has no element TEI of {TEI}"))


class _Reader:
    """Reads one article."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.text = ""
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[tuple[Element, Range]] = []
        self.details = {one.get(XML_ID): one for one in root.iterfind(".//fs[@type='quote']", NS)}
        self.speakers = {
            id: one
            for tag in set(PEOPLE.values())
            for one in root.iterfind(f".//{tag}", NS)
            if (id := one.get(XML_ID))
        }

    def read(self, name: str) -> Article:
        body = self.root.find("text/body", NS)
        if body is not None:
            self.walk(body)
        title = self.root.findtext(".//titleStmt/title", "", NS)
        about = {
            "id": title or name,
            "meta": {
                one.get("n"): json.loads(one.text or "") for one in self.root.iterfind(".//note[@type='meta']", NS)
            },
            "speakers": [self.read_speaker(one) for id, one in sorted(self.speakers.items(), key=number_of)],
        }
        return build_article("".join(self.parts), self.find_drafts(), about)

    def walk(self, element: Element) -> None:
        start = self.length
        self.add(element.text)
        for child in element:
            self.walk(child)
            self.add(child.tail)
        if self.is_piece(element) and self.length > start:
            self.spans.append((element, (start, self.length)))

    def add(self, text: str | None) -> None:
        self.parts.append(text or "")
        self.length += len(text or "")

    def is_piece(self, element: Element) -> bool:
        tag = element.tag.removeprefix(f"{{{TEI}}}")
        ours = (element.get("ana") or "").removeprefix("#") in self.details
        return ours or tag == "said" or (tag in SPEECH and element.get("who") is not None)

    def find_drafts(self) -> list[StoredQuote]:
        drafts: dict[str, StoredQuote] = {}
        first = find_firsts([element for element, _ in self.spans])
        joined: dict[tuple[str, str, str], Range] = {}
        elements: dict[str, Element] = {}
        for element, (start, end) in self.spans:
            head = first[element]
            quote = (element.get("ana") or "").removeprefix("#")
            is_ours = quote in self.details  # others join the pieces of a quote, we join the parts of a piece
            quote = quote if is_ours else head
            role = element.get("type") if element.tag == f"{{{TEI}}}seg" else None
            key = (quote, role if role in ROLES else "content", head if is_ours else f"{start}")
            before = joined.get(key, (start, end))
            joined[key] = (min(before[0], start), max(before[1], end))
            if key[1] == "content":
                elements.setdefault(quote, element)
        for (quote, role, _), piece in joined.items():
            if quote in elements:
                draft = drafts.setdefault(
                    quote, StoredQuote([], details=self.read_details(quote, elements[quote]))
                )
                draft.get(role).append(piece)
        return list(drafts.values())

    def read_details(self, quote: str, element: Element) -> dict[str, Any]:
        who = (element.get("who") or "").removeprefix("#")
        speaker = self.speakers.get(who)
        details: dict[str, Any] = self.read_speaker(speaker) if speaker is not None else {"name": who or None}
        details["speaker"] = details.pop("id", None)
        features = self.details.get(quote)
        if features is None:
            return details
        details["id"] = int(features.get("n") or 0) or None
        for feature in features:
            value = feature[0].get("value") or feature[0].text or ""
            key = feature.get("name") or ""
            details[key] = read_value(key, value)
        return details

    def read_speaker(self, element: Element) -> dict[str, Any]:
        tag = element.tag.removeprefix(f"{{{TEI}}}")
        names = [(one.get("type"), one.text or "") for one in element if one.tag in NAME_TAGS]
        notes = [(one.get("type"), one.text or "") for one in element.iterfind("note", NS)]
        id = element.get("n") or element.get(XML_ID)
        kinds = {tag: kind for kind, tag in PEOPLE.items()}
        return {
            "id": id,
            "name": next((text for kind, text in names if kind != "alias"), id),
            "kind": element.get("role") or element.get("type") or kinds[tag],
            "aliases": [text for kind, text in names if kind == "alias"],
            "descriptions": [text for kind, text in notes if kind == "description"],
            **{key: next((text for kind, text in notes if kind == key), None) for key in ONE_NOTE},
        }


NAME_TAGS = {f"{{{TEI}}}{name}" for name in ("persName", "orgName", "name")}


def number_of(item: tuple[str | None, object]) -> tuple[int, str]:
    """Order the ids of speakers as they were written: a1.s2 before a1.s10."""
    digits = re.search(r"(\d+)$", item[0] or "")
    return int(digits[1]) if digits else 0, item[0] or ""


def read_value(key: str, value: str) -> object:
    """Read the value of a feature."""
    if key in NUMBERS:
        return float(value) if key == "confidence" else int(value)
    return value == "true" if key == "closed" else value


def find_firsts(elements: list[Element]) -> Mapping[Element, str]:
    """Find the id of the first of those that `prev` joins each element to; its own where there are none."""
    known = {element.get(XML_ID) or f"#{n}": element for n, element in enumerate(elements)}
    names = {element: name for name, element in known.items()}
    firsts: dict[Element, str] = {}
    for element in elements:
        name = names[element]
        seen = {name}
        while (before := (known[name].get("prev") or "").removeprefix("#")) in known and before not in seen:
            name = before
            seen.add(name)
        firsts[element] = name
    return firsts
