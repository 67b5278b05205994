"""Tokens of a text, cut so that every piece of a quote begins and ends with one."""

from itertools import pairwise

from spacy.tokens import Doc

from quotex.convert.parts import list_pieces
from quotex.extraction import run_stages
from quotex.types import PARAGRAPHS, Article, Range


def cut_tokens(article: Article) -> tuple[Doc, list[Range]]:
    """Cut a text into tokens, and say where the sentences begin and end.

    Returns:
        A Doc with the text, all edges of pieces at those of tokens, and the paragraphs as spans; and the ranges of
        its sentences, in characters.
    """
    found = run_stages(article.text, "quotex_segment")
    sentences = [(sentence.start_char, sentence.end_char) for sentence in found.sents] if article.text else []
    paragraphs = [(one.start_char, one.end_char) for one in found.spans[PARAGRAPHS]]
    doc = cut_at(found, *list_edges(article))
    spans = (doc.char_span(start, end) for start, end in paragraphs)
    doc.spans[PARAGRAPHS] = [span for span in spans if span is not None]
    return doc, sentences


def list_edges(article: Article) -> tuple[set[int], set[int]]:
    """List where pieces begin, and where they end."""
    spans = [span for quote in article.quotes for pieces in list_pieces(quote).values() for span in pieces]
    return {span.start for span in spans}, {span.end for span in spans}


def cut_at(doc: Doc, starts: set[int], ends: set[int]) -> Doc:
    """Make a Doc whose tokens begin and end at these places, too; a blank there may be a token of its own."""
    words: list[str] = []
    spaces: list[bool] = []
    places = starts | ends
    for token in doc:
        start, end = token.idx, token.idx + len(token)
        cuts = [start, *(place for place in range(start + 1, end) if place in places), end]
        words += [token.text[a - start : b - start] for a, b in pairwise(cuts)]
        is_own = bool(token.whitespace_) and (end in starts or end + 1 in ends)
        spaces += [False] * (len(cuts) - 2) + [bool(token.whitespace_) and not is_own]
        if is_own:
            words.append(" ")
            spaces.append(False)
    return Doc(doc.vocab, words=words, spaces=spaces)
