"""Attribution over role spans written by hand, so that each rule is seen alone.

In the texts `{s1:Ann} {c1:said} {k1:it was late}` marks a source, a cue and a content of quote 1.
"""

import re
from dataclasses import replace
from math import log

import pytest
from spacy.tokens import Doc, Span

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.marks import MarkPairer
from quotex.pipeline.notes import RoleLinks, take_notes
from quotex.pipeline.results import read_quotes
from quotex.pipeline.segment import Segmenter
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.types import INNER, MENTIONS, NAMES, ROLE_SPANS, Quote

NLP = MarkedEnglish()
ROLE = re.compile(r"\{([sck])(\d+):([^{}]*)\}")
LABELS = {"s": "source", "c": "cue", "k": "content"}


def make_doc(marked: str) -> Doc:
    """Make a Doc as the tagger leaves it; a source of several quotes has all their digits."""
    found: list[tuple[int, int, str, str]] = []
    text = ""
    at = 0
    for match in ROLE.finditer(marked):
        text += marked[at : match.start()]
        found.append((len(text), len(text) + len(match[3]), LABELS[match[1]], match[2]))
        text += match[3]
        at = match.end()
    text += marked[at:]
    doc = MarkPairer()(Segmenter()(NLP.make_doc(text)))
    spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label, _ in found]
    doc.spans[ROLE_SPANS] = [Span(doc, span.start, span.end, span.label_) for span in spans]
    cues = {numbers: at for at, (_, _, label, numbers) in enumerate(found) if label == "cue"}
    cue_links, source_links = [], []
    for at, (_, _, label, numbers) in enumerate(found):
        for number, cue in cues.items():
            if label != "cue":
                cue_links.append((at, cue, log(0.9) if number in numbers else log(0.01)))
            if label == "source":
                source_links.append((cue, at, log(0.9) if number in numbers else log(0.01)))
    source_links += [(cue, -1, log(0.05)) for cue in cues.values()]
    take_notes(doc).links[ROLE_SPANS] = RoleLinks([0.9] * len(found), cue_links, source_links)
    doc.spans[INNER] = []
    return doc


def attribute(marked: str) -> list[tuple[str, str, list[str]]]:
    """Attribute a marked text: for each quote its source, its type and its pieces."""
    return [
        (" ".join(span.text for span in quote.source), quote.type, [span.text for span in quote.content])
        for quote in read(marked)
    ]


def read(marked: str) -> tuple[Quote, ...]:
    return read_quotes(Attributor()(make_doc(marked)))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{s1:Ann} {c1:said} {k1:it was late}.", [("Ann", "indirect", ["it was late"])]),
        (
            "{s12:Ann} {c1:said} {k1:it was late} and {c2:added} that {k2:the bus had gone}.",
            [("Ann", "indirect", ["it was late"]), ("Ann", "indirect", ["the bus had gone"])],
        ),
        ("{k1:It was late}, {c1:it was said}.", [("", "indirect", ["It was late"])]),
        ("{s1:Ann} {c1:said} nothing.", []),
        ("{s1:Ann} {c1:said} {k1:—}.", []),
        ("{k1:It was late}, {c1:it was said}. {s9:Ann} left.", [("", "indirect", ["It was late"])]),
        ("{s1:Ann} and {s1:Bo} {c1:said} {k1:it was late}.", [("Bo", "indirect", ["it was late"])]),
        ("{s1:38%} {c1:said} {k1:no}.", [("38%", "indirect", ["no"])]),
        (
            "{s1:Ann} {c1:said} {k1:it was late} in the old town {k1:and dark}.",
            [("Ann", "indirect", ["it was late", "and dark"])],
        ),
        ("{s1:Ann} {c1:said} it was “{k1:late}” {k1:and dark}.", [("Ann", "mixed", ["late", "and dark"])]),
        ("{s1:Ann Lee (mayor),} {c1:said:} {k1:no}.", [("Ann Lee (mayor)", "indirect", ["no"])]),
        ("(So {s1:Ann Lee)} {c1:said} {k1:no}.", [("Ann Lee", "indirect", ["no"])]),
        ("{s1:Ann} {c1:last week} {c2:told} {k1:us to go}.", [("Ann", "indirect", ["us to go"])]),
        ("{s1:Ann} {c1:said} so and {c2:told} {k2:us to go}.", [("", "indirect", ["us to go"])]),
    ],
)
def test_a_cue_has_one_source_and_its_contents(marked, expected):
    """Two cues may share a source; a cue may have none; one without content reports nothing."""
    assert attribute(marked) == expected


def test_a_content_is_not_given_to_a_doubtful_cue_in_another_paragraph():
    """Rather nobody's than somebody else's: the cue of the first was not found."""
    assert attribute("{k9:“We left.”}\n\n{s1:Ann}{c1::} {k1:“We came back.”}") == [
        ("", "direct", ["We left."]),
        ("Ann", "direct", ["We came back."]),
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('Ann Lee (mayor): "We act now."', [("Ann Lee (mayor)", "direct", ["We act now."])]),
        ("“We act now.” Ann Lee, mayor of Keta", [("Ann Lee, mayor of Keta", "direct", ["We act now."])]),
        ("“We act now.” — Ann Lee, mayor of Keta", [("Ann Lee, mayor of Keta", "direct", ["We act now."])]),
        ("“We act now.” — as she put it", []),
        ("“We act now.”\n\n– Ann Lee", [("Ann Lee", "direct", ["We act now."])]),
        (
            "{s1:Bo} {c1:said}: {k1:“We left.”}\n\n{k1:“We act now.”}\n\n— Ann Lee\n\n{k1:“We came.”}",
            [
                ("Bo", "direct", ["We left."]),
                *(("Ann Lee", "direct", [said]) for said in ("We act now.", "We came.")),
            ],
        ),
        ("“Never.” — Ann Lee", [("Ann Lee", "direct", ["Never."])]),
        (
            "{k1:“We left.”} {c1:—} {s1:Bea}\n\n{k1:“We act now.”}\n\n— Ann Lee",
            [("Bea", "direct", ["We left."]), ("Ann Lee", "direct", ["We act now."])],
        ),
        (
            "She read “The Long River”: a novel. “We act now.” It rained — Ann Lee knew.",
            [("", "direct", ["We act now."])],
        ),
        ("It was late. He was right: “We act now.”", []),
        (
            'Lee Wong: "to act at once" Bea Ruiz: "to leave it to others"',
            [("Lee Wong", "direct", ["to act at once"]), ("Bea Ruiz", "direct", ["to leave it to others"])],
        ),
        ("“We act now.”\n\nSEE ALSO: Why Keta waits", [("", "direct", ["We act now."])]),
        ("“We act now.”\n\nPia Holt, baker:", [("", "direct", ["We act now."])]),
        ("“We act now.”\n\n— as she put it", [("", "direct", ["We act now."])]),
        (
            "“We act now.”\n\n— Ann Lee, mayor of Keta and head of the board of the lake and its mills",
            [("", "direct", ["We act now."])],
        ),
        ("“We act now.”\n\nPia Holt — baker", [("Pia Holt — baker", "direct", ["We act now."])]),
        ("“We act now.”\n\nLakes, by night", [("", "direct", ["We act now."])]),
        ("“We act now.”\n\nLakes at night, by boat", [("", "direct", ["We act now."])]),
        (
            "{s1:Bo} {c1:said} no.\n\n{k1:“We act now.”}\n\nPia Holt, baker",
            [("Pia Holt, baker", "direct", ["We act now."])],
        ),
    ],
)
def test_names_are_told_by_the_layout(marked, expected):
    """A name and a colon before the quotation, or a dash and a name after it, and nothing else."""
    assert attribute(marked) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We swim daily.”\n\nPia Holt, baker", [("Pia Holt, baker", "direct", ["We swim daily."])]),
        (
            "Pia Holt, baker\n\n“We swim daily.”\n\nBo Ek, smith\n\n“I never swim.”",
            [("Pia Holt, baker", "direct", ["We swim daily."]), ("Bo Ek, smith", "direct", ["I never swim."])],
        ),
        (
            "“We swim daily.”\n\nPia Holt, baker\n\n“I never swim.”\n\nBo Ek, smith",
            [("Pia Holt, baker", "direct", ["We swim daily."]), ("Bo Ek, smith", "direct", ["I never swim."])],
        ),
        ("“We swim daily.” (Pia Holt, baker)", [("Pia Holt, baker", "direct", ["We swim daily."])]),
        ("“We swim daily.” (as she put it)", [("", "direct", ["We swim daily."])]),
        ("“We swim daily.” (Pia Holt, baker) on the lake", [("", "direct", ["We swim daily."])]),
        ("“We swim daily.” Pia Holt (baker)", [("Pia Holt (baker)", "direct", ["We swim daily."])]),
        ("“The Cold Lake” Pia Holt, baker", []),
        ("“We swim daily”: no, thanks", []),
        (
            "Pia Holt (baker) on the radio:\n\n“We swim daily.”",
            [("Pia Holt (baker)", "direct", ["We swim daily."])],
        ),
        ("‘We swim daily’: Holt on the lake", [("Holt", "direct", ["We swim daily"])]),
        ("Holt on the lake: “We swim daily”", [("Holt", "direct", ["We swim daily"])]),
        ("Lake is too cold: study", [("study", "indirect", ["Lake is too cold"])]),
        ("“The Cold Lake”\n\nPia Holt, baker", []),
        ("The ten best lakes to swim in: Tarn", []),
        ("Lake is too cold: we swim at noon, and then we all go home.", []),
        ("Lake is too cold: what now", []),
        ("The ten best lakes: study", []),
        ("“We swim daily”: The lake is cold.", []),
    ],
)
def test_names_on_lines_of_their_own_and_headlines(text, expected):
    """Pull quotes, with the name after or before; and a colon for "says". Titles and lists are none."""
    assert attribute(text) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Pia Holt: lake is too cold", "person", [("Pia Holt", "indirect", ["lake is too cold"])]),
        ("Lake is too cold: Pia Holt", "person", [("Pia Holt", "indirect", ["Lake is too cold"])]),
        ("Pia Holt: lake is too cold", "org", []),
        ("Pia Holt: ten cold lakes", "person", []),
        ("Pia Holt swims: lake is too cold", "person", []),
        ("The baker of Keta, Pia Holt: lake is too cold", "person", []),
    ],
)
def test_headlines_with_names(text, kind, expected):
    """A person, whose name is short, and a clause: on either side of the colon."""
    doc = make_doc(text)
    doc.spans[NAMES] = [doc.char_span(text.index("Pia"), text.index("Pia") + len("Pia Holt"), kind)]
    quotes = read_quotes(Attributor()(doc))
    assert [(quote.source[0].text, quote.type, [quote.text]) for quote in quotes] == expected


def test_a_line_that_goes_on_after_a_body_is_no_name():
    """`Ora Water news, daily` is not Ora Water's."""
    doc = make_doc("“We swim daily.”\n\nOra Water news, daily")
    doc.spans[NAMES] = [Span(doc, 7, 9, "org")]
    (quote,) = read_quotes(Attributor()(doc))
    assert quote.source == ()


def test_a_headline_need_not_name_who_speaks():
    """Somebody who is mentioned says it, too."""
    doc = make_doc("Lake is too cold: the mayor")
    doc.spans[MENTIONS] = [Span(doc, 5, 7, "person")]
    (quote,) = read_quotes(Attributor()(doc))
    assert (quote.source[0].text, quote.text) == ("the mayor", "Lake is too cold")


@pytest.mark.parametrize(
    ("line", "kind", "source"),
    [
        ("Baker Pia Holt", "person", ["Baker Pia Holt"]),
        ("Photo by Pia Holt", "person", []),
        ("Keta Water", "org", ["Keta Water"]),
        ("Follow Keta Water", "org", []),
        ("Lake Keta Water", "place", []),
    ],
)
def test_lines_that_are_names(line, kind, source):
    """Of a person, with a title maybe, or of a body."""
    doc = make_doc(f"“We swim daily.”\n\n{line}")
    doc.spans[NAMES] = [Span(doc, len(doc) - 2, len(doc), kind)]
    (quote,) = read_quotes(Attributor()(doc))
    assert [span.text for span in quote.source] == source


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "Ann Lee shook her head. “{k1:We heard nothing.}”\n\n{s1:The union} {c1:said} {k1:it was late}.",
            [("Ann Lee", "direct", ["We heard nothing."]), ("The union", "indirect", ["it was late"])],
        ),
        (
            "“{k1:We heard nothing.}”\n\n{s1:Bo} {c1:sighed}. “{k1:It was late.}”",
            [("", "direct", ["We heard nothing."]), ("Bo", "direct", ["It was late."])],
        ),
        (
            "“{k1:We heard nothing.}\n\n“{k1:It was late,}” {s1:Bo} {c1:said}.",
            [("Bo", "direct", ["We heard nothing.", "It was late,"])],
        ),
        (
            "“{k1:We heard nothing at all.}”\n\n{s1:Bo} {c1:said} so.",
            [("Bo", "direct", ["We heard nothing at all."])],
        ),
    ],
)
def test_what_ended_in_a_paragraph_before_is_not_joined(marked, expected):
    """To what stands beside the cue; unless the quotation goes on, or nothing stands there."""
    doc = make_doc(marked)
    doc.spans[MENTIONS] = [Span(doc, 0, 2, "person")] if marked.startswith("Ann Lee") else []
    found = read_quotes(Attributor()(doc))
    assert [
        (" ".join(span.text for span in q.source), q.type, [span.text for span in q.content]) for q in found
    ] == expected


def test_a_colon_may_be_a_cue():
    """Though punctuation around others is left out."""
    (quote,) = read("{s1:Ann}{c1::} {k1:“We came back.”}")
    assert [span.text for span in quote.cue] == [":"]


def test_cues_that_touch_are_one():
    """What was tagged as two is given as the one that it is."""
    (quote,) = read("{s1:Ann} {c1:last week} {c2:told} {k1:us to go}.")
    assert ([span.text for span in quote.cue], quote.act) == (["last week told"], "statement")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{k1:“We are late}, too,” {s1:Ann} {c1:said}.", [("Ann", "direct", ["We are late, too,"])]),
        ("{k1:“We are late, too,” }{s1:Ann} {c1:said}.", [("Ann", "direct", ["We are late, too,"])]),
        ("{s1:Ann} {c1:said}{k1:: “We are late.”}", [("Ann", "direct", ["We are late."])]),
        (
            "{s1:Ann} {c1:said} {k1:that the bus was “very late” and full}.",
            [("Ann", "mixed", ["the bus was “very late” and full"])],
        ),
        ("{s1:Ann} {c1:said} {k1:the bus was “very late.”}", [("Ann", "mixed", ["the bus was “very late.”"])]),
        ("{s1:Ann} {c1:said} {k1:the bus was “very late}”.", [("Ann", "mixed", ["the bus was “very late”"])]),
        ("{s1:Ann} {c1:said} {k1:“very late” buses ran}.", [("Ann", "mixed", ["“very late” buses ran"])]),
        ("'{k1:We are late},' {s1:Ann} {c1:said}.", [("Ann", "direct", ["We are late,"])]),
        ("{s1:Ann} {c1:said} {k1:“No way” and }{c2:left} it.", [("Ann", "direct", ["No way"])]),
        ("{s1:Ann} {c1:said} {k1:that, it was late,}", [("Ann", "indirect", ["it was late"])]),
        ("{s1:Ann} {c1:said} {k1:it was “late” “dark”}.", [("Ann", "mixed", ["it was “late” “dark”"])]),
        ("{s1:Ann} {c1:said} {k1:“late” “dark” and cold}.", [("Ann", "mixed", ["“late” “dark” and cold"])]),
        ("{s1:Ann} {c1:said} “It was late in the day, so {k1:we left}.”", [("Ann", "direct", ["we left"])]),
        ("{k1:“—and so,”} {s1:Ann} {c1:said}.", [("Ann", "direct", ["—and so,"])]),
        ("{s1:Ann} {c1:said} {k1:“so it is”}", [("Ann", "direct", ["so it is"])]),
    ],
)
def test_contents_are_snapped_to_marks(marked, expected):
    """A quoted span is all content or none; enclosing marks, "that" and loose punctuation are left out."""
    assert attribute(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{k1:“No,”} {s1:Ann} {c1:said}, {k1:“not yet.”}", [("Ann", "direct", ["No,", "not yet."])]),
        (
            "“We left them there.\n\n“And then {k1:we came back,”} {s1:she} {c1:said}.",
            [("she", "direct", ["We left them there.", "And then we came back,"])],
        ),
        ("{k1:“No,”} {s1:Ann} {c1:said}. The “big lie” went on.", [("Ann", "direct", ["No,"])]),
        ("{s1:Ann} {c1:spoke}. It rained. {k1:“We left.”}", [("Ann", "direct", ["We left."])]),
        (
            "“{s1:LEE}{c1::} {k1:It rained.}\n\n“{s2:MOE}{c2::} {k2:It fell.}”",
            [("LEE", "indirect", ["It rained."]), ("MOE", "indirect", ["It fell."])],
        ),
        (
            "{k1:“No,”} {s1:Ann} {c1:said}.\n\n{k1:“We left.}\n\n{k2:“We came back,”} {s2:Bea} {c2:said}.",
            [("Ann", "direct", ["No,"]), ("Bea", "direct", ["We left.", "We came back,"])],
        ),
        (
            "{s1:Ann} {c1:said}: {k1:“We left.}\n\n{k2:“We came back,”} {s2:Bea} {c2:said}.",
            [("Ann", "direct", ["We left.", "We came back,"])],
        ),
        (
            "{k1:“No,”} {s1:Ann} {c1:said}.\n\nThen he fell “{k1:as he was ill and tired}”.",
            [("Ann", "direct", ["No,", "as he was ill and tired"])],
        ),
        (
            "{k1:“No,”} {s1:Ann} {c1:said}.\n\n“{k1:Go.}” “{k1:Now.}”",
            [("Ann", "direct", ["No,", "Go.", "Now."])],
        ),
        ("{k1:“No,”} {s1:Ann} {c1:said}. It rained.\n\n{k1:“Go on.”}", [("Ann", "direct", ["No,", "Go on."])]),
        (
            "{k1:It was late.} {s1:Ann} {c1:said so.} {k1:“We left.”}",
            [("Ann", "mixed", ["It was late", "We left."])],
        ),
        (
            "{s1:Ann} {c1:said} {k1:it rained. “Go.”} He sat. {k1:“Now.”}",
            [("Ann", "indirect", ["it rained"]), ("", "direct", ["Go."]), ("", "direct", ["Now."])],
        ),
        ("“{k1:The lake has frozen}”, “as {s1:Bo} {c1:says}”.", [("Bo", "direct", ["The lake has frozen"])]),
    ],
)
def test_pieces_are_joined_across_a_cue_and_across_paragraphs(marked, expected):
    """What goes on after the cue, or went before in another paragraph, is the same quote; a scare quote is not."""
    assert attribute(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("{s1:Ann} {c1:said of} {k1:the storm: “It was cruel.”}", [("Ann", "direct", ["It was cruel."])]),
        ("{s1:Ann} {c1:slams} {k1:Bo Lund: “You sold it”}", [("Ann", "direct", ["You sold it"])]),
        (
            "{s1:Ann} {c1:said of} {k1:the storm: “cruel and long”}.",
            [("Ann", "mixed", ["the storm: “cruel and long”"])],
        ),
        (
            "{s1:Ann} {c1:said of} {k1:the storm “It was cruel”}.",
            [("Ann", "mixed", ["the storm “It was cruel”"])],
        ),
        (
            "{s1:Ann} {c1:said} {k1:it was “late,” if not dark}.",
            [("Ann", "mixed", ["it was “late,” if not dark"])],
        ),
        ("{s1:Ann} {c1:said} {k1:“late” and “dark”}.", [("Ann", "mixed", ["“late” and “dark”"])]),
        (
            "{k1:“He never slept,”} {s1:Ann} {c1:said of} {k1:her son. “He just worked.”}",
            [("Ann", "direct", ["He never slept,", "He just worked."])],
        ),
        ("{k1:Will Ann go? “No,”} {s1:she} {c1:says}.", [("she", "direct", ["No,"])]),
        ("{k1:“It is shut,” it} {c1:was announced}.", [("", "direct", ["It is shut,"])]),
        ("{k1:“It is shut,”} {k1:it} {c1:was announced}.", [("", "direct", ["It is shut,"])]),
        ("{s1:Ann} {c1:slams} {k1:Bo}: {k1:“You sold it.”}", [("Ann", "direct", ["You sold it."])]),
        ("{s1:Ann} {c1:said} {k1:“never” when asked}.", [("Ann", "direct", ["never"])]),
        ("{k1:“Never” when asked,} {s1:Ann} {c1:said}.", [("Ann", "direct", ["Never"])]),
        (
            "{k1:It was late. We left}, {s1:Ann} {c1:said}.",
            [("Ann", "indirect", ["It was late. We left"])],
        ),
        ("{s1:Ann} {c1:slams} {k1:Bo}: “{k1:You sold it.}”", [("Ann", "direct", ["You sold it."])]),
        ("{s1:Ann} {c1:told} us {k1:“Go,” Bo said,}", [("Ann", "direct", ["Go,"])]),
        (
            "{s1:Ann} {c1:said} that {k1:it rained}: “{k1:We left.}”",
            [("Ann", "mixed", ["it rained", "We left."])],
        ),
        ("{s1:Ann} {c1:called} {k1:Bo} a “{k1:liar and thief}”.", [("Ann", "mixed", ["Bo", "liar and thief"])]),
        ("{s1:Ann} {c1:blames} {k1:Bo}: he is “{k1:a liar}”.", [("Ann", "mixed", ["Bo", "a liar"])]),
        ("“{k1:It is shut,}” {k1:it} {c1:was announced}.", [("", "direct", ["It is shut,"])]),
        (
            "“{k1:It is shut,}” {s1:Ann} {c1:said}, and {k1:it rots}.",
            [("Ann", "mixed", ["It is shut,", "it rots"])],
        ),
        ("“{k1:It is shut,}” {s1:Ann} {c1:said} {k1:today}.", [("Ann", "mixed", ["It is shut,", "today"])]),
        ("{k1:It}, {s1:Ann} {c1:said}, {k1:is shut}.", [("Ann", "indirect", ["It", "is shut"])]),
        ("{k1:“Go,” Ann told him,} {c1:according to} {s1:the charge}.", [("Ann", "direct", ["Go,"])]),
        ("{k1:“Go,” said Ann Lee,} {s1:the Herald} {c1:reported}.", [("Ann Lee", "direct", ["Go,"])]),
        (
            "{s1:Ann} {c1:said} {k1:the plan was simple: “We go home.”}",
            [("Ann", "mixed", ["the plan was simple: “We go home.”"])],
        ),
    ],
)
def test_what_leads_up_to_a_quotation_is_no_part_of_it(marked, expected):
    """Topics, addressees, questions of the narrator, and who says that somebody said it, stand outside."""
    assert attribute(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "{s1:Ann} {c1:said} {k1:it was late. “We have to go.”}",
        "{s1:Ann} {c1:said} {k1:it was late}. {k1:“We have to go.”}",
    ],
)
def test_a_quotation_after_an_indirect_statement_is_itself(marked):
    """It has no cue and no source, but the speaker who has the floor."""
    doc = Attributor()(make_doc(marked))
    quotes = read_quotes(doc)
    assert [(quote.text, quote.type) for quote in quotes] == [
        ("it was late", "indirect"),
        ("We have to go.", "direct"),
    ]
    assert quotes[1].source == quotes[1].cue == ()
    assert take_notes(doc).statements[2].floor == 1


@pytest.mark.parametrize(
    ("marked", "pieces", "floor"),
    [
        ("{k1:“No,”} {s1:Ann} {c1:said}. He left. {k1:“We will wait for him.”}", "We will wait for him.", 1),
        ("{k1:“No,”} {s1:Ann} {c1:said}. He left. “We will wait for him.”", "We will wait for him.", 1),
        ("{k1:“No,”} {s1:Ann} {c1:said}.\n\nIt rained.\n\n“We will wait for him.”", "We will wait for him.", 1),
    ],
)
def test_pieces_are_not_joined_across_the_narrator(marked, pieces, floor):
    """What comes after a sentence of the narrator is a quote of its own, of the one who has the floor."""
    doc = Attributor()(make_doc(marked))
    assert [quote.text for quote in read_quotes(doc)] == ["No,", pieces]
    assert take_notes(doc).statements[2].floor == floor


@pytest.mark.parametrize("leading", ["\n\nBo Lund shook his head.", " Then there is Bo Lund in May:"])
def test_what_another_leads_to_is_no_piece(leading):
    """Though the tagger links it to the cue before; a paragraph that is a quotation goes on."""
    doc = make_doc(f"{{k1:“No,”}} {{s1:Ann}} {{c1:said}}.{leading} {{k1:“We heard nothing.”}}")
    first = next(token.i for token in doc if token.text == "Bo")
    doc.spans[MENTIONS] = [Span(doc, first, first + 2, "person")]
    quotes = read_quotes(Attributor()(doc))
    assert [(quote.text, [span.text for span in quote.source]) for quote in quotes] == [
        ("No,", ["Ann"]),
        ("We heard nothing.", ["Bo Lund"]),
    ]
    assert attribute("{k1:“No,”} {s1:Ann} {c1:said}.\n\n{k1:“Go.”}") == [("Ann", "direct", ["No,", "Go."])]


@pytest.mark.parametrize(
    ("lead", "name", "source"),
    [
        ("Then there is Bo Lund in May:", "Bo Lund", "Bo Lund"),
        ("On Sunday, the mayor wrote this:", "the mayor", "the mayor"),
        ("In her letter, the mayor wrote this:", "the mayor", "the mayor"),
        ("Baker Bo Lund, of Ora:", "Bo Lund", "Baker Bo Lund, of Ora"),
        ("Baker Bo Lund after the race:", "Bo Lund", "Baker Bo Lund"),
        ("Here is Bo Lund, of Ora:", "Bo Lund", "Bo Lund"),
        ("Bo Lund of Ora:", "Bo Lund", "Bo Lund of Ora"),
        ("Baker Bo Lund left for Ora:", "Bo Lund", "Bo Lund"),
    ],
)
def test_what_leads_to_a_colon_is_a_name_or_has_one(lead, name, source):
    """A sentence is nobody's name, but who is named in it speaks; a title and a description stay."""
    doc = make_doc(f"{lead} “We heard nothing at all.”")
    owners = [Span(doc, token.i, token.i + 1, "person") for token in doc if token.text == "her"]
    doc.spans[MENTIONS] = [*owners, doc.char_span(lead.index(name), lead.index(name) + len(name), "person")]
    (quote,) = read_quotes(Attributor()(doc))
    assert [span.text for span in quote.source] == [source]


def test_a_sentence_of_the_narrator_behind_a_quotation_is_left_out():
    """The quotation itself is kept."""
    quotes = attribute("{k1:“No,”} {s1:Ann} {c1:said}. {k1:“We will wait. It is late.” She left}.")
    assert quotes == [("Ann", "direct", ["No,", "We will wait. It is late."])]


def test_a_colon_with_a_cue_before_it_leads_to_a_piece():
    """Though somebody is mentioned there: it is who speaks."""
    doc = make_doc("{k1:“No,”} {s1:Bo} {c1:said, and wrote}: {k1:“We heard nothing.”}")
    doc.spans[MENTIONS] = [Span(doc, 4, 5, "person")]
    (quote,) = read_quotes(Attributor()(doc))
    assert [span.text for span in quote.content] == ["No,", "We heard nothing."]


def test_who_speaks_later_does_not_have_the_floor_before():
    """Not in the same paragraph either."""
    doc = Attributor()(make_doc("“Nobody at all.” She sat. {k1:“Go,”} {s1:Bo} {c1:said}."))
    assert [quote.text for quote in read_quotes(doc)] == ["Nobody at all.", "Go,"]
    assert take_notes(doc).statements[1].floor is None


def test_a_place_in_marks_where_somebody_is_said_to_be_is_no_speech():
    """No colon leads to it."""
    doc = make_doc("Bo Lund waited in “The Old Mill.” It rained.")
    doc.spans[MENTIONS] = [Span(doc, 0, 2, "person")]
    assert read_quotes(Attributor()(doc)) == ()


@pytest.mark.parametrize(
    ("sure", "expected"),
    [([0.9, 0.1], ["it was late"]), ([0.9, 0.3], ["it was late", "and dark"]), ([0.1, 0.9], ["and dark"])],
)
def test_pieces_that_are_hardly_there_are_left_out(sure, expected):
    """By how sure the best is."""
    doc = make_doc("{s1:Ann} {c1:said} {k1:it was late} in the old town {k1:and dark}.")
    links = take_notes(doc).links
    links[ROLE_SPANS] = replace(links[ROLE_SPANS], probabilities=[0.9, 0.9, *sure])
    assert [span.text for quote in read_quotes(Attributor()(doc)) for span in quote.content] == expected


def test_a_quotation_is_there_however_unsure_its_edges_are():
    """The marks tell where it ends."""
    doc = make_doc("{s1:Ann} {c1:said} {k1:it was late} in the old town {k1:“and we had to go home”}.")
    links = take_notes(doc).links
    links[ROLE_SPANS] = replace(links[ROLE_SPANS], probabilities=[0.9, 0.9, 0.9, 0.1])
    (quote,) = read_quotes(Attributor()(doc))
    assert [span.text for span in quote.content] == ["it was late", "and we had to go home"]


def test_an_unlikely_source_is_none():
    """Though to have none is unlikelier still."""
    doc = make_doc("{k1:It was late}, {c1:it was said}. {s9:Ann} left.")
    take_notes(doc).links[ROLE_SPANS] = RoleLinks([0.9] * 3, [(0, 1, -0.1)], [(1, 2, -7.0), (1, -1, -9.0)])
    (quote,) = read_quotes(Attributor()(doc))
    assert quote.source == ()


def test_a_quotation_after_somebody_acts_is_theirs():
    """The one who acts stands for the speaker; a title alone is no speech."""
    doc = make_doc("Ann Lee shook her head. “We heard nothing at all.” “The Heron” was on.")
    doc.spans[MENTIONS] = [Span(doc, 0, 2, "person")]
    doc = Attributor()(doc)
    (quote,) = read_quotes(doc)
    assert (quote.text, [span.text for span in quote.source]) == ("We heard nothing at all.", ["Ann Lee"])


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Ann Lee shook her head.\n\n“We heard nothing at all.”", 0),
        ("“Ann Lee came home.” “We heard nothing at all.”", 1),
    ],
)
def test_a_quotation_after_somebody_else_acts_is_not_theirs(text, first):
    """In another paragraph, or in what is said."""
    doc = make_doc(text)
    doc.spans[MENTIONS] = [Span(doc, first, first + 2, "person")]
    assert read_quotes(Attributor()(doc))[-1].source == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Lee sighed. “No.” She left.", ["No."]),
        ("They met.\n\n“Nothing?”\n\n“Nothing.”\n\nIt rained.", ["Nothing?", "Nothing."]),
        ("They met.\n\n“We heard nothing at all”\n\nIt rained.", ["We heard nothing at all"]),
        ("They met.\n\n“We heard it.\n\n“It rained.”\n\nIt fell.", ["We heard it. … It rained."]),
        ("It rained. “The Heron” was on.", []),
        ("It rained. They called it “home.”", []),
        ("They met.\n\n“Home”\n\nIt rained.", []),
        ("It rained. “The Old Mill Of Keta”", []),
    ],
)
def test_a_word_that_is_a_sentence_is_speech(text, found):
    """However short it is; a title, and a word held at a distance, are none."""
    assert [quote.text for quote in read_quotes(Attributor()(make_doc(text)))] == found


def test_a_quotation_is_its_own_sentences():
    """Of two cues that may have reported it, the one in its sentence did."""
    assert attribute(
        "{k9:“It is late,”} {c1:said} {s1:Bo} of Lund Inc. {k2:“Too late,”} {s2:Ann} {c2:added}."
    ) == [
        ("Bo", "direct", ["It is late,"]),
        ("Ann", "direct", ["Too late,"]),
    ]


def test_a_paragraph_of_quotation_without_a_cue_goes_to_who_has_the_floor():
    """It is a quote of its own, with the speaker of the one before."""
    doc = Attributor()(
        make_doc("{k1:“We left,”} {s1:Ann} {c1:said}.\n\n“They never looked for us.”\n\nIt rained.")
    )
    quotes = read_quotes(doc)
    assert [quote.text for quote in quotes] == ["We left,", "They never looked for us."]
    assert quotes[1].source == quotes[1].cue == ()
    assert take_notes(doc).statements[2].floor == 1
    assert quotes[1].confidence < quotes[0].confidence


@pytest.mark.parametrize("rest", ["He left.", "He left.\n\n{k1:“We came.”}"])
def test_an_unclosed_quotation_says_so(rest):
    """The quote ends at its paragraph, and is marked as not closed, whatever else it has."""
    (quote,) = read(f"{{s1:Ann}} {{c1:said}}: {{k1:“We are late.}}\n\n{rest}")
    assert (quote.content[0].text, quote.closed) == ("We are late.", False)


@pytest.mark.parametrize(
    ("marked", "act"),
    [
        ("{s1:Ann} {c1:said} {k1:it was late}.", "statement"),
        ("{c1:According to} {s1:Ann}, {k1:it was late}.", "statement"),
        ("{s1:Ann} {c1:hopes to} {k1:win}.", "thought"),
        ("{s1:Ann} {c1:is afraid of} {k1:dogs}.", "thought"),
        ("{s1:Ann} {c1:thought}: {k1:“Never again.”}", "thought"),
        ("{k1:“It was a long winter,”} {s1:Ann} {c1:remembered}.", "statement"),
        ("{s1:Ann} {c1:said she believed} {k1:it was late}.", "statement"),
        ("{s1:Wardens} {c1:said} {k1:the plan was unsafe}.", "statement"),
        ("{s1:Ann} {c1:warned} that {k1:her fears had come true}.", "statement"),
        ("{s1:Ann} {c1:hopes for} {k1:a “quiet night”}.", "statement"),
        ("{s1:Ann} {c1:hopes for} {k1:another “Long Road”}.", "thought"),
        ("{s1:Ann} {c1:denounced} {k1:the vote}.", "thought"),
        ("{s1:Ann} {c1:denounced} {k1:the “stolen” vote}.", "statement"),
        ("{s1:Ann} {c1:repeated} {k1:her opposition to the “deal”}.", "thought"),
        ("{s1:Ann} {c1:repeated} that {k1:she was against the “deal”}.", "statement"),
        ("{s1:Ann} {c1:praised} {k1:“The Long Road”}.", "thought"),
        ("{s1:Ann} {c1:praised} {k1:“The long road ahead”}.", "statement"),
        ("{s1:Ann} {c1:praised} {k1:“the road to Rome”}.", "statement"),
        ("{s1:Ann} {c1:repeated} that {k1:rain fell}.", "statement"),
        ("{s1:Ann} {c1:called} {k1:him a “liar”}.", "statement"),
        ("{s1:Ann} {c1:spluttered} that {k1:the soup was cold}.", "statement"),
        ("{s1:Ann} {c1:questioned} {k1:whether the bridge was safe}.", "statement"),
        ("{s1:Ann} {c1:questioned} {k1:whether it rained}.", "statement"),
        ("{s1:The inquiry} {c1:found} {k1:rents had doubled}.", "statement"),
        ("{s1:Ann} {c1:blocked} {k1:a dam that would flood the valley}.", "thought"),
        ("{s1:Ann} {c1:has focused on} {k1:what was left}.", "thought"),
        ("{c1:Under} {s1:Ann’s plan}, {k1:rents would double}.", "statement"),
    ],
)
def test_statements_are_told_from_thoughts(marked, act):
    """By the words of the cue, never by what it is about; words in marks, and a clause, were said."""
    assert [quote.act for quote in read(marked)] == [act]


def test_what_goes_on_as_a_quotation_was_said():
    """Though its cue may report a thought, too."""
    quotes = read("{s1:Ann} {c1:praised} {k1:the mayor}. {k1:“We have to thank him.”}")
    assert [quote.act for quote in quotes] == ["statement", "statement"]
