"""Posts: what a page shows as it was posted, above the name, the handle and mostly the day.

    The bridge was never safe. — Ann Lee (@annlee) May 23, 2018

All of it was said, with marks or without; what somebody is said in it to have said stands within it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from quotex.pipeline.attribute.drafts import Draft
from quotex.pipeline.attribute.edges import QuotedSpans
from quotex.pipeline.tokens import make_span
from quotex.text.paragraphs import trim

POST_CONFIDENCE = 0.9  # 86 of the 98 posts in readings held out were right
DAY = r"(?:[A-Z][a-z]+\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]+\.?,? \d{4})"
SIGNATURE = re.compile(rf"(?P<sign>[—–―]|--?)\s*(?P<source>[^—–―\n()]{{1,60}} \(@\w{{1,30}}\))(?:[ ,]*{DAY}|$)")


def add_posts(quoted: QuotedSpans, drafts: list[Draft]) -> list[Draft]:
    """Give each post to the name below it, instead of what was made of it."""
    posts = list(find_posts(quoted))
    if not posts:
        return drafts
    firsts = [post.pieces[0][0] for post in posts]

    def find(token: int) -> Draft | None:
        """Find the post that a token stands in, its signature included."""
        post = posts[bisect_right(firsts, token) - 1] if token >= firsts[0] else None
        return post if post and token < post.source[0][1] else None

    for draft in drafts:
        around = {find(start) for start, _ in draft.cue} | {None}
        draft.pieces = [piece for piece in draft.pieces if find(piece[0]) in around]
    return [*(draft for draft in drafts if draft.pieces), *posts]


def find_posts(quoted: QuotedSpans) -> Iterator[Draft]:
    """Find the posts of a text: what stands in a paragraph before a signature, or in the one before it."""
    index, last = quoted.index, 0
    for place, paragraph in enumerate(quoted.paragraphs):
        start, end = index.find_place(*paragraph)
        begin = start
        for signed in SIGNATURE.finditer(index.text[start:end]):
            body = trim(index.text, begin, start + signed.start())
            if body[0] >= body[1] and place:
                body = index.find_place(*quoted.paragraphs[place - 1])
            begin = start + signed.end()
            if max(last, body[0]) < body[1]:
                said, sign, source = (
                    make_span(quoted.doc, *chars)
                    for chars in (
                        body,
                        *((start + signed.start(part), start + signed.end(part)) for part in ("sign", "source")),
                    )
                )
                yield Draft(
                    [(said.start, said.end)],
                    [(sign.start, sign.end)],
                    [(source.start, source.end)],
                    POST_CONFIDENCE,
                    spoken=True,
                )
            last = begin
