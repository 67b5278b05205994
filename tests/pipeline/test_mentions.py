"""Names as the network marked them, mended, and with what stands beside them."""

from time import process_time

import pytest

from quotex.pipeline.speakers.mentions import Mentions
from tests.pipeline.naming import read
from tests.serve.conftest import load_marks


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[t:Prime Minister] [p:Sok Dara] left.", ("Sok Dara", "", ["Prime Minister"])),
        ("[t:Mr.] [p:King] left.", ("King", "mr.", [])),
        ("Mr. [p:King] left.", ("King", "mr.", [])),
        ("[t:Datuk Seri] [p:Azmi Osman] left.", ("Azmi Osman", "datuk", [])),
        ("[t:Minister Dr.] [p:Nguyễn Thị Lan] left.", ("Nguyễn Thị Lan", "dr.", ["Minister"])),
        ("[d:The mayor of Kisumu], [p:Grace Wambui], left.", ("Grace Wambui", "", ["the mayor of Kisumu"])),
        ("[p:Grace Wambui], the [d:mayor of Kisumu], left.", ("Grace Wambui", "", ["mayor of Kisumu"])),
        ("[p:Grace Wambui], 42, [d:a lawyer], left.", ("Grace Wambui", "", ["a lawyer"])),
        ("[p:Grace Wambui], [d:now a lawyer], left.", ("Grace Wambui", "", ["a lawyer"])),
        ("[t:Mayor] [p:Grace Wambui], [d:a lawyer], left.", ("Grace Wambui", "", ["Mayor", "a lawyer"])),
        ("[p:Grace Wambui], [d:a lawyer], [d:a cook], left.", ("Grace Wambui", "", ["a lawyer", "a cook"])),
        ("[p:Grace Wambui's] boat left.", ("Grace Wambui", "", [])),
        ("[p:Grace Wambui], [t:Mayor] [p:Sok Dara] left.", ("Grace Wambui", "", [])),
        ("[p:Grace Wambui] and [d:the mayor], [p:Sok Dara], left.", ("Grace Wambui", "", [])),
        ("[p:Grace Wambui]’s [d:aide], [p:Sok Dara], left.", ("Grace Wambui", "", [])),
        ("[p:H.R. Wambui], [o:Lake Ferries]’ [d:pilot], left.", ("H.R. Wambui", "", ["Lake Ferries’ pilot"])),
        ("[p:Grace Wambui] left with her boat, [d:a wreck].", ("Grace Wambui", "", [])),
    ],
)
def test_names_with_what_stands_beside_them(marked: str, expected: tuple[str, str, list[str]]) -> None:
    """Titles and descriptions next to a name are its own, honorifics apart; those of others are not."""
    name = read(marked).names[0]
    assert (name.text, name.honorific, name.beside) == expected


@pytest.mark.parametrize(
    ("marked", "description"),
    [
        ("[t:Mayor] [p:Grace Wambui] of [l:Kisumu] left.", "Mayor of Kisumu"),
        ("[t:Mayor] [p:Grace Wambui] [d:of Kisumu] left.", "Mayor of Kisumu"),
        ("[o:Lake Ferries] [t:chief pilot] [p:Grace Wambui] left.", "Lake Ferries chief pilot"),
        ("[o:Lake Ferries]’ [t:chief pilot], [p:Grace Wambui], left.", "Lake Ferries’ chief pilot"),
        ("[p:Grace Wambui], [d:head] of the [o:Lake Board], left.", "head of the Lake Board"),
        ("[p:Grace Wambui], [d:head of the Lake] [o:Board], left.", "head of the Lake Board"),
        ("[p:Grace Wambui], [d:a lawyer with] [o:Lake Legal Aid], left.", "a lawyer with Lake Legal Aid"),
        ("[p:Grace Wambui], [d:an aide to Sen.] [p:Sok Dara], left.", "an aide to Sen. Sok Dara"),
        ("[p:Grace Wambui], [p:Sok Dara][d:’s top aide], left.", "Sok Dara’s top aide"),
        ("[t:Mayor] [p:Grace Wambui] in [l:Kisumu] left.", "Mayor"),
    ],
)
def test_titles_have_their_bodies(marked: str, description: str) -> None:
    """Before the title, behind it, and across the name."""
    assert next(name for name in read(marked).names if name.text == "Grace Wambui").beside == [description]


def test_names_in_headlines() -> None:
    """A paragraph of capitals is one; names there may lack what others have."""
    mentions = read("[o:Harbour Board] Warns Ferries About Storms\n\nThe [o:Harbour Board] warned the ferries.")
    assert [name.in_headline for name in mentions.names] == [True, False]


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("[p:Ana] and [p:Karl Lind] left. [p:Ana] wept.", ["Ana Lind", "Karl Lind", "Ana"]),
        ("[p:Ana Moe] met [p:Ana] and [p:Karl Lind].", ["Ana Moe", "Ana", "Karl Lind"]),
        ("[p:Xq] and [p:Karl Lind] left.", ["Xq", "Karl Lind"]),
        ("[l:KISUMU] ([o:Lake News]) — The [o:Harbour Board] left.", ["KISUMU", "Harbour Board"]),
        ("The [o:Harbour Board] ([o:HB]) left.", ["Harbour Board", "HB"]),
    ],
)
def test_names_are_mended(marked: str, names: list[str]) -> None:
    """The first of two has the surname of both; the agency of a dateline is left out."""
    assert [name.text for name in read(marked).names] == names


def test_marks_deep_in_one_another():
    """What is in marks is counted once, however many quotations it is in; a minute would be too long."""
    n = 16_000
    doc = load_marks()("“a " * n + "b” " * n)
    start = process_time()
    quoted = Mentions(doc).quoted
    assert process_time() - start < 10
    assert len(quoted) > 2 * n
