"""Names, what stands beside them, and who is behind each source, as labels and links."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("torch")

from models.news_en.training.naming import (
    count_leading,
    find_beside,
    find_honorific,
    find_keys,
    find_places,
    outermost,
    read_marked,
    read_names,
    read_speakers,
)
from models.news_en.training.swaps import Edit, Named, Swapped, apply
from models.news_en.training.texts import read_text
from quotex.evaluation import AnnotatedText, Annotation
from quotex.model.encode import Encoder
from quotex.model.labels import BESIDE_LABELS, NAME_LABELS
from quotex.training.batches import draw_groups, draw_stretches, make_batch
from quotex.training.examples import Example, GoldMates
from quotex.training.reader import ExampleReader
from tests.model.toy import make_tokenizer

TEXT = "Mayor Grace Wambui met Oxfam in Ora. “No,” Wambui said."
NAMES = [("Grace Wambui", "person"), ("Oxfam", "organization"), ("Ora", "place"), ("Wambui said", "person")]


@pytest.fixture
def read() -> ExampleReader:
    return ExampleReader(Encoder(make_tokenizer()))


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def find(part: str, text: str = TEXT) -> tuple[int, int]:
    """Find a part of a text; of "Wambui said", the name only."""
    start = text.index(part)
    return start, start + len(part.removesuffix(" said"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with one text in which all names are marked, one of them twice."""
    mentions = [{"start": find(part)[0], "end": find(part)[1], "type": kind} for part, kind in NAMES]
    inner = {"start": find("Wambui")[0], "end": find("Wambui")[1], "type": "other"}
    return write(tmp_path / "names.jsonl", {"id": "a", "text": TEXT, "mentions": [*mentions, inner]})


def list_labels(allowed: np.ndarray | None, labels: tuple[str, ...]) -> list[str]:
    """List the label of each word, "?" where it may have several."""
    assert allowed is not None
    assert allowed.any(axis=1).all()
    return [labels[row.argmax()] if row.sum() == 1 else "?" for row in allowed]


def test_texts_in_which_all_names_are_marked(path: Path, read: ExampleReader) -> None:
    """Every word has one label; nothing is known of what stands beside."""
    (example,) = read_names(path, read)
    words = [
        "Mayor",
        "Grace",
        "Wambui",
        "met",
        "Oxfam",
        "in",
        "Ora",
        ".",
        "“",
        "No",
        ",",
        "”",
        "Wambui",
        "said",
        ".",
    ]
    assert example.words.words == words
    assert list_labels(example.names, NAME_LABELS) == [
        *["O", "B-person", "I-person", "O", "B-org", "O", "B-place", *["O"] * 5, "B-person", "O", "O"]
    ]
    assert example.beside is None


def put_title(text: str, names: list[Named], places: list[str]) -> Swapped:
    """Stand in for a Swapper: the second name of a person is somebody else's, with a title."""
    second = [name for name in names if name.kind == "person"][1]
    edit = Edit(second.start, second.end, "Ora CFO Jo Moe", ((0, 3, "place"), (0, 7, "title"), (8, 14, "person")))
    return apply(text, [edit])


def test_texts_with_other_names(path: Path, read: ExampleReader) -> None:
    """What was put there is known with its title; others may be beside a name, but no word of a person's name."""
    (example,) = read_names(path, read, put_title)
    assert example.words.words[12:] == ["Ora", "CFO", "Jo", "Moe", "said", "."]
    labels = list_labels(example.names, NAME_LABELS)
    assert labels[:7] == ["O", "B-person", "I-person", "O", "B-org", "O", "B-place"]
    assert labels[12:] == ["B-place", "O", "B-person", "I-person", "O", "O"]
    beside = list_labels(example.beside, BESIDE_LABELS)
    assert beside[:4] == ["?", "O", "O", "?"]
    assert beside[12:] == ["B-title", "I-title", "O", "O", "?", "?"]


def test_names_of_one_have_one_key() -> None:
    """People's by their last word or a given name that nobody else has; those of others by all of it."""
    text = "Zoe Quill, Quill, Zoe, Max, Quill Oil, Quill"
    parts = ["Zoe Quill", "Quill,", "Zoe,", "Max", "Quill Oil"]
    spans = [(text.index(part), text.index(part) + len(part.rstrip(","))) for part in parts]
    kinds = ["person"] * 4 + ["org"]
    keys = [one.key for one in find_keys(text, [(*span, kind) for span, kind in zip(spans, kinds, strict=True)])]
    assert keys == ["Zoe Quill", "Zoe Quill", "Zoe Quill", "Max", "Quill Oil"]


def test_names_in_names_are_left_out() -> None:
    """The longest of those that begin together, and nothing inside it."""
    assert outermost([(4, 9, "org"), (0, 5, "person"), (0, 9, "org"), (9, 12, "place")]) == [
        (0, 9, "org"),
        (9, 12, "place"),
    ]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Mr. Wambui", "Wambui"),
        ("the Harbour Board", "Harbour Board"),
        ("The Rep. Dr. Wambui", "Wambui"),
        ("President Grace Wambui", "Grace Wambui"),
        ("Wambui", "Wambui"),
        ("Theo Wambui", "Theo Wambui"),
        ("Wambui the elder", "Wambui the elder"),
    ],
)
def test_what_leads_to_a_name(form: str, name: str) -> None:
    """Honorifics and "the" belong to no name; a form of nothing else keeps its last word."""
    assert form[count_leading(form) :] == name


@pytest.mark.parametrize(
    ("text", "honorific"),
    [
        ("On Monday Mr. Wambui left", "Mr."),
        ("Mr. Wambui left", "Mr."),
        ("Mayor Wambui left", None),
        ("Wambui left", None),
    ],
)
def test_honorifics_before_names(text: str, honorific: str | None) -> None:
    """A word of its own, which is no title."""
    found = [text[start:end] for start, end in find_honorific(text, text.index("Wambui"))]
    assert found == ([honorific] if honorific else [])


@pytest.mark.parametrize(
    ("text", "beside", "expected"),
    [
        ("The mayor Grace Wambui left", ["mayor"], [("mayor", "title")]),
        ("The mayor of Ora, Grace Wambui, left", ["The mayor of Ora"], [("The mayor of Ora", "description")]),
        ("Grace Wambui, the mayor, left", ["mayor"], [("mayor", "description")]),
        ("Grace Wambui (a lawyer) left", ["a lawyer"], [("a lawyer", "description")]),
        (
            "Judge Grace Wambui, a lawyer, left",
            ["Judge", "a lawyer"],
            [("Judge", "title"), ("a lawyer", "description")],
        ),
        ("Grace Wambui saw the mayor", ["mayor"], []),
        ("The mayor saw Grace Wambui", ["mayor"], []),
        ("Grace Wambui left", ["mayor"], []),
    ],
)
def test_what_was_read_beside_a_name(text: str, beside: list[str], expected: list[tuple[str, str]]) -> None:
    """Found again next to the name only; before it without a comma it is a title."""
    at = text.index("Grace Wambui")
    found = find_beside(text, at, at + len("Grace Wambui"), beside)
    assert [(text[start:end], what) for start, end, what in found] == expected


def test_places_are_those_of_most(tmp_path: Path) -> None:
    """Three times a place's name at least, and more often than a body's."""
    marked = [("Ora", "place")] * 4 + [("Ora", "organization")] + [("Oz", "place")] * 2
    marked += [("Om", "place"), ("Om", "organization")] * 3
    rows = [{"text": name, "mentions": [{"start": 0, "end": len(name), "type": kind}]} for name, kind in marked]
    assert find_places(write(tmp_path / "a.jsonl", *rows)) == {"Ora"}


SPOKEN = "Mayor Grace Wambui came. “No,” Mr. Wambui said. “Yes,” said Ora. “Go,” she said."


def read_spoken(read: ExampleReader, swap: Any = None) -> Example:
    """Read an article with three quotes; a country speaks in one of them."""

    def at(part: str, of: str | None = None) -> tuple[int, int]:
        start = SPOKEN.index(of or part)
        return start, start + len(part)

    quotes = (
        Annotation(content=(at("“No,”"),), cue=(at("said"),), source=(at("Mr. Wambui"),)),
        Annotation(content=(at("“Yes,”"),), cue=(at("said", "said Ora"),), source=(at("Ora"),)),
        Annotation(
            content=(at("“Go,”"),),
            cue=(
                at(
                    "said",
                    "said.",
                ),
            ),
            source=(at("she"),),
        ),
    )
    row = {
        "id": "a",
        "names": [[*at("Grace Wambui"), 1], [*at("Mr. Wambui"), 1], [*at("Ora"), 2]],
        "entities": [
            {"entity": 1, "kind": "person", "name": "Grace Wambui", "beside": ["Mayor"]},
            {"entity": 2, "kind": "org", "name": "Ora"},
        ],
        "speakers": [1, 2, 1],
    }
    (example,) = read_speakers([row], {"a": AnnotatedText("a", SPOKEN, quotes)}, read, frozenset(["Ora"]), swap)
    return example


def test_articles_with_their_speakers(read: ExampleReader) -> None:
    """Names and what stands beside them, and links from each name and source to the names of the same one."""
    example = read_spoken(read)
    words = example.words.words
    labels = list_labels(example.names, NAME_LABELS)
    assert labels[:4] == ["?", "B-person", "I-person", "?"]
    wambui = words.index("Wambui", 4)
    assert labels[wambui - 1 : wambui + 1] == ["?", "B-person"]
    country = words.index("Ora")
    assert example.names is not None
    assert example.names[country].all()
    unknown = {label for label, is_allowed in zip(NAME_LABELS, example.names[0], strict=True) if is_allowed}
    assert unknown == {"O", "B-place", "I-place", "B-other", "I-other"}
    beside = list_labels(example.beside, BESIDE_LABELS)
    assert {words[n]: label for n, label in enumerate(beside) if label not in "O?"} == {
        "Mayor": "B-title",
        "Mr.": "B-title",
    }
    she = words.index("she")
    assert example.mates == [
        GoldMates(2, (wambui,), (she,)),
        GoldMates(wambui, (2,), (she,)),
        GoldMates(she, (2, wambui)),
        GoldMates(country, ()),
    ]


def test_articles_with_speakers_under_other_names(read: ExampleReader) -> None:
    """Labels, links and quotes move along."""

    def swap(text: str, names: list[Named], places: list[str]) -> Swapped:
        assert [(text[name.start : name.end], name.key) for name in names] == [
            ("Grace Wambui", "1"),
            ("Wambui", "1"),
        ]
        assert places == ["Ora"]
        (first, second) = names
        return apply(
            text,
            [
                Edit(first.start, first.end, "Jo van Moe", ((0, 10, "person"),)),
                Edit(second.start, second.end, "van Moe", ((0, 7, "person"),)),
            ],
        )

    example = read_spoken(read, swap)
    words = example.words.words
    assert " ".join(words[:6]) == "Mayor Jo van Moe came ."
    labels = list_labels(example.names, NAME_LABELS)
    assert labels[:5] == ["?", "B-person", "I-person", "I-person", "?"]
    moe = words.index("Moe", 5)
    assert labels[moe - 1 : moe + 1] == ["B-person", "I-person"]
    assert list_labels(example.beside, BESIDE_LABELS)[0] == "B-title"
    assert example.mates[0] == GoldMates(3, (moe,), (words.index("she"),))
    assert example.gold is not None
    assert example.gold[words.index("she")] == 1


def test_articles_of_our_own_with_all_that_is_marked(read: ExampleReader) -> None:
    """Every word has one label; descriptions and pronouns are linked to the names of the same one."""
    marked = (
        "# 1: person, Ann Lee, she\n# 1: 1\n\n"
        "<s:1>[[T:1|Dr]] [[P:1|Ann Lee]]</s> <u:1>said</u> <c:1>[[O|Aid]] left</c>. [[D:1|She]] sang."
    )
    (example,) = read_marked([read_text("a", marked)], read)
    assert example.words.words == ["Dr", "Ann", "Lee", "said", "Aid", "left", ".", "She", "sang", "."]
    assert list_labels(example.names, NAME_LABELS)[:6] == ["O", "B-person", "I-person", "O", "B-org", "O"]
    assert list_labels(example.beside, BESIDE_LABELS)[:3] == ["B-title", "O", "O"]
    assert example.gold is not None
    assert example.gold.tolist() == [1, 2, 2, 3, 5, 6, 0, 0, 0, 0]
    assert example.mates == [GoldMates(2, (), (7,)), GoldMates(7, (2,), ())]


def test_who_has_no_name_is_found_by_its_words_where_no_descriptions_are_marked(read: ExampleReader) -> None:
    """All places of the description, and of its noun with "the"; of a pronoun without any, nothing is known."""
    marked = (
        "# 1: group, Five nurses, they\n# 2: unnamed, NOBODY, -\n# 1: 1\n# 2: 2\n\n"
        "Five nurses met. <s:1>They</s> <u:1>said</u> <c:1>no</c>. The nurses left. "
        "<s:2>We</s> <u:2>hope</u> <c:2>so</c>."
    )
    (example,) = read_marked([read_text("a", marked)], read)
    nurses, they, again, we = (example.words.words.index(word) for word in ("nurses", "They", "left", "We"))
    assert example.mates == [
        GoldMates(nurses, (), (they, again - 1)),
        GoldMates(they, (), (nurses, again - 1), may_lack=True),
        GoldMates(again - 1, (), (nurses, they)),
        GoldMates(we, (), (), may_lack=True),
    ]
    (group,) = draw_groups(draw_stretches([example], 99, np.random.default_rng(1)), 99, np.random.default_rng(1))
    is_known = make_batch(group, Encoder(make_tokenizer())).mates[0].any(-1)
    assert is_known[[they, we]].tolist() == [True, False]
