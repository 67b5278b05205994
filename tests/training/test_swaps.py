"""Other names in a text, and where what was known of places in it is now."""

import json
from pathlib import Path

import numpy as np
import pytest

from models.news_en.training.swaps import Edit, Named, Swapped, Swapper, apply

TEXT = "Ann Lee met Bob. Lee left."
EDITS = [
    Edit(0, 7, "Dr Mwangi Otieno", ((0, 2, "title"), (3, 16, "person"))),
    Edit(12, 15, "Jo", ((0, 2, "person"),)),
    Edit(17, 20, "Otieno", ((0, 6, "person"),)),
]
WORDS = {
    "honorifics": ["Dr."],
    "before": ["CFO"],
    "offices_of_place": ["Mayor"],
    "offices_for": ["Minister for Lakes"],
    "company_words": ["Zest"],
    "body_templates": ["{surname} & {surname}", "{topic} Board of {place}"],
    "topics": ["tea"],
    "roles_in_body": [["a lecturer", "at"]],
    "post_nominals": ["MP"],
}


@pytest.fixture
def swapped() -> Swapped:
    return apply(TEXT, EDITS)


def test_a_text_with_other_names(swapped: Swapped) -> None:
    """All that is new is known, by its place in the new text."""
    assert swapped.text == "Dr Mwangi Otieno met Jo. Otieno left."
    assert [(swapped.text[start:end], what) for start, end, what in swapped.parts] == [
        ("Dr", "title"),
        ("Mwangi Otieno", "person"),
        ("Jo", "person"),
        ("Otieno", "person"),
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 7, "Dr Mwangi Otieno"),
        (4, 7, "Dr Mwangi Otieno"),
        (0, 3, "Dr Mwangi Otieno"),
        (8, 11, "met"),
        (7, 8, " "),
        (8, 15, "met Jo"),
        (15, 16, "."),
        (12, 16, "Jo."),
        (17, 25, "Otieno left"),
        (16, 17, " "),
        (21, 26, "left."),
        (0, 26, "Dr Mwangi Otieno met Jo. Otieno left."),
    ],
)
def test_places_move(swapped: Swapped, start: int, end: int, expected: str) -> None:
    """What was changed begins and ends as a whole; what stands beside it neither grows nor shrinks."""
    assert swapped.text[swapped.move(start) : swapped.move(end, is_end=True)] == expected


def test_places_in_a_text_that_was_not_changed() -> None:
    """Nothing moves."""
    assert [apply(TEXT, []).move(place) for place in (0, 7, 26)] == [0, 7, 26]
    assert apply(TEXT, []).move(26, is_end=True) == 26


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Names and titles of a small world."""
    names = {
        "africa": {"KE": {"first": ["Mwangi", "Grace"], "last": ["Otieno", "Wambui"]}, "empty": {"first": []}}
    }
    (tmp_path / "names.json").write_text(json.dumps(names))
    (tmp_path / "titles.json").write_text(json.dumps(WORDS))
    return tmp_path / "names.json", tmp_path / "titles.json"


def test_swapping_keeps_who_is_who(files: tuple[Path, Path]) -> None:
    """One person has one new name, its parts where those of the old one were."""
    text = "At dinner Zoe Quill met aides. Quill left the Harbour Board. Zoe sang in Ora."
    names = [
        *(Named(10, 19, "person", "zoe"), Named(31, 36, "person", "zoe"), Named(61, 64, "person", "zoe")),
        *(Named(46, 59, "org", "board"), Named(73, 76, "place", "ora")),
    ]
    assert [text[name.start : name.end] for name in names] == ["Zoe Quill", "Quill", "Zoe", "Harbour Board", "Ora"]
    seen = set()
    for seed in range(60):
        swapped = Swapper(*files, np.random.default_rng(seed))(text, names, ["Ora"])
        parts = [(swapped.text[start:end], what) for start, end, what in swapped.parts]
        people = [part for part, what in parts if what == "person"]
        assert all(part == part.strip() and part in swapped.text for part, _ in parts)
        assert swapped.text.endswith(" sang in Ora.")
        if people and people[0] != "Zoe Quill" and " " in people[0]:
            first, last = people[0].split()
            assert people[1:] == [last, first]
        seen |= {what for _, what in parts}
        seen.add("unchanged" if swapped.text == text else "changed")
    assert seen == {"person", "org", "place", "title", "description", "changed", "unchanged"}


def test_titles_before_names(files: tuple[Path, Path]) -> None:
    """With a capital where a sentence begins; none where there may be one already."""
    text = "Zoe Quill met the NBA Max Quell. Quill left, and the aide Quill sang."
    names = [
        *(Named(0, 9, "person", "a"), Named(22, 31, "person", "b")),
        *(Named(33, 38, "person", "a"), Named(58, 63, "person", "a")),
    ]
    titled: set[str] = set()
    for seed in range(80):
        swapped = Swapper(*files, np.random.default_rng(seed))(text, names, ["Ora"])
        titles = [(start, end) for start, end, what in swapped.parts if what == "title"]
        assert all(swapped.text[:start].endswith((". ", "aide ")) or not start for start, _ in titles)
        titled |= {swapped.text[start:end] for start, end in titles}
    assert {"CFO", "Dr."} < titled


def test_descriptions_and_letters_behind_names(files: tuple[Path, Path]) -> None:
    """A description is put before a verb only, between commas; both are known, and the body in it."""
    text = "aide Zoe Quill sang."
    found = set()
    for seed in range(200):
        swapped = Swapper(*files, np.random.default_rng(seed))(text, [Named(5, 14, "person", "a")], ["Ora"])
        parts = {what: swapped.text[start:end] for start, end, what in swapped.parts}
        if "description" in parts and swapped.text.startswith(f"aide {parts['person']}"):
            after = swapped.text.removeprefix(f"aide {parts['person']}")
            found.add(after.replace(parts.get("org", "-"), "BODY"))
    assert found == {", a lecturer at BODY, sang.", " MP sang."}
