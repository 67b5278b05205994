"""Marks: pair the quotation marks of an article, with no learning in it.

Two questions are asked of each mark. What may it be, by the characters on either side of it: an opening, a
closing, either, or no quotation mark at all (an apostrophe, inches)? And what is it, given the marks that are
still open? Pairing starts afresh in every paragraph, so a stray mark spoils nothing after it; only a quotation
still open at a paragraph's end goes on in the next, where its mark is repeated at the start of that, or where the
next mark of its family, within a few paragraphs, is one that closes.

Source: the conventions of printing, as The Chicago Manual of Style has them for quotations of several paragraphs
and for quotations within quotations; what is done about marks that are missing is ours.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import SupportsIndex

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from quotex.pipeline.notes import require, take_index
from quotex.pipeline.tokens import make_span, read_sentence_starts, set_sentence_starts, split_tokens
from quotex.text.invisible import JOINERS, WITHOUT_WIDTH
from quotex.text.marks import APOSTROPHES, CLOSING, FAMILIES, MARK, MAY_CLOSE, OPENING, SENTENCE_ENDS, Family
from quotex.text.paragraphs import find_paragraphs, trim
from quotex.types import MARKS, QUOTED

# 5'11", 6′ 2″, 40°26'46": what looks like marks are units. `'n'` is "and".
NO_MARKS = re.compile(
    r"\d['’]\s?\d{1,2}(?:[.½¼¾]\d*)?(?:[\"”“]|'')"
    r"|\d°\s?\d+['’](?:\s?\d+(?:\.\d+)?(?:[\"”“]|''))?"
    r"|(?<=\d)\s?(?:[\"”]|'')(?=\s?[x×]\s?\d)"
    rf"|\b[{APOSTROPHES}]n[{APOSTROPHES}]\b|(?<=\s)[{APOSTROPHES}]n[{APOSTROPHES}](?=\s)"
)
# Words that begin with an apostrophe: they open nothing.
ELISION = re.compile(
    rf"(?<=\w\s)[{APOSTROPHES}]\d\d\b|[{APOSTROPHES}](?:\d0s\b|(?:em|tis|twas|twere|twill|twould|til|till|cause|cuz|coz|bout|round|neath|gainst|nother|"
    r"nuff|fore|fraid|ere|im|er|ome|ave|igh|n|s|re|ve|ll|d|m|t)(?![\w-]))"
)
# Words that end with one: a closing mark is looked for further on. "workers'", "talkin'", "ol'", 6'.
CLIPPED = re.compile(r"(?:[sSzx\d]|\w\win|\b(?:an|d|lil|li'l|mo|o|ol|po|th|wi|y|yo))$")

SINGLE_ENDING = re.compile(r"[,.?!…]['’](?=\s|$)|['’][,.](?=\s|$)")  # of a quotation, outside double marks
BEFORE_OPENING = frozenset("([{<—–―-/…¡¿*_|=>~")  # besides white space and the paragraph's start
NOT_AFTER_OPENING = frozenset(",;:!?)]}")  # before these is a gap as well
AFTER_CLOSING = frozenset(".,;:!?)]}>…—–―-/*_|=~")  # besides white space and the paragraph's end
BEFORE_CLOSING = frozenset(".,!?…;:—–-)]%")  # what a quotation ends with
UNSEEN = WITHOUT_WIDTH | JOINERS
# What a mark may do, by what stands to its left and then to its right: a gap, a sign that quotations may touch on
# either side, or a word. Where it is the same on both sides, its place does not tell.
PLACES: Mapping[str, Mapping[str, str]] = {
    "gap": {"gap": "", "sign": "opens", "word": "opens"},
    "sign": {"gap": "closes", "sign": "opens closes", "word": "opens"},
    "word": {"gap": "closes", "sign": "closes", "word": ""},
}
# Outside British texts, what may end in an apostrophe is quoted when it is short: 'big bellies'.
MAX_PHRASE = 25  # characters
MAX_GAP = 50  # characters of white space between a mark and the end of the sentence before it
LOOKAHEAD = 200  # marks; keeps a line of fifty thousand apostrophes linear
MAX_RUN_ON = 8  # paragraphs in which a quotation that is not closed looks for its closing mark


@dataclass(frozen=True, slots=True)
class Mark:
    """One character (or two) that may be a quotation mark.

    Attributes:
        start: Offset of the mark.
        end: Offset after the mark.
        text: The mark itself.
        family: Marks of one family may close each other.
        opens: By its neighbours it may open a quotation.
        closes: By its neighbours it may close one.
        ends_phrase: It stands where quotations end: beside punctuation or at the paragraph's end.
        doubtful: It may as well be something else: inches, a plural's apostrophe.
    """

    start: int
    end: int
    text: str
    family: Family
    opens: bool
    closes: bool
    ends_phrase: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """What one pair of marks encloses; of a quotation over several paragraphs, the part in one of them.

    Attributes:
        start: Offset of the first character inside the marks.
        end: Offset after the last character inside.
        opening: Range of the opening mark; empty where a quotation goes on without one in this paragraph.
        closing: Range of the closing mark; empty where there is none in this paragraph.
        depth: 0 for the outermost, 1 for a quotation inside a quotation, and so on.
        chain: The parts of one quotation have the same number, in order of appearance from 0.
        closed: False when the quotation is never closed.
    """

    start: int
    end: int
    opening: tuple[int, int]
    closing: tuple[int, int]
    depth: int
    chain: int
    closed: bool


def find_quoted_spans(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[QuotedSpan]:
    """Pair the marks of a text.

    Args:
        text: The article.
        paragraphs: Half-open ranges in order, as `find_paragraphs` gives them.

    Returns:
        Quoted spans by opening mark; they nest and never cross.

    >>> [span.start for span in find_quoted_spans("“Yes,” he said.", [(0, 15)])]
    [1]
    """
    british = is_british(text)
    pairings: list[_Pairing] = []
    carried: list[_Pair] = []
    running: tuple[_Pair, int] | None = None
    for number, (start, end) in enumerate(paragraphs):
        pairing = _Pairing(find_marks(text, start, end), start, end, british=british)
        if running:
            pairing.run_on(*running)
        pairing.reopen(carried)
        pairing.run()
        pairings.append(pairing)
        still_open = pairing.list_open(text)
        carried = _find_reopened(text, still_open, paragraphs[number + 1 : number + 2])
        following = () if carried else paragraphs[number + 1 : number + 1 + MAX_RUN_ON]
        running = _find_run_on(text, still_open, following, british=british)
    for pairing in reversed(pairings):
        ended = [pair for pair in pairing.stack if pair.child is None or not pair.child.kept]
        keep = {pair: _is_quotation(text, pair, pairing.start, british=british) for pair in ended}
        pairing.settle(keep)
    return _to_spans(text, [pair for pairing in pairings for pair in pairing.opened if pair.kept])


def find_outermost(text: str) -> list[tuple[int, int]]:
    """Find what stands inside the outermost quotation marks of a text, in order.

    >>> find_outermost("“Yes,” he said: “She told me ‘No.’”")
    [(1, 5), (17, 34)]
    """
    spans = find_quoted_spans(text, find_paragraphs(text))
    return [(span.start, span.end) for span in spans if span.depth == 0]


def is_british(text: str) -> bool:
    """Say whether a text has single marks where others have double ones.

    >>> is_british("‘It’s late,’ Ann said."), is_british("“It’s late,” Ann said.")
    (True, False)
    """
    n_double = sum(FAMILIES[match.group()] == "double" for match in MARK.finditer(text))
    return 2 * len(SINGLE_ENDING.findall(text)) > n_double


def find_marks(text: str, start: int, end: int) -> list[Mark]:
    """Find what may be quotation marks in one paragraph, and what each may do there."""
    excluded: set[int] = set()
    for match in NO_MARKS.finditer(text, start, end):
        excluded.update(range(*match.span()))
    found = [
        match
        for match in MARK.finditer(text, start, end)
        if match.start() not in excluded and not _is_apostrophe(text, match, start, end)
    ]
    lefts = _find_beside(text, [(match.start() - 1, match.end() - 1) for match in found], start - 1, -1)
    rights = _find_beside(text, [(match.end(), match.start()) for match in reversed(found)], end, 1)
    return [
        _judge(text, match, left, right, start, end)
        for match, left, right in zip(found, lefts, reversed(rights), strict=True)
    ]


def _find_beside(text: str, marks: Iterable[tuple[int, int]], end: int, step: int) -> list[int]:
    """Find what stands beside each mark, past those that it touches; `marks` in the order opposite to `step`.

    Args:
        text: The article.
        marks: For each the offset to begin at, and that of its own which the mark on the other side comes upon.
        end: The first offset that is not in the paragraph any more.
        step: 1 to the right, -1 to the left.
    """
    beside: list[int] = []
    reached = end
    for at, own in marks:
        while at not in (reached, end) and text[at] in UNSEEN:
            at += step
        beside.append(beside[-1] if beside and at == reached else at)
        reached = own
    return beside


def _is_apostrophe(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Say whether a mark stands inside a word: "don't", "O’Neill", or before an 's that follows a mark."""
    if match.group() not in APOSTROPHES:
        return False
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    if before.isalnum() and after.isalnum():
        return True
    # the “Post”’s view
    closed = before in MAY_CLOSE and before not in APOSTROPHES
    return closed and re.match(r"s\b", text[match.end() : match.end() + 2]) is not None


def _judge(text: str, match: re.Match[str], left: int, right: int, start: int, end: int) -> Mark:
    """Say what a mark may be by what stands on either side of it and of the marks that it touches."""
    before = text[left] if left >= start else ""
    after = text[right] if right < end else ""
    family = FAMILIES[match.group()]
    may = PLACES[_find_side(before, BEFORE_OPENING)][_find_side(after, AFTER_CLOSING, NOT_AFTER_OPENING)]
    opens, closes = "opens" in may, "closes" in may
    if family == "single":
        opens = opens and (after.isalnum() or after in "…[($£€.") and not ELISION.match(text, match.start(), end)
        closes = closes or (not may and after.isalnum() and before in ",.!?")  # 'Yes,'he said
    elif not may:  # `He said:"Yes"` may open, `"Yes,"he said` may close, and so may « marks set off by spaces »
        opens, closes = not before.isdigit(), True
    ends_phrase = closes and (not after or before in BEFORE_CLOSING or after in ".,;:!?…)]—–")
    clipped = family == "single" and not ends_phrase and CLIPPED.search(text, max(start, left - 8), left + 1)
    inches = family == "double" and before.isdigit()
    doubtful = closes and bool(clipped or inches)
    return Mark(match.start(), match.end(), match.group(), family, opens, closes, ends_phrase, doubtful)


def _find_side(char: str, signs: Collection[str], gaps: Collection[str] = ()) -> str:
    """Tell what stands beside a mark, for PLACES; nothing, where the paragraph ends, is a gap, too."""
    if not char or char.isspace() or char in gaps:
        return "gap"
    return "sign" if char in signs else "word"


@dataclass(slots=True, eq=False)
class _Pair:
    """A quotation being paired, in one paragraph.

    Attributes:
        mark: The mark that opens it here.
        style: The mark that opened it in its first paragraph.
        depth: How many quotations are open around it.
        end: Where it ends; the paragraph's end until it is closed.
        parent: The part in the paragraph before, which this one continues.
        child: The part in the next paragraph, which continues this one.
        closing: The mark that closes it.
        closer_at: Of a single quotation, the number of the mark that will close it; -1 for none.
        kept: False when it turned out to be no quotation.
    """

    mark: Mark
    style: str
    depth: int
    end: int
    parent: "_Pair | None" = None
    child: "_Pair | None" = None
    closing: Mark | None = None
    closer_at: int = -1
    kept: bool = True


class _Stack(list[_Pair]):
    """The quotations that are open, the innermost last; `of` has those of each family."""

    def __init__(self) -> None:
        super().__init__()
        self.of: defaultdict[Family, list[_Pair]] = defaultdict(list)

    def append(self, pair: _Pair) -> None:
        super().append(pair)
        self.of[pair.mark.family].append(pair)

    def pop(self, at: SupportsIndex = -1) -> _Pair:
        pair = super().pop(at)
        self.of[pair.mark.family].remove(pair) if at != -1 else self.of[pair.mark.family].pop()
        return pair


class _Pairing:
    """The pairing of one paragraph: the stack of what is open, and all that was opened."""

    def __init__(self, marks: list[Mark], start: int, end: int, *, british: bool) -> None:
        self.marks = marks
        self.british = british
        self.start = start
        self.end = end
        self.stack = _Stack()
        self.opened: list[_Pair] = []
        self.at = 0  # the mark to look at next

    def reopen(self, carried: list[_Pair]) -> None:
        """Let the first marks of the paragraph go on with the quotations open at the end of the last."""
        for parent in carried:
            self._open(self.marks[self.at], parent=parent)
            self.at += 1

    def run_on(self, parent: _Pair, closer: int) -> None:
        """Let the paragraph go on with a quotation though no mark says so; `closer` is the mark that closes it."""
        nothing = Mark(self.start, self.start, "", parent.mark.family, True, False, False, False)
        pair = _Pair(nothing, parent.style, 0, self.end, parent)
        parent.child = pair
        pair.closer_at = closer if parent.mark.family == "single" else -1
        self.stack.append(pair)
        self.opened.append(pair)

    def run(self) -> None:
        """Decide every mark from left to right."""
        while self.at < len(self.marks):
            mark = self.marks[self.at]
            if mark.family == "single":
                self._take_single(mark)
            else:
                self._take(mark)
            self.at += 1
        self._nest()

    def list_open(self, text: str) -> list[_Pair]:
        """List the quotations that may go on in the next paragraph.

        `"We left. "It was late."`: the mark between two sentences begins the first quotation anew, and ends it.
        """
        ended: set[Family] = set()
        for pair in reversed(self.opened):
            before = text[max(self.start, pair.mark.start - MAX_GAP) : pair.mark.start].rstrip()[-1:]
            if pair.closing and pair.mark.family != "single" and before in SENTENCE_ENDS:
                ended.add(pair.mark.family)
            elif pair.closing is None:
                break
        return [pair for pair in self.stack if pair.mark.family not in ended]

    def settle(self, keep: dict[_Pair, bool]) -> None:
        """End the quotations that are never closed, or drop those that are none at all.

        `"Yes, he said. "No," she said.`: the first ends where the second, which stands right in it, begins.
        """
        for pair in keep:
            pair.kept = keep[pair]
        self._nest()
        around: _Pair | None = None
        for pair in self.opened:
            if around and pair.kept and pair.mark.family == around.mark.family and pair.depth == around.depth + 1:
                around.end = pair.mark.start
                around = None
            if pair.kept and pair.closing is None:
                around = pair if pair in keep else None
        self._nest()

    def _nest(self) -> None:
        """Count how many of the quotations that are kept stand around each."""
        around: list[_Pair] = []
        for pair in self.opened:
            while around and around[-1].end <= pair.mark.start:
                around.pop()
            pair.depth = len(around)
            if pair.kept:
                around.append(pair)

    def _open(self, mark: Mark, parent: _Pair | None = None) -> None:
        style = parent.style if parent else mark.text
        pair = _Pair(mark, style, len(self.stack), self.end, parent)
        if parent:
            parent.child = pair
        if mark.family == "single":
            pair.closer_at = self._find_single_closer()
        self.stack.append(pair)
        self.opened.append(pair)

    def _close(self, pair: _Pair, mark: Mark) -> None:
        """Close a quotation; what was opened inside it and is not closed was no quotation."""
        while (last := self.stack.pop()) is not pair:
            last.kept = False
        pair.closing, pair.end = mark, mark.start

    def _take(self, mark: Mark) -> None:
        """Open or close with a double mark or guillemet; a mark that can do neither is a stray one."""
        pair = next(reversed(self.stack.of[mark.family]), None)
        if pair is None:
            if mark.opens and (not mark.closes or self._would_open(mark)):
                self._open(mark)
        elif self._is_unit(mark):
            pass
        elif _may_close(pair, mark):
            self._close(pair, mark)
        elif mark.opens:
            self._open(mark)

    def _take_single(self, mark: Mark) -> None:
        """Close the single quotation that this mark was found to close, or open one."""
        single = self.stack.of["single"]
        pair = next((pair for pair in reversed(single) if pair.closer_at == self.at), None)
        if pair is not None:
            self._close(pair, mark)
        elif mark.opens and (self._find_single_closer() >= 0 or self._is_last_opener(mark)):
            self._open(mark)

    def _find_single_closer(self) -> int:
        """Find the number of the mark that closes a single quotation opened here, past apostrophes; or -1."""
        inside_double = bool(self.stack.of["double"])
        n_double = 0
        second_best = -1
        for at in range(self.at + 1, min(self.at + LOOKAHEAD, len(self.marks))):
            mark = self.marks[at]
            if mark.family == "double":
                n_double += -1 if mark.closes else 1
                if inside_double and n_double < 0:
                    break  # the quotation around this one ends here
            elif mark.family == "single" and mark.closes:
                if not mark.doubtful:
                    return at
                if second_best < 0 and (self.british or mark.start - self.marks[self.at].end <= MAX_PHRASE):
                    second_best = at
            elif mark.family == "single" and mark.opens:
                break
        return second_best

    def _is_last_opener(self, mark: Mark) -> bool:
        """Say whether a single mark without a second may begin a quotation that runs on past the paragraph."""
        later = self.marks[self.at + 1 : self.at + LOOKAHEAD]
        return mark.text != "’" and not any(m.opens and m.family == "single" for m in later)

    def _would_open(self, mark: Mark) -> bool:
        """Say whether a mark that may do both opens: « by its shape, " when a mark that may close it follows."""
        if mark.text in OPENING or mark.text in CLOSING:
            return mark.text in OPENING
        return any(m.closes and m.family == mark.family for m in self.marks[self.at + 1 : self.at + LOOKAHEAD])

    def _is_unit(self, mark: Mark) -> bool:
        """Say whether a mark after a digit means inches: another closing mark follows before anything opens.

        "The board is 6" wide," he said.
        """
        if not mark.doubtful or mark.ends_phrase:
            return False
        later = (m for m in self.marks[self.at + 1 : self.at + LOOKAHEAD] if m.family == "double")
        following = next(later, None)
        return following is not None and following.closes and not following.opens


def _may_close(pair: _Pair, mark: Mark) -> bool:
    """Say whether a mark closes the innermost open quotation of its family, by its shape, then by its place."""
    if mark.text in CLOSING and pair.style not in CLOSING:
        return True  # “Yes ”he said
    if mark.family != "double" and mark.text != pair.style:
        return True  # «French» and »German«
    if mark.text in OPENING and mark.text == pair.style and mark.opens:
        return False  # “He said:“No””
    return mark.closes  # ”Swedish” and »Finnish» close with the mark that opens


def _find_reopened(text: str, stack: list[_Pair], following: Sequence[tuple[int, int]]) -> list[_Pair]:
    """Find which of the quotations open at a paragraph's end the following one, if any, begins with."""
    reopened: list[_Pair] = []
    for start, end in following:
        marks = find_marks(text, start, end)
        for pair in stack:
            mark = marks[len(reopened)] if len(reopened) < len(marks) else None
            if mark and mark.start == start and mark.opens and mark.family == pair.mark.family:
                reopened.append(pair)
                start = mark.end
            elif pair.mark.family != "single":
                break  # an unpaired single mark may have been an apostrophe
    return reopened


def _find_run_on(
    text: str, stack: list[_Pair], following: Sequence[tuple[int, int]], *, british: bool
) -> tuple[_Pair, int] | None:
    """Find the quotation that is still open and is closed in a later paragraph, before another is opened.

    With it comes the number, in the next paragraph, of the mark that closes it there; -1 where none does.
    """
    pair = stack[0] if stack else None
    if pair is None or (pair.mark.family == "single" and not british):
        return None
    for place, (start, end) in enumerate(following):
        for number, mark in enumerate(find_marks(text, start, end)):
            if mark.family != pair.mark.family or mark.doubtful:
                continue
            closes = mark.closes and not (mark.opens and mark.text not in CLOSING)
            if closes and (mark.ends_phrase or mark.family != "single"):
                return pair, number if place == 0 else -1
            if mark.opens:
                return None
    return None


def _is_quotation(text: str, pair: _Pair, start: int, *, british: bool) -> bool:
    """Say whether a mark that is never closed opened a quotation at all."""
    mark = pair.mark
    if mark.family == "double":
        return True
    if pair.depth > 0:
        return False
    if mark.family == "single":
        before = text[start : mark.start].rstrip()
        begins = (not before or before[-1] in ",:") and text[mark.end].isupper()
        return british and (begins or pair.parent is not None)
    return pair.style in OPENING  # » at the start of a line is a bullet


def _to_spans(text: str, pairs: list[_Pair]) -> list[QuotedSpan]:
    """Number the chains and trim the white space inside the marks; what holds nothing is no quotation."""
    chains: dict[_Pair, int] = {}
    closed: dict[int, bool] = {}
    for pair in pairs:
        chains[pair] = chains[pair.parent] if pair.parent in chains else len(closed)
        closed[chains[pair]] = pair.closing is not None
    spans = []
    for pair, chain in chains.items():
        start, end = trim(text, pair.mark.end, pair.end)
        if start < end:
            opening = (pair.mark.start, pair.mark.end)
            closing = (pair.closing.start, pair.closing.end) if pair.closing else (end, end)
            spans.append(QuotedSpan(start, end, opening, closing, pair.depth, chain, closed[chain]))
    return sorted(spans, key=lambda span: span.opening)


@Language.factory("quotex_marks", requires=["doc.spans"], assigns=["doc.spans", "token.is_sent_start"])
def make_mark_pairer(nlp: Language, name: str) -> "MarkPairer":
    """Build the component that pairs the quotation marks."""
    return MarkPairer()


class MarkPairer:
    """Reads span group PARAGRAPHS; writes QUOTED and MARKS, and joins the sentences inside a quotation.

    A span of QUOTED is what a pair of marks encloses in one paragraph. Its `id_` is the number of the quotation
    (parts in several paragraphs share it), its `kb_id_` the depth, its label "closed", or "unclosed" where the
    closing mark is missing. A span of MARKS is one mark, labelled "open" or "close", with the same two ids.
    """

    def __call__(self, doc: Doc) -> Doc:
        """Pair the marks of one Doc."""
        require(doc, "quotex_marks", "quotex_segment")
        index = take_index(doc)
        quoted = find_quoted_spans(index.text, [index.find_place(*paragraph) for paragraph in index.paragraphs])
        edges = {edge for one in quoted for edge in (one.start, one.end, *one.opening, *one.closing)}
        doc = split_tokens(doc, index.tokens, edges)
        doc.spans[QUOTED] = [
            make_span(doc, q.start, q.end, "closed" if q.closed else "unclosed", q.chain, q.depth) for q in quoted
        ]
        marks = [(*q.opening, "open", q.chain, q.depth) for q in quoted if q.opening[0] < q.opening[1]]
        marks += [(*q.closing, "close", q.chain, q.depth) for q in quoted if q.closing[0] < q.closing[1]]
        doc.spans[MARKS] = [make_span(doc, *mark) for mark in sorted(marks)]
        begins = np.zeros(len(doc) + 1, dtype=bool)
        begins[read_sentence_starts(doc)] = True
        for span in doc.spans[QUOTED]:
            begins[span.start + 1 : span.end + 1] = False
        set_sentence_starts(doc, np.flatnonzero(begins[:-1]))
        return doc
