"""UIMA CAS XMI, with `dkpro-cassis`: NAME.xmi an article, and TypeSystem.xml in their folder.

The types are layers as INCEpTION has them: a span layer for contents, with slots for further pieces, cues and
sources. What can be corrected are features of their own; what else is known is JSON in the feature `details`.
"""

import json
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from quotex.batch.texts import choose_name
from quotex.convert.parts import Losses, build_article, describe_article, gather, replace_for_xml, settle_speaker
from quotex.errors import InputError, Msg, UsageError
from quotex.records import describe_quote
from quotex.types import Article, Quote, Span

TYPES = {
    "content": "webanno.custom.QuoteContent",
    "cue": "webanno.custom.QuoteCue",
    "source": "webanno.custom.QuoteSource",
}
ARTICLE = "webanno.custom.QuotedArticle"
SLOTS = {"pieces": "content", "cues": "cue", "sources": "source"}
VISIBLE = {"quoteType": "type", "act": "act"}
FEATURES = ("quoteType", "act", "speaker", "kind", "details")
SYSTEM = "TypeSystem.xml"


def load_cassis() -> Any:
    """Import cassis.

    Raises:
        UsageError: Q221, it is not there.
    """
    try:
        import cassis
    except ImportError as err:
        raise UsageError(Msg.Q221.format(what="UIMA CAS XMI", missing="dkpro-cassis", extra="xmi")) from err
    return cassis


def make_types() -> Any:
    """Make the type system."""
    system = load_cassis().TypeSystem()
    string, annotation = "uima.cas.String", "uima.tcas.Annotation"
    for name in (*TYPES.values(), ARTICLE):
        system.create_type(name, supertypeName=annotation)
    system.create_feature(ARTICLE, "details", string)
    for feature in FEATURES:
        system.create_feature(TYPES["content"], feature, string)
    for slot, role in SLOTS.items():
        link = system.create_type(name_link(slot), supertypeName="uima.cas.TOP")
        system.create_feature(link, "role", string)
        system.create_feature(link, "target", TYPES[role])
        system.create_feature(TYPES["content"], slot, "uima.cas.FSArray", elementType=link)
    return system


def name_link(slot: str) -> str:
    """Name the type of a slot's links as INCEpTION does."""
    return f"{TYPES['content']}{slot.capitalize()}Link"


def write(target: Path, articles: Iterable[Article], losses: Losses) -> None:
    """Write a file an article into a folder, named by its id, or the only one there is.

    Raises:
        UsageError: Q803, there are several and `target` is one file.
    """
    system = make_types()
    is_file = target.suffix == ".xmi"
    folder = target.parent if is_file else target
    if is_file:
        articles = list(islice(articles, 2))
        if len(articles) > 1:
            raise UsageError(Msg.Q803.format(path=target))
    folder.mkdir(parents=True, exist_ok=True)
    taken: Counter[str] = Counter()
    for article in articles:
        path = target if is_file else (folder / choose_name(article.id, taken)).with_suffix(".xmi")
        path.parent.mkdir(parents=True, exist_ok=True)
        make_cas(article, system, losses).to_xmi(path)
    system.to_xml(folder / SYSTEM)


def make_cas(article: Article, system: Any, losses: Losses) -> Any:
    """Make the CAS of an article."""
    text = replace_for_xml(article.text, losses)
    cas = load_cassis().Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    about = json.dumps(describe_article(article))
    cas.add(system.get_type(ARTICLE)(begin=0, end=len(text), details=about))
    maker = _Maker(cas, system)
    for quote in article.quotes:
        maker.add(quote)
    return cas


class _Maker:
    """Makes the annotations; a cue or source of several quotes stands once."""

    def __init__(self, cas: Any, system: Any) -> None:
        self.cas, self.system = cas, system
        self.shared: dict[tuple[str, Span], Any] = {}

    def add(self, quote: Quote) -> None:
        content = self.mark("content", quote.content[0])
        content.quoteType, content.act = quote.type, quote.act
        if quote.speaker:
            content.speaker, content.kind = show_name(quote.speaker.name), quote.speaker.kind
        content.details = json.dumps(describe_quote(quote))
        content.pieces = self.link("pieces", [self.mark("content", span) for span in quote.content[1:]])
        content.cues = self.link("cues", [self.share("cue", span) for span in quote.cue])
        content.sources = self.link("sources", [self.share("source", span) for span in quote.source])

    def mark(self, role: str, span: Span) -> Any:
        one = self.system.get_type(TYPES[role])(begin=span.start, end=span.end)
        self.cas.add(one)
        return one

    def share(self, role: str, span: Span) -> Any:
        if (role, span) not in self.shared:
            self.shared[role, span] = self.mark(role, span)
        return self.shared[role, span]

    def link(self, slot: str, targets: list[Any]) -> Any:
        link = self.system.get_type(name_link(slot))
        elements = [link(role=SLOTS[slot], target=target) for target in targets]
        return self.system.get_type("uima.cas.FSArray")(elements=elements)


def show_name(name: str) -> str:
    """Show a name as XML can hold it; it stands whole in the details."""
    return replace_for_xml(name, Losses())


def read(path: Path, losses: Losses) -> Iterator[Article]:
    """Read all XMI files in a folder, or one.

    Raises:
        InputError: Q802, it is none, or has not our types.
        UsageError: Q221, cassis is not there.
    """
    cassis = load_cassis()
    for found in sorted(path.rglob("*.xmi")) if path.is_dir() else [path]:
        places = (folder / SYSTEM for folder in (found.parent, path))
        described = next((place for place in places if place.is_file()), None)
        try:
            system = cassis.load_typesystem(described) if described else make_types()
            with found.open("rb") as file, warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it shows names of types as they are in the file
                article = read_cas(cassis.load_cas_from_xmi(file, typesystem=system, lenient=True), found, losses)
        except Exception as err:  # cassis and lxml raise of many kinds, and a bare one
            raise InputError(Msg.Q802.format(path=found, form="UIMA CAS XMI", reason=repr(err))) from err
        yield article


def read_cas(cas: Any, path: Path, losses: Losses) -> Article:
    """Read one CAS."""
    about: dict[str, Any] = {"id": str(path)}
    for one in cas.select(ARTICLE):
        about |= json.loads(one.details or "{}")
    names = {one["id"]: show_name(one["name"]) for one in about.get("speakers", ())}
    found = {one.xmiID: (role, one) for role, name in TYPES.items() for one in cas.select(name)}
    spans = {str(id): (role, [(one.begin, one.end)]) for id, (role, one) in found.items()}
    contents = [one for role, one in found.values() if role == "content"]
    links = [(str(one.xmiID), str(other.xmiID)) for one in contents for other in list_targets(one)]
    details = {str(one.xmiID): read_details(one, names) for one in contents}
    return build_article(cas.sofa_string or "", gather(spans, links, details, losses), about)


def list_targets(content: Any) -> list[Any]:
    """List what the slots of a content are filled with."""
    slots = [getattr(content, slot) for slot in SLOTS]
    return [link.target for slot in slots if slot for link in slot.elements or () if link.target]


def read_details(content: Any, names: dict[str, str]) -> dict[str, Any]:
    """Read what is said of a content; what was corrected counts."""
    details: dict[str, Any] = json.loads(content.details or "{}")
    details |= {key: getattr(content, name) for name, key in VISIBLE.items() if getattr(content, name)}
    settle_speaker(details, content.speaker, names)
    return details | ({"kind": content.kind} if "name" in details else {})
