"""Mentions: every place where the article names or means a person or a body, and the links between them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import exp
from typing import Any

import numpy as np
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.tokens import Doc, Span

from quotex.model.arrays import Floats1d
from quotex.model.heads import POSSESSIVES, find_head
from quotex.pipeline.speakers.lists import split_names
from quotex.pipeline.speakers.names import (
    ACRONYM,
    SURNAMES,
    Name,
    find_gender,
    fold_name,
    is_capital,
    is_place,
    make_initials,
    read_name,
)
from quotex.pipeline.speakers.runs import Run, find_runs, join_runs
from quotex.pipeline.tokens import find_sentence_starts, read_tokens
from quotex.rules import load_given_names, load_titles
from quotex.types import MENTIONS, NAMED_KINDS, PARAGRAPHS, SOURCE

PERSONAL = {
    **dict.fromkeys(["he", "him", "his", "himself"], "he"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "she"),
}
PLURAL = frozenset(["they", "them", "their", "theirs", "themselves"])
NEUTRAL = frozenset(["it", "its", "itself"])
THIRD = PLURAL | NEUTRAL | PERSONAL.keys()
FIRST = frozenset("i me my mine myself we us our ours ourselves".split())
RELATIVES = frozenset(["who", "which", "that", "whom", "whose"])
OTHER_PRONOUNS = frozenset(["you", "one", "another", "others", "some", "many", "this", "these", "those"])
PRONOUNS = THIRD | FIRST | RELATIVES | OTHER_PRONOUNS

IN_BODIES = frozenset(["and", "for", "of", "on"])  # inside the names of bodies
COURTS = frozenset(["Court", "Appeals"])
MIN_MATE = -9.0  # log probability under which a mate is not worth a thought
APPOSED = frozenset("a an her his its the their".split()) | load_titles().titles
APPOSITION_ENDS = frozenset(', . ; : — – ( ) “ ” " who which whose said says and'.split())
MAX_APPOSITION = 16  # tokens
LONG = 4  # letters; shorter words are small in headlines too
MIN_HEADLINE = 5  # long words
CAPITAL_SHARE, LONG_SHARE = 0.7, 0.8  # of all words and of the long ones


@dataclass(eq=False)
class Mention:
    """One place in the article.

    Attributes:
        start: First token.
        end: The token after the last.
        head: The token that stands for all of it.
        text: Its words.
        body: True where the tagger saw a body and no person.
        doubtful: True where it saw neither, and a capital at the beginning of a sentence says nothing.
        small: True where its first word, the only one with a capital, has none elsewhere.
        in_headline: True where most words have capitals.
    """

    start: int
    end: int
    head: int
    text: str
    body: bool
    doubtful: bool
    small: bool
    in_headline: bool

    @cached_property
    def word(self) -> str:
        """The text, in small letters."""
        return self.text.lower()

    @cached_property
    def name(self) -> Name:
        """What the words say: a name, or a description in its place."""
        if self.members:
            return Name(self.text, "group")
        if self.small:  # "Study participants", where a sentence begins
            read = read_name(self.text[0].lower() + self.text[1:], body=self.body)
            return read if read.kind in NAMED_KINDS else read._replace(text=read.text[0].upper() + read.text[1:])
        return read_name(self.text, body=self.body, doubtful=self.doubtful)

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The names of several who speak as one."""
        return split_names(self.text, body=self.body)

    @cached_property
    def gender(self) -> str | None:
        """The pronoun that its words go with: "she" for "Mrs. Lee"."""
        return find_gender(self.text)

    @property
    def is_pronoun(self) -> bool:
        """Whether it is one word that means somebody only by what stands around it."""
        return self.word in PRONOUNS

    @property
    def is_name(self) -> bool:
        """Whether the words name somebody."""
        return not self.is_pronoun and self.name.kind in NAMED_KINDS


class Mentions:
    """The mentions of an article, and how likely each means the same as another.

    Attributes:
        all: In order: those that the tagger saw, and the names within them, `[Ann Lee] and [Bob Moe]`.
        sentences: First tokens of the sentences, in order; `sentence_starts` is the same as a set.
        by_head: By the head's token; of those with one head the shortest.
        full_names: Names of two words or more anywhere in the article, by their last word and their first.
        given_names: Common given names that stand before each word with a capital, also in a headline: "Hillary
            Clinton Goes After Trump".
        acronyms: What acronyms stand for, by their small letters: `Fund for Clean Water (FCW)`.
    """

    def __init__(self, doc: Doc) -> None:
        self._tokens = read_tokens(doc)
        self._texts = self._tokens.texts
        self._headlines = find_headlines(doc, self._texts)
        self.sentences = find_sentence_starts(doc)
        self.sentence_starts = frozenset(self.sentences.tolist())
        runs = find_runs(self._texts, self._tokens.blanks.tolist())
        runs = [run for run in runs if run[0] not in self._headlines]
        self._proper = {  # words with a capital where no sentence begins
            word
            for start, _ in runs
            if start not in self.sentence_starts
            for word in fold_name(self._texts[start])
        }
        self._small = {text for text in self._texts if text.islower()}
        self.full_names = self._find_full_names(runs)
        self.given_names = self._find_given_names()
        self.acronyms = self._find_acronyms(runs)
        spans = list(doc.spans.get(MENTIONS, ()))
        self._bodies, self._people = (
            {i for span in spans if span.label_ == kind for i in range(span.start, span.end)}
            for kind in ("org", "person")
        )
        attrs = doc.spans[MENTIONS].attrs if spans else {}
        self.all = self._read_spans(spans, attrs.get("heads", ()), runs)
        seen = {(mention.start, mention.end) for mention in self.all}
        sources = [self.read(span) for span in doc.spans.get(SOURCE, ()) if (span.start, span.end) not in seen]
        self.all += [source for source in sources if source.is_name]
        self.all += self._find_names_inside(runs)
        self.all += self._find_owned_bodies(runs) + self._find_titled(runs)
        self.all.sort(key=lambda mention: (mention.start, -mention.end))
        self._starts = [mention.start for mention in self.all]
        self.by_head: dict[int, Mention] = {}
        for mention in self.all:
            known = self.by_head.get(mention.head)
            if known is None or mention.end - mention.start < known.end - known.start:
                self.by_head[mention.head] = mention
        self._scores = self._read_scores(attrs.get("mates", ()))

    def _read_spans(self, spans: list[Span], heads: Sequence[int], runs: list[Run]) -> list[Mention]:
        """Read what the tagger saw, and the rest of a name where it saw a part: `New [York Times]`."""
        run_of = {i: run for run in runs for i in range(*run)}
        mentions = []
        for number, span in enumerate(spans):
            start = min(span.start, run_of.get(span.start, (span.start, 0))[0])
            run = run_of.get(span.end - 1, (0, 0))
            end = max(span.end, run[1] if span.label_ == "person" else self._find_rest(span.end, run_of))
            head = heads[number] if heads else self.find_head(span.start, span.end)
            mentions.append(self._read(start, end, head))
        return mentions

    def _find_rest(self, end: int, run_of: dict[int, Run]) -> int:
        """Find where the name of a body ends that the tagger cut: `Court of Appeals [for the Sixth Circuit]`."""
        texts = self._texts
        was_joined = texts[end - 1] in IN_BODIES
        joint = end - was_joined  # "for", or what may be it
        last = texts[joint - 1]
        goes_on = was_joined or (last in COURTS and texts[joint : joint + 1] == ["for"])
        of_body = last[:1].isupper() and last.lower() in load_titles().bodies
        goes_on = goes_on or (of_body and "".join(texts[joint : joint + 1]) in {"of", "on"})
        rest = joint + 1 + (texts[joint + 1 : joint + 2] == ["the"])
        return run_of[rest][1] if goes_on and rest in run_of and run_of[rest][0] == rest else end

    def _read_scores(self, windows: Sequence[Any]) -> dict[int, tuple[list[Mention], Floats1d]]:
        """Read the model's scores: by each head, the mentions near it, and the log probability of each."""
        found: dict[int, tuple[list[Mention], Floats1d]] = {}
        for rows, others, scores in windows:
            columns = [column for column, other in enumerate(others.tolist()) if other in self.by_head]
            near = [self.by_head[other] for other in others[columns].tolist()]
            heads = [row for row, token in enumerate(rows.tolist()) if token in self.by_head]
            chosen = scores[np.ix_(heads, columns)]
            found.update(zip(rows[heads].tolist(), ((near, one) for one in chosen), strict=True))
        return found

    def _find_full_names(self, runs: list[Run]) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for start, end in runs:
            words = fold_name(name := self._join(start, end)) if end > start + 1 else ()
            for key in {words[0], words[-1]} if len(words) > 1 else ():
                names.setdefault(key, []).append(name)
        return names

    def _find_given_names(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        known = load_given_names()
        for given, word in pairwise(self._texts):
            small = given.lower() in self._small or given.lower() in STOP_WORDS  # Will Lee Win?
            if given[:1].isupper() and word[:1].isupper() and given.lower() in known and not small:
                names.setdefault("".join(fold_name(word)), []).append(f"{given} {word}")
        return names

    def _find_acronyms(self, runs: list[Run]) -> dict[str, str]:
        """Find names whose initials are an acronym of the article; those before it in brackets go first."""
        texts = self._texts
        known: dict[str, str] = {}
        for at in [i for i, text in enumerate(texts) if ACRONYM.fullmatch(text)]:
            bracketed = 0 < at < len(texts) - 1 and texts[at - 1] == "(" and texts[at + 1] == ")"
            acronym = "".join(fold_name(texts[at]))
            for start in range(at - 2, max(-1, at - 2 - 2 * len(acronym)), -1) if bracketed else ():
                name = self._join(start, at - 1)
                if is_capital(texts[start]) and acronym in make_initials(name):
                    known[acronym] = name
            known.setdefault(acronym, "")
        for start, end in [*runs, *join_runs(texts, runs, IN_BODIES)] if "" in known.values() else ():
            name = self._join(start, end)
            for initials in make_initials(name) if end > start + 1 else ():
                if known.get(initials) == "":
                    known[initials] = name
        return {acronym: name for acronym, name in known.items() if name}

    def _find_names_inside(self, runs: list[Run]) -> list[Mention]:
        """Find the names in mentions that go by another name: `[Lee]'s lawyer`, `Ann Lee and [Bob Moe]`."""
        around: dict[int, Mention] = {}  # the shortest mention of a person around each token
        for mention in sorted(self.all, key=lambda mention: mention.start - mention.end):
            if mention.head in self._people:
                around.update(dict.fromkeys(range(mention.start, mention.end), mention))
        inside = []
        for start, end in runs:
            outer = around.get(end - 1)
            if outer is not None and (outer.start, outer.end) != (start, end):
                inner = self._read(start, end, end - 1)
                known = fold_name(outer.name.text)
                is_other = not known or bool(outer.members) or fold_name(inner.name.text)[-len(known) :] != known
                if inner.is_name and is_other:
                    inside.append(inner)
        return inside

    def _find_owned_bodies(self, runs: list[Run]) -> list[Mention]:
        """Find bodies under their owner's full name, where the tagger saw only the owner: `Ann Lee's campaign`."""
        texts, bodies = self._texts, load_titles().bodies
        heads = {mention.head for mention in self.all}
        found = []
        for start, end in runs:
            is_owner = start + 1 < end < len(texts) - 1 and texts[end] in POSSESSIVES
            if is_owner and texts[end + 1].lower() in bodies and end + 1 not in heads:
                found.append(self._read(start, end + 2, end + 1, body=True))
        return found

    def _find_titled(self, runs: list[Run]) -> list[Mention]:
        """Find people whom the tagger missed, but whose title stands before the name: `asked [President Lee]`."""
        seen = {i for mention in self.all for i in range(mention.start, mention.end)}
        titles = load_titles().titles | load_titles().honorifics
        missed = (run for run in runs if run[1] > run[0] + 1 and seen.isdisjoint(range(*run)))
        found = [self._read(start, end, end - 1) for start, end in missed if self._texts[start].lower() in titles]
        return [mention for mention in found if mention.name.kind == "person"]

    def _join(self, start: int, end: int) -> str:
        return self._tokens.join(start, end).rstrip(" ")

    def find_head(self, start: int, end: int) -> int:
        """Find the token that stands for a noun phrase."""
        return start + find_head(self._texts[start:end])

    def is_of_person(self, head: int) -> bool:
        """Say whether the tagger saw a person at a mention's head."""
        return head in self._people

    def is_proper(self, word: str) -> bool:
        """Say whether a folded word has a capital somewhere within a sentence, and nowhere none."""
        return word in self._proper and word not in self._small

    def list_between(self, low: int, high: int) -> list[Mention]:
        """List the mentions that begin at the tokens from `low` up to `high`, in order."""
        return self.all[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def list_mates(self, head: int) -> list[tuple[Mention, float]]:
        """List the mentions that may mean the same as the one with this head, with their probabilities."""
        near, scores = self._scores.get(head, ((), np.zeros(0, dtype=np.float32)))
        likely = np.flatnonzero(scores > MIN_MATE).tolist()
        return [(near[i], exp(scores[i])) for i in likely if near[i].head != head]

    def read(self, span: Span) -> Mention:
        """Read a source as a mention, whether or not the tagger saw one there."""
        return self._read(span.start, span.end, self.find_head(span.start, span.end))

    def _read(self, start: int, end: int, head: int, *, body: bool = False) -> Mention:
        body = body or (head in self._bodies and head not in self._people)
        tagged = head in self._bodies or head in self._people
        word = "".join(fold_name(self._texts[start]))
        known = word in self.full_names or word in self._proper
        text = self._join(start, self._find_apposition(end))
        first, *others = text.split()
        common = first.lower() in STOP_WORDS or first.lower() in self._small
        plural = first.endswith("s") and first.lower() not in load_given_names()
        doubtful = start in self.sentence_starts and not known and (not tagged or common or plural)
        doubtful = doubtful or (text.lower() in SURNAMES and not self._is_surname(text))  # Judge: ..., a headline
        small = doubtful and common and not any(map(is_capital, others))
        body = (body and not small) or self._is_spelled_out(text)
        body = body or (is_place(text) and not self._is_surname(text))
        if text.isupper() and self._is_surname(text):  # LEE, in a transcript, is Ann Lee
            text, body, doubtful = text.title(), False, False
        return Mention(start, end, head, text, body, doubtful, small, start in self._headlines)

    def _is_spelled_out(self, text: str) -> bool:
        """Say whether words are what an acronym in brackets stands for: `Fund for Clean Water (FCW)`."""
        known = self.acronyms.get("".join(word[0] for word in fold_name(text) if word), "")
        return len(known.split()) > 2 and text.endswith(known)

    def _is_surname(self, text: str) -> bool:
        """Say whether words are the end of a person's name that stands elsewhere in full, not in capitals."""
        words = fold_name(text)
        names = [name for name in self.full_names.get(words[-1], ()) if not name.isupper()] if words else []
        return any(read_name(name).kind == "person" and fold_name(name)[-len(words) :] == words for name in names)

    def _find_apposition(self, end: int) -> int:
        """Find where what is said of somebody after a comma ends: `Ann Lee[, the head of the board], left`."""
        texts = self._texts
        if end + 2 >= len(texts) or texts[end] != "," or texts[end + 1].lower() not in APPOSED:
            return end
        reach = range(end + 2, min(len(texts), end + MAX_APPOSITION))
        return next((i for i in reach if texts[i] in APPOSITION_ENDS or texts[i].isspace()), end)


def find_headlines(doc: Doc, texts: list[str]) -> set[int]:
    """Find the tokens of headlines: paragraphs in which most words have a capital, and nearly all long ones."""
    tokens: set[int] = set()
    for paragraph in doc.spans.get(PARAGRAPHS, ()):
        words = [word for word in texts[paragraph.start : paragraph.end] if word.isalpha()]
        long = [word for word in words if len(word) >= LONG]
        n_capital, n_long = (sum(word[0].isupper() for word in some) for some in (words, long))
        most = n_capital >= CAPITAL_SHARE * len(words) and n_long >= LONG_SHARE * len(long)
        if len(long) >= MIN_HEADLINE and most:
            tokens.update(range(paragraph.start, paragraph.end))
    return tokens
