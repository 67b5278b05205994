"""Transcripts and interviews: which paragraphs are turns, whose, and what of them is said."""

import pytest
from spacy.tokens import Span as DocSpan

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.results import read_quotes
from quotex.types import NAMES
from tests.pipeline.test_attribute import make_doc


def read_turns(text: str, *people: str) -> list[tuple[str, list[str]]]:
    """Attribute a text without roles, in which some words are names of people: sources and contents."""
    doc = make_doc(text)
    places = [(text.find(name), text.find(name) + len(name)) for name in people]
    found = [doc.char_span(*place, label="person") for place in places]
    doc.spans[NAMES] = [DocSpan(doc, span.start, span.end, span.label_) for span in found if span]
    quotes = read_quotes(Attributor()(doc))
    assert {(quote.type, quote.act) for quote in quotes} <= {("direct", "statement")}
    return [(quote.source[0].text, [span.text for span in quote.content]) for quote in quotes]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "RUIZ: Who paid?\n\nTHE WITNESS: I did.\n\nRUIZ: When?",
            [("RUIZ", ["Who paid?"]), ("THE WITNESS", ["I did."]), ("RUIZ", ["When?"])],
        ),
        (
            "We met her on Monday.\n\nQ. Who paid?\n\nA. We did. It took years.\n\nQ. And now?\n\nA. It rains.",
            [("Q", ["Who paid?"]), ("A", ["We did. It took years."]), ("Q", ["And now?"]), ("A", ["It rains."])],
        ),
        (
            "[00:01] Eva Ruiz: It was dear.\n\n[00:04] Omar Sy: Who paid?\n\n[00:09] Eva Ruiz: Nobody did.",
            [("Eva Ruiz", ["It was dear."]), ("Omar Sy", ["Who paid?"]), ("Eva Ruiz", ["Nobody did."])],
        ),
        (
            "EVA RUIZ, HOST: Who paid?\n\nMAYOR OMAR SY (GREEN): I did. (LAUGHTER) Twice.\n\n[Music]\n\n"
            "RUIZ: Thank you.",
            [
                ("EVA RUIZ, HOST", ["Who paid?"]),
                ("MAYOR OMAR SY (GREEN)", ["I did.", "Twice."]),
                ("RUIZ", ["Thank you."]),
            ],
        ),
        (
            "Ruiz: Who paid?\n\nSy: Nobody. We dug it.\n\nIt took three years.\n\nRuiz: And now?\n\n"
            "Sy: (laughs) We rest.",
            [
                ("Ruiz", ["Who paid?"]),
                ("Sy", ["Nobody. We dug it.", "It took three years."]),
                ("Ruiz", ["And now?"]),
                ("Sy", ["We rest."]),
            ],
        ),
        (
            "Eva Ruiz 00:04\n\nWho paid?\n\nOmar Sy 00:09\n\nI did.\n\nEva Ruiz 00:12\n\nWhen?",
            [("Eva Ruiz", ["Who paid?"]), ("Omar Sy", ["I did."]), ("Eva Ruiz", ["When?"])],
        ),
        (
            "Eva Ruiz of the Lake Board 00:04\n\nWho paid?\n\nOmar Sy 00:09\n\nI did.\n\n"
            "Eva Ruiz of the Lake Board 00:12\n\nIt rained.",
            [
                ("Eva Ruiz of the Lake Board", ["Who paid?"]),
                ("Omar Sy", ["I did."]),
                ("Eva Ruiz of the Lake Board", ["It rained."]),
            ],
        ),
        (
            "RUIZ: Who paid?\n\nSY: I did (twice).\n\nThe next day\n\nRUIZ: When?\n\n"
            "SY: We forgot. (sighs) and so on.\n\nWe both left.\n\nIt rained.",
            [
                ("RUIZ", ["Who paid?"]),
                ("SY", ["I did"]),
                ("RUIZ", ["When?"]),
                ("SY", ["We forgot. (sighs) and so on.", "We both left."]),
            ],
        ),
        (
            "Ana de la Ruiz: Who paid?\n\nSpeaker 2: I did.\n\nBo & Moe: We did.\n\nAna de la Ruiz: When?\n\n"
            "Speaker 2: I forgot.\n\nBo & Moe: We know.",
            [
                ("Ana de la Ruiz", ["Who paid?"]),
                ("Speaker 2", ["I did."]),
                ("Bo & Moe", ["We did."]),
                ("Ana de la Ruiz", ["When?"]),
                ("Speaker 2", ["I forgot."]),
                ("Bo & Moe", ["We know."]),
            ],
        ),
        (
            "Mr. RUIZ. I rise today.\n\nMr. SY. Will you yield?\n\nMr. RUIZ. I will not.",
            [("Mr. RUIZ", ["I rise today."]), ("Mr. SY", ["Will you yield?"]), ("Mr. RUIZ", ["I will not."])],
        ),
    ],
)
def test_turns(text, turns):
    """Labels with roles, parties and times; answers of several paragraphs; stage directions are not said."""
    found = read_turns(text, "Eva Ruiz", "Omar Sy", "EVA RUIZ")
    assert [(source.rstrip("."), said) for source, said in found] == turns


@pytest.mark.parametrize(
    "text",
    [
        "WHERE: The old hall.\n\nWHEN: Friday at noon.\n\nWHO: The mayor.",
        "Monday: Rain in the east.\n\nTuesday: Sun.\n\nWednesday: Wind.",
        "Name: Eva\nAge: 34\nJob: diver",
        "TOO LATE: The bus left.\n\nPhoto: AB\n\nTOO DEAR: The fare rose.\n\nPhoto: CD",
        "The Old Hall Of The Lake Board Of Keta: I paid.\n\nThe Old Hall Of The Lake Board Of Keta: I paid.",
        "Here is what we know of it: We paid.\n\nHere is what we know of it: We paid.",
        "Note: I left.\n\n" + "It rained.\n\n" * 8 + "Note: I came.",
    ],
)
def test_no_turns(text):
    """Fact boxes, forecasts, headings with a colon, and notes far apart are no transcript."""
    assert read_turns(text) == []


def test_what_is_told_behind_a_transcript():
    """It is nobody's turn, and what was made of it stays."""
    doc = make_doc("RUIZ: Who paid?\n\nSY: I did.\n\nRUIZ: When?\n\n{s1:Ann} {c1:said} {k1:it rained} on the lake")
    found = [(quote.source[0].text, quote.text) for quote in read_quotes(Attributor()(doc))]
    assert found[-2:] == [("RUIZ", "When?"), ("Ann", "it rained")]


def test_what_is_said_inside_a_turn():
    """It is a quote of its own; what was made of the turn itself is not."""
    doc = make_doc("RUIZ: {s1:Bo} {c1:said} {k1:it rained}.\n\n{s2:SY}{c2::} {k2:I did}.\n\nRUIZ: When?")
    assert [(quote.source[0].text, quote.text) for quote in read_quotes(Attributor()(doc))] == [
        ("RUIZ", "Bo said it rained."),
        ("Bo", "it rained"),
        ("SY", "I did."),
        ("RUIZ", "When?"),
    ]
