"""Links: which source and which contents belong to a cue.

Source: attribution as relations of cue, source and content, Pareti 2012 (LREC); the weighing is ours.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import exp

from spacy.tokens import Span

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans, trim_words
from quotex.pipeline.notes import take_notes
from quotex.types import Range

NONE = -1  # in the place of a cue's source: it has none
NO_LINK = -12.0  # log probability of a link that the tagger did not keep
MIN_LINK = -6.0  # least score at which a source is a cue's

# What the model says of a link is not all: these were chosen on held-out training articles.
DISTANCE_COST = 0.02  # log probability a token between a source and its cue
SAME_PARAGRAPH = 4.0  # log probability; 99.3% of the contents of polnear_train stand in their cue's paragraph
SAME_SENTENCE = 2.0
MIN_FAR_LINK = -2.0  # log probability; least of a content's link to a cue in another paragraph
MAX_GAP = 2  # tokens between two pieces of a content that were cut apart by mistake
MIN_QUOTATION = 4  # tokens; fewer may be a name or a title
MIN_PIECE = 0.25  # probability, of the best piece's, of a piece beside it

LinkScores = dict[int, dict[int, float]]


def draft_quotes(quoted: QuotedSpans, key: str) -> list[Draft]:
    """Put each cue together with its source and its contents; one with neither reports nothing.

    Args:
        quoted: The marks that count.
        key: The span group of the roles.
    """
    doc = quoted.doc
    roles = list(doc.spans[key])
    links = take_notes(doc).links[key]
    probabilities = links.probabilities
    whole = join_cues(roles)
    cue_links = _by_first((number, whole.get(cue, cue), score) for number, cue, score in links.cue_links)
    source_links = _by_first((whole.get(cue, cue), source, score) for cue, source, score in links.source_links)
    cue_ends = {whole.get(number, number): role.end for number, role in enumerate(roles) if role.label_ == "cue"}
    contents = choose_cues(quoted, roles, cue_links)
    sources = choose_sources(roles, cue_links, source_links)
    drafts = []
    alone: dict[int, list[int]] = {
        cue: [] for cue, source in sources.items() if source != NONE and cue not in contents
    }
    for cue, parts in sorted({**contents, **alone}.items()):
        source = sources[cue]
        pieces = choose_pieces(quoted, roles, probabilities, parts, cue=roles[cue].start)
        linked = (probabilities[part] * exp(min(0.0, cue_links[part][cue])) for part in parts)
        sure = max(linked, default=probabilities[cue])
        if source != NONE:
            sure *= probabilities[source]
        drafts.append(
            Draft(
                pieces=pieces,
                cue=[trim_words(doc, roles[cue].start, cue_ends[cue])],
                source=[] if source == NONE else [trim_words(doc, roles[source].start, roles[source].end)],
                confidence=sure,
            )
        )
    return drafts


def join_cues(roles: list[Span]) -> dict[int, int]:
    """Give each cue that directly follows another the first of them: `Ann [last week] [told] the men` has one."""
    whole: dict[int, int] = {}
    for number, (before, role) in enumerate(pairwise(roles), start=1):
        if before.label_ == role.label_ == "cue" and before.end == role.start:
            whole[number] = whole.get(number - 1, number - 1)
    return whole


def _by_first(links: Iterable[tuple[int, int, float]]) -> LinkScores:
    scores: LinkScores = defaultdict(dict)
    for number, other, score in links:
        scores[number][other] = max(score, scores[number].get(other, score))
    return scores


def choose_cues(quoted: QuotedSpans, roles: list[Span], links: LinkScores) -> dict[int, list[int]]:
    """Give each content to the cue that it is most likely of: cue -> contents in order."""
    places = [quoted.find_paragraph(role.start) for role in roles]
    sentences = [quoted.find_sentence(role.start) for role in roles]
    chosen: dict[int, list[int]] = defaultdict(list)
    for number, role in enumerate(roles):
        scores = {
            cue: (
                score
                + SAME_PARAGRAPH * (places[cue] == places[number])
                + SAME_SENTENCE * (sentences[cue] == sentences[number]),
                -_find_gap(roles[cue], role),
            )
            for cue, score in links[number].items()
            if places[cue] == places[number] or score > MIN_FAR_LINK
        }
        if role.label_ == "content" and scores:
            chosen[max(scores, key=lambda cue: scores[cue])].append(number)
    return {cue: leave_out_earlier(quoted, roles, places, cue, parts) for cue, parts in chosen.items()}


def leave_out_earlier(
    quoted: QuotedSpans, roles: list[Span], places: Sequence[int], cue: int, parts: list[int]
) -> list[int]:
    """Leave out of what a cue reports, where that stands beside it, what had ended in a paragraph before.

    "“We heard nothing.” ¶ The union said it was late": not the union's. "“A. ¶ “B,” she said": hers, it goes on.
    `places` are the paragraphs of the roles.
    """
    beside = [part for part in parts if places[part] == places[cue]]
    going_on = {chain for part in beside for chain in _find_chains(quoted, roles[part])}
    return [
        part
        for part in parts
        if not beside or places[part] >= places[cue] or going_on & _find_chains(quoted, roles[part])
    ]


def _find_chains(quoted: QuotedSpans, role: Span) -> set[int]:
    """Find the quotations, over all their paragraphs, that a content is of."""
    return {quoted.spans[number].chain for number in quoted.find_overlapping(role.start, role.end)}


def choose_sources(roles: list[Span], cue_links: LinkScores, source_links: LinkScores) -> dict[int, int]:
    """Give each cue one source or NONE.

    The surest pairs come first, and each source has one cue; then a cue that is left may share one: "Ann said it
    was late and added that the bus had gone".
    """
    pairs = []
    for cue, scores in source_links.items():
        for source, score in scores.items():
            if source != NONE:
                total = (
                    score
                    + cue_links[source].get(cue, NO_LINK)
                    - DISTANCE_COST * _find_gap(roles[cue], roles[source])
                )
                pairs.append((total, cue, source))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for total, cue, source in sorted(pairs, reverse=True):
        if total > MIN_LINK and cue not in chosen and source not in taken:
            chosen[cue] = source
            taken.add(source)
    for cue, scores in source_links.items():
        if cue not in chosen:
            best = max(scores, key=lambda source: scores[source])
            chosen[cue] = best if scores[best] > MIN_LINK else NONE
    return defaultdict(lambda: NONE, chosen)


def choose_pieces(
    quoted: QuotedSpans, roles: list[Span], probabilities: Sequence[float], parts: list[int], *, cue: int
) -> list[Range]:
    """Join the pieces of a content that were cut apart, and leave out those that are hardly there.

    A piece with a quotation in it is there; only where it ends may have been in doubt, which the marks tell.
    """
    pieces: list[tuple[int, int, float]] = []
    for part in parts:
        start, end, sure = roles[part].start, roles[part].end, probabilities[part]
        between = list(roles[part].doc[pieces[-1][1] : start]) if pieces else []
        apart = any(token.is_quote or token.is_space or token.i == cue for token in between)
        if pieces and len(between) <= MAX_GAP and not apart:
            first, _, before = pieces.pop()
            start, sure = first, max(before, sure)
        pieces.append((start, end, sure))
    least = MIN_PIECE * max((sure for _, _, sure in pieces), default=0.0)
    return [(start, end) for start, end, sure in pieces if sure >= least or _holds_quotation(quoted, start, end)]


def _holds_quotation(quoted: QuotedSpans, start: int, end: int) -> bool:
    spans = (quoted.spans[number] for number in quoted.find_overlapping(start, end))
    return any(len(span) >= MIN_QUOTATION and start <= span.start and span.end <= end for span in spans)


def _find_gap(one: Span, other: Span) -> int:
    """Count the tokens between the first tokens of two spans."""
    return abs(one.start - other.start)
