"""One article as HTML: its text with the quotes marked in it, and who speaks there."""

from collections.abc import Iterator, Mapping, Sequence

from quotex.text.marks import MARK_LETTERS
from quotex.text.paragraphs import find_paragraphs
from quotex.text.printable import count
from quotex.types import Article, Quote, Role, Speaker
from quotex.write.html.badges import Badge, find_badge, number_speakers, shorten_name
from quotex.write.html.markup import Html, join_html, make_element, make_name, make_text
from quotex.write.html.segments import Cover, Segment, cut_segments, find_covers

REPORTING: tuple[Role, ...] = ("cue", "source")
MAX_HEADLINE = 140  # characters


def render_article(
    article: Article, *, number: int = 1, badges: Mapping[str, Badge] | None = None, title: str = ""
) -> Html:
    """Render an article: heading, marked text, list of its speakers.

    Args:
        article: What was extracted.
        number: Of the article on the page; its quotes have the ids `a1-q1`, `a1-q2`, ...
        badges: By the ids of the article's speakers; None numbers them as they stand there.
        title: The heading; the id of the article if empty.
    """
    badges = number_speakers(article) if badges is None else badges
    key = f"a{number}"
    voices = dict.fromkeys(find_badge(quote, badges).number for quote in article.quotes)
    return make_element(
        "article",
        render_heading(article, key, title or article.id),
        make_element("div", *render_text(article, key, badges), class_="text"),
        render_cast(article, key, badges),
        id=key,
        class_="article",
        aria_labelledby=f"{key}-title",
        data_voices=" ".join(map(str, voices)),
    )


def render_heading(article: Article, key: str, title: str) -> Html:
    """Render what stands above the text."""
    n_speakers = len({quote.speaker.id for quote in article.quotes if quote.speaker})
    facts = f"{count(len(article.quotes), 'quote')}, {count(n_speakers, 'speaker')}"
    link = make_element("a", make_name(title), href=f"#{key}")
    return make_element(
        "header",
        make_element("h2", link, id=f"{key}-title"),
        make_element("p", facts if article.quotes else "No quotes found.", class_="facts"),
    )


def render_text(article: Article, key: str, badges: Mapping[str, Badge]) -> Iterator[Html]:
    """Render the paragraphs, and as it is the white space between them; every character of the text is there."""
    covers = find_covers(article.text, article.quotes)
    labels = sorted(
        (cover for cover in covers if cover.role == "content"),
        key=lambda cover: (cover.label_at, -cover.end, cover.quote.id),
        reverse=True,
    )
    done = 0
    paragraphs = find_paragraphs(article.text)
    headline = find_headline(article.text, paragraphs)
    for start, end in paragraphs:
        yield make_text(article.text[done:start])
        parts: list[str] = []
        for segment in cut_segments(start, end, covers):
            while labels and labels[-1].label_at <= segment.start:
                parts.append(render_label(labels.pop(), key, badges))
            parts.append(render_segment(segment, article.text[segment.start : segment.end], badges))
        yield make_element("p", *parts, class_="headline" if (start, end) == headline else None)
        done = end
    yield make_text(article.text[done:])
    yield from (render_label(cover, key, badges) for cover in reversed(labels))  # of contents that are white space


def find_headline(text: str, paragraphs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Find the first paragraph, if it looks like a headline: short, without a full stop, with more after it."""
    if len(paragraphs) < 2:
        return None
    start, end = paragraphs[0]
    last = text[start:end].rstrip(MARK_LETTERS)[-1:]
    return (start, end) if end - start <= MAX_HEADLINE and last not in ".,;:…" else None


def name_article(article: Article) -> str:
    """Name an article in a list: by its headline, if it seems to have one."""
    headline = find_headline(article.text, find_paragraphs(article.text))
    return " ".join(article.text[slice(*headline)].split()) if headline else article.id


def render_segment(segment: Segment, text: str, badges: Mapping[str, Badge]) -> Html:
    """Render a segment: in the colour of the innermost content, with a line for the one around it."""
    if not segment.covers:
        return make_text(text)
    contents = segment.list_contents()
    classes = []
    if contents:
        badge = find_badge(contents[0].quote, badges)
        classes += ["content", badge.colour, badge.line]
    if len(contents) > 1:
        classes += ["within", f"o-{find_badge(contents[1].quote, badges).colour}"]
    for cover in filter(None, map(segment.find_role, REPORTING)):
        classes += [cover.role, f"r-{find_badge(cover.quote, badges).colour}"]
    return make_element(
        "mark" if contents else "span",
        text,
        class_=" ".join(filter(None, classes)),
        data_q=" ".join(map(str, segment.list_numbers())),
    )


def render_label(cover: Cover, key: str, badges: Mapping[str, Badge]) -> Html:
    """Render the number before a piece; that of the first is a link to the quote, with what is known of it."""
    quote = cover.quote
    badge = find_badge(quote, badges)
    unseen = make_element("span", "Quote ", class_="unseen")
    if cover.piece:
        goes_on = make_element("span", " goes on ", class_="unseen")
        return make_element("span", unseen, str(quote.id), goes_on, class_=f"more {badge.colour}", data_q=quote.id)
    name = f"{key}-q{quote.id}"
    link = make_element(
        "a",
        unseen,
        make_element("b", str(quote.id)),
        make_element("span", " ", make_name(shorten_name(quote.speaker)), class_="who"),
        make_element("span", ", uncertain", class_="unseen") if quote.is_unsure else "",
        id=name,
        class_=" ".join(filter(None, ("label", badge.colour, badge.line, "unsure" if quote.is_unsure else ""))),
        href=f"#{name}",
        data_q=quote.id,
        data_voice=badge.number,
        aria_describedby=f"{name}-note",
    )
    return join_html([link, render_note(quote, f"{name}-note", badge)])


def render_note(quote: Quote, name: str, badge: Badge) -> Html:
    """Render what is known of a quote; it is shown when one points at the quote."""
    facts = [f"{quote.type} {quote.act}", f"confidence {quote.confidence:.0%}"]
    facts += ["uncertain"] if quote.is_unsure else []
    facts += [] if quote.closed else ["quotation mark never closed"]
    return make_element(
        "span",
        make_who(quote.speaker),
        make_element("span", ", ".join(facts), class_="facts"),
        id=name,
        class_=f"note {badge.colour}",
        role="tooltip",
        hidden=True,
    )


def make_who(speaker: Speaker | None) -> Html:
    """Name a speaker, with the description."""
    stop = make_element("span", ". ", class_="unseen")
    if speaker is None:
        return make_element("span", make_element("span", "Speaker not known", class_="name"), stop)
    described = describe(speaker)
    more = [", ", make_name(described, class_="description")] if described else []
    return make_element("span", make_name(speaker.name, class_="name"), *more, stop)


def describe(speaker: Speaker) -> str:
    """Say who a speaker is: the description, and the affiliation where no name or description has it."""
    said = [speaker.description or ""]
    if speaker.affiliation and not any(speaker.affiliation in text for text in (speaker.name, *said)):
        said.append(speaker.affiliation)
    return ", ".join(filter(None, said))


def render_cast(article: Article, key: str, badges: Mapping[str, Badge]) -> Html:
    """Render the list of an article's speakers, with links to their quotes."""
    if not article.quotes:
        return Html()
    said: dict[str, list[Quote]] = {}
    for quote in article.quotes:
        said.setdefault(quote.speaker.id if quote.speaker else "", []).append(quote)
    items = [
        render_member(quotes, key, find_badge(quotes[0], badges))
        for _, quotes in sorted(said.items(), key=lambda item: item[0] == "")  # those not known come last
    ]
    heading = make_element("h3", "Speakers in this article", id=f"{key}-cast")
    return make_element("div", heading, make_element("ul", *items, aria_labelledby=f"{key}-cast"), class_="cast")


def render_member(quotes: list[Quote], key: str, badge: Badge) -> Html:
    """Render one speaker of an article."""
    speaker = quotes[0].speaker
    links = [
        make_element(
            "a", make_element("span", "Quote ", class_="unseen"), str(quote.id), href=f"#{key}-q{quote.id}"
        )
        for quote in quotes
    ]
    described = describe(speaker) if speaker else ""
    return make_element(
        "li",
        make_name(speaker.name, class_="name") if speaker else make_element("span", "Speaker not known"),
        make_name(described, class_="description") if described else "",
        make_element("span", join_html(links, " "), class_="links"),
        class_=f"{badge.colour} {badge.line}".strip(),
    )
