"""Mentions: every place where the article names or means a person or a body, and the links between them."""

from dataclasses import dataclass
from functools import cached_property
from math import exp

from spacy.tokens import Doc, Span

from quotex.model.heads import POSSESSIVES, find_head
from quotex.pipeline.speakers.names import Name, fold_name, read_name
from quotex.pipeline.speakers.runs import Run, find_runs
from quotex.pipeline.tokens import read_tokens
from quotex.types import MENTIONS, PARAGRAPHS

PERSONAL = {
    **dict.fromkeys(["he", "him", "his", "himself"], "he"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "she"),
}
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
NEUTRAL = frozenset(["it", "its", "itself"])
THIRD = PLURAL | NEUTRAL | PERSONAL.keys()
FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
RELATIVES = frozenset(["who", "which", "that", "whom", "whose"])
JOINTS = frozenset([",", "and", "or", "&", "including", "but"])
SENTENCE_ENDS = frozenset('.!?:”"’')
MIN_HEADLINE = 3  # words
CAPITAL_SHARE = 0.6  # of the words of a headline, if it is set so
OTHER_PRONOUNS = frozenset(["you", "one", "another", "others", "some", "many", "this", "these", "those"])


@dataclass(eq=False)
class Mention:
    """One place in the article.

    Attributes:
        start: First token.
        end: The token after the last.
        head: The token that stands for all of it.
        text: Its words.
        body: True where the tagger saw a body and no person.
    """

    start: int
    end: int
    head: int
    text: str
    body: bool

    @cached_property
    def word(self) -> str:
        """The text, in small letters."""
        return self.text.lower()

    @cached_property
    def name(self) -> Name:
        """What the words say: a name, or a description in its place."""
        return read_name(self.text, body=self.body)


class Mentions:
    """The mentions of an article, and how likely each means the same as another.

    Attributes:
        all: In order: those that the tagger saw, and the names within them, `[Ann Lee] and [Bob Moe]`.
        by_head: By the head's token; of those with one head the shortest.
        full_names: Names of two words or more anywhere in the article, by their last word and their first.
    """

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        tokens = read_tokens(doc)
        self._texts = tokens.texts
        runs = find_runs(tokens.texts, tokens.blanks.tolist())
        run_ends = {i: end for start, end in runs for i in range(start, end)}
        spans = list(doc.spans.get(MENTIONS, ()))
        attrs = doc.spans[MENTIONS].attrs if spans else {}
        heads = attrs.get("heads") or [self.find_head(span.start, span.end) for span in spans]
        self._bodies = {i for span in spans if span.label_ == "org" for i in range(span.start, span.end)}
        self._people = {i for span in spans if span.label_ == "person" for i in range(span.start, span.end)}
        self.all = []
        for span, head in zip(spans, heads, strict=True):
            end = max(span.end, run_ends.get(span.end - 1, 0)) if span.label_ == "person" else span.end
            self.all.append(self._read(span.start, end, head))
        seen = {(mention.start, mention.end) for mention in self.all}
        inside = [run for run in runs if run not in seen and self._is_apart(run)]
        self.all += [self._read(start, end, end - 1) for start, end in inside]
        self.all.sort(key=lambda mention: (mention.start, -mention.end))
        self.by_head: dict[int, Mention] = {}
        for mention in self.all:
            known = self.by_head.get(mention.head)
            if known is None or mention.end - mention.start < known.end - known.start:
                self.by_head[mention.head] = mention
        self._links: dict[int, list[tuple[int, float]]] = {}
        for one, other, score in attrs.get("mate_links", ()):
            self._links.setdefault(heads[one], []).append((heads[other], exp(score)))
        self.full_names: dict[str, list[str]] = {}
        headlines = find_headlines(doc, tokens.texts)
        for start, end in runs:
            if start in headlines:
                continue
            words = fold_name(name := doc[start:end].text) if end > start + 1 else ()
            for key in {words[0], words[-1]} if len(words) > 1 else ():
                self.full_names.setdefault(key, []).append(name)

    def _is_apart(self, run: Run) -> bool:
        """Say whether a run of capitals in a mention is a name of its own: `Lee's lawyer`, `Ann Lee and Moe`."""
        start, end = run
        if end - 1 not in self._people:
            return False
        before = self._texts[start - 1].lower() if start else ""
        after = self._texts[end].lower() if end < len(self._texts) else ""
        return after in POSSESSIVES or after in JOINTS or before in JOINTS

    def find_head(self, start: int, end: int) -> int:
        """Find the token that stands for a noun phrase."""
        return start + find_head(self._texts[start:end])

    def list_mates(self, head: int) -> list[tuple[Mention, float]]:
        """List the mentions that may mean the same as the one with this head, with their probabilities."""
        return [(self.by_head[other], probability) for other, probability in self._links.get(head, ())]

    def read(self, span: Span) -> Mention:
        """Read a source as a mention, whether or not the tagger saw one there."""
        return self._read(span.start, span.end, self.find_head(span.start, span.end))

    def _read(self, start: int, end: int, head: int) -> Mention:
        body = head in self._bodies and head not in self._people
        return Mention(start, end, head, self._doc[start:end].text, body)


def find_headlines(doc: Doc, texts: list[str]) -> set[int]:
    """Find the tokens of headlines: paragraphs that are no sentence, in which most words have a capital."""
    tokens: set[int] = set()
    for paragraph in doc.spans.get(PARAGRAPHS, ()):
        words = [text for text in texts[paragraph.start : paragraph.end] if text[0].isalpha()]
        n_capital = sum(word[0].isupper() for word in words)
        is_sentence = texts[paragraph.end - 1] in SENTENCE_ENDS
        if len(words) >= MIN_HEADLINE and not is_sentence and n_capital > CAPITAL_SHARE * len(words):
            tokens.update(range(paragraph.start, paragraph.end))
    return tokens
