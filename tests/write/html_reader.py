"""Reads a page back, to hold it against what was written."""

from html.parser import HTMLParser

VOID = frozenset(["meta", "input", "link"])
BESIDE_THE_TEXT = frozenset(["label", "more", "note"])  # classes of what stands among the words of an article


class PageReader(HTMLParser):
    """Collects what tests ask for, and refuses tags that are not closed in order.

    Attributes:
        texts: Of each article.
        segments: Of each article, (text, classes, numbers of quotes).
        elements: All of them, as (name, attributes).
        words: What a reader sees or hears, but style and script.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, set[str], dict[str, str]]] = []
        self.texts: list[str] = []
        self.segments: list[list[tuple[str, set[str], list[int]]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attrs):
        """Open an element."""
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), attrs
        self.elements.append((tag, attributes))
        classes = set(attributes.get("class", "").split())
        if "text" in classes:
            self.texts.append("")
            self.segments.append([])
        if tag not in VOID:
            self.open.append((tag, classes, attributes))

    def handle_endtag(self, tag):
        """Close the element that was opened last."""
        assert self.open and self.open.pop()[0] == tag, tag

    def handle_data(self, data):
        """Take text."""
        inside = set().union(*(classes for _, classes, _ in self.open))
        if self.open and self.open[-1][0] not in ("style", "script"):
            self.words += data
        if "text" in inside and not inside & BESIDE_THE_TEXT:
            self.texts[-1] += data
            _, classes, attributes = self.open[-1]
            if "data-q" in attributes:
                self.segments[-1].append((data, classes, [int(number) for number in attributes["data-q"].split()]))

    def handle_comment(self, data):
        """Refuse comments: we write none."""
        raise AssertionError(data)

    def list_values(self, name):
        """List the values of an attribute, in order."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]
