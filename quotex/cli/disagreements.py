"""The disagreements as a person reads them: the right quote above, the one found below, then the text."""

from itertools import groupby

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from quotex.evaluation import Annotation, Disagreement
from quotex.records import Ranges
from quotex.text.printable import make_printable

MAX_CONTENT = 400  # characters; of longer ones the middle is left out
CONTEXT = 80  # characters before and behind the quotes
LABEL_WIDTH = 5  # columns
GAP = " […] "
WRONG = {"missed": "red", "spurious": "magenta"}


def layout(item: Disagreement, number: int) -> RenderableType:
    """Lay out one disagreement."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=LABEL_WIDTH, style="bold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row("gold", show_quote(item.article.text, item.gold, item.found))
    table.add_row("found", show_quote(item.article.text, item.found, item.gold))
    table.add_row(Text("text", "not bold dim"), show_context(item))
    heading = Text(f"{number}. ", "bold")
    heading.append(", ".join(item.what), WRONG.get(item.what[0], "yellow"))
    heading.append(f" · {make_printable(item.article.id)} · ¶{find_paragraph(item)}", "not bold")
    return Group(heading, table, Text())


def show_quote(text: str, quote: Annotation | None, other: Annotation | None) -> Text:
    """Show content, cue, source and speaker; what the other one lacks or has besides is in colour."""
    if quote is None:
        return Text("–", "dim")
    shown = show_content(text, quote.content, other.content if other else ())
    parts = [
        ("cue", cut(text, quote.cue), other is not None and other.cue != quote.cue),
        ("source", cut(text, quote.source), other is not None and other.source != quote.source),
        ("speaker", quote.speaker or "", False),
    ]
    shown.append("\n")
    for number, (name, words, differs) in enumerate(part for part in parts if part[1] or part[0] != "speaker"):
        shown.append(" · " if number else "", "dim").append(f"{name} ", "dim")
        shown.append(make_printable(words) or "none", "yellow" if differs else "")
    return shown


def show_content(text: str, content: Ranges, other: Ranges) -> Text:
    """Show the pieces of a content, the middle left out where it is long."""
    shared = {at for start, end in other for at in range(start, end)}
    shown = Text()
    for number, (start, end) in enumerate(content):
        shown.append(GAP if number else "", "dim")
        for differs, places in groupby(range(start, end), lambda at: bool(other) and at not in shared):
            words = "".join(" " if text[at].isspace() else text[at] for at in places)
            shown.append(make_printable(words), "yellow" if differs else "")
    return leave_out_middle(shown, MAX_CONTENT)


def show_context(item: Disagreement) -> Text:
    """Show where it stands: the text around, in whole words, within the paragraphs of the quotes."""
    text = item.article.text
    ranges = [
        piece
        for quote in (item.gold, item.found)
        if quote
        for piece in (*quote.content, *quote.cue, *quote.source)
    ]
    first, last = min(start for start, _ in ranges), max(end for _, end in ranges)
    left = 1 + max(text.rfind("\n", 0, first), text.rfind(" ", 0, max(0, first - CONTEXT)))
    ends = [text.find("\n", last), text.find(" ", last + CONTEXT)]
    right = min((end for end in ends if end >= 0), default=len(text))
    words = Text(make_printable(" ".join(text[left:right].split())), "not bold dim")
    return leave_out_middle(words, MAX_CONTENT + 2 * CONTEXT)


def leave_out_middle(text: Text, limit: int) -> Text:
    """Keep the beginning and the end of a text that is too long, both in whole words."""
    if len(text) <= limit:
        return text
    left, right = limit // 2, len(text) - limit // 2
    if (space := text.plain.rfind(" ", 0, left)) > 0:
        left = space
    if (space := text.plain.find(" ", right)) > 0:
        right = space + 1
    return text[:left].append(GAP, "dim").append_text(text[right:])


def find_paragraph(item: Disagreement) -> int:
    """Find the number of the paragraph in which the content begins, as `quotex extract` counts."""
    from quotex.text.paragraphs import find_paragraphs

    quote = item.gold or item.found
    start = quote.content[0][0] if quote else 0
    return sum(begin <= start for begin, _ in find_paragraphs(item.article.text))


def cut(text: str, ranges: Ranges) -> str:
    """Cut a cue or source out of the text, on one line."""
    return " ".join(" ".join(text[start:end] for start, end in ranges).split())
