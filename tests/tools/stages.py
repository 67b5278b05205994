"""The picture of docs/attribution.md: what each stage writes for two sentences.

python -m tests.tools.stages
"""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

import quotex
from quotex.types import BESIDE, CONTENT, CUE, NAMES, QUOTED, ROLE_SPANS, SOURCE, SPEAKERS
from tests.paths import ROOT

PICTURE = ROOT / "docs" / "stages.svg"
TEXT = "“We are ready,” said Ann Lee, the mayor of Ora. She added that the bridge would open in May."
LETTER, ROW, BOX = 9, 56, 22  # pixels: width of a letter; height of a row, and of a box in it
LEFT, TOP = 110, 20  # pixels
LABEL = 6.4  # pixels that a letter of a label takes
COLOURS = {
    "content": "#cfe3f5",
    "cue": "#f7e2a8",
    "source": "#cdebd0",
    "quoted": "#e4e0ef",
    "sentence": "#ececec",
    "person": "#f6d3c4",
    "place": "#e9dfc9",
    "description": "#fbeee6",
}


@dataclass(frozen=True, slots=True)
class Box:
    """What a stage says of a stretch of the text; without room for it, the label is left to the colour."""

    start: int
    end: int
    kind: str
    label: str


def read_rows() -> list[tuple[str, list[Box]]]:
    """Run the pipeline, and read off the Doc what each stage has written."""
    doc = quotex.load()(TEXT)
    article = quotex.to_article(doc)
    names = {speaker.id: speaker.name for speaker in article.speakers}

    def read(key: str, kind: str = "", *, numbered: bool = False) -> list[Box]:
        return [
            Box(
                span.start_char,
                span.end_char,
                kind or span.label_,
                f"{span.id_ if numbered else ''} {label}".strip(),
            )
            for span in doc.spans[key]
            for label in [(span.label_ if key == CONTENT else kind) or span.label_]
        ]

    sentences = [
        Box(one.start_char, one.end_char, "sentence", f"sentence {n}") for n, one in enumerate(doc.sents, 1)
    ]
    quotes = [*read(CONTENT, "content", numbered=True), *read(CUE, "cue", numbered=True)]
    speakers = [Box(one.start_char, one.end_char, "source", names[one.id_]) for one in doc.spans[SPEAKERS]]
    return [
        ("segment", sentences),
        ("marks", read(QUOTED, "quoted")),
        ("tagger: roles", read(ROLE_SPANS)),
        ("tagger: names", [*read(NAMES), *(one for one in read(BESIDE) if one.kind == "description")]),
        ("attribute", [*quotes, *read(SOURCE, "source", numbered=True)]),
        ("speakers", speakers),
    ]


def draw() -> str:
    """Draw the picture, as SVG."""
    rows = read_rows()
    width, height = LEFT + LETTER * len(TEXT) + 20, TOP + ROW * len(rows) + 40
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title">',
        f'<title id="title">What each stage writes for: {escape(TEXT)}</title>',
        "<style>text { font: 12px sans-serif; fill: #222 } .words { font: 15px monospace }</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, (stage, boxes) in enumerate(rows):
        top = TOP + ROW * number
        parts.append(f'<text x="10" y="{top + 5}">{escape(stage)}</text>')
        parts.append(draw_words(top))
        parts += [draw_box(box, top) for box in sorted(boxes, key=lambda box: box.start - box.end)]
        if stage == "speakers":
            parts += [draw_link(one, other, top) for one, other in pairwise(boxes) if one.label == other.label]
    parts += draw_legend(TOP + ROW * len(rows) + 18)
    return "\n".join([*parts, "</svg>", ""])


def draw_words(top: int) -> str:
    """Draw the text, each letter at its place."""
    length = LETTER * len(TEXT)
    return f'<text class="words" x="{LEFT}" y="{top + 5}" textLength="{length}">{escape(TEXT)}</text>'


def draw_box(box: Box, top: int) -> str:
    """Draw a box under its words, with its label where there is room, else for those who point there."""
    x, width, label = LEFT + LETTER * box.start, LETTER * (box.end - box.start), escape(box.label)
    shape = f'<rect x="{x}" y="{top + 12}" width="{width}" height="{BOX}" rx="3" fill="{COLOURS[box.kind]}"'
    if LABEL * len(box.label) > width:
        return f'{shape} stroke="#777"><title>{label}</title></rect>'
    return f'{shape} stroke="#777"/><text x="{x + width // 2}" y="{top + 27}" text-anchor="middle">{label}</text>'


def draw_link(one: Box, other: Box, top: int) -> str:
    """Draw a line from a box to the one before that means the same."""
    start, end = (LEFT + LETTER * (box.start + box.end) // 2 for box in (other, one))
    y = top + 12 + BOX
    return f'<path d="M{start} {y} C{start} {y + 18} {end} {y + 18} {end} {y}" fill="none" stroke="#444"/>'


def draw_legend(top: int) -> list[str]:
    """Draw what the colours mean."""
    parts, x = [], LEFT
    for kind in ("content", "cue", "source", "person", "place", "description"):
        parts.append(
            f'<rect x="{x}" y="{top - 10}" width="14" height="12" rx="3" fill="{COLOURS[kind]}" stroke="#777"/>'
        )
        parts.append(f'<text x="{x + 20}" y="{top}">{kind}</text>')
        x += 110
    return parts


if __name__ == "__main__":
    PICTURE.write_text(draw(), "utf-8")
    print(f"{PICTURE.name}: {PICTURE.stat().st_size:,} bytes")
