"""Posts: what stands over a name with a handle was posted by that one."""

import pytest

from quotex.pipeline.attribute import Attributor
from quotex.pipeline.results import read_quotes
from tests.pipeline.test_attribute import make_doc


def read_posts(text: str) -> list[tuple[str, str]]:
    """Attribute a text without roles: sources and contents."""
    return [(quote.source[0].text, quote.text) for quote in read_quotes(Attributor()(make_doc(text)))]


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        (
            "Few knew.\n\nIt never held. It “never” will. — Ana B. Lee (@ana_lee) May 23, 2018\n\nIt rains.",
            [("Ana B. Lee (@ana_lee)", "It never held. It “never” will.")],
        ),
        ("It is late.\n\n— Ora Daily (@oradaily) 3 March 2019", [("Ora Daily (@oradaily)", "It is late.")]),
        ("It holds. -- Bo Ek (@bo)", [("Bo Ek (@bo)", "It holds.")]),
        (
            "It holds. — Bo Ek (@bo) May 2, 2020 It fell. — Ana Lee (@ana) May 3, 2020",
            [("Bo Ek (@bo)", "It holds."), ("Ana Lee (@ana)", "It fell.")],
        ),
        (
            "{s1:Ann} {c1:said}\n\n{k1:It holds.} — Bo Ek (@bo)\n\n{s2:Ann} {c2:said} {k2:it fell}.",
            [("Bo Ek (@bo)", "It holds."), ("Ann", "it fell")],
        ),
        (
            "{s1:Ann} {c1:said} {k1:it fell}. — Bo Ek (@bo)",
            [("Bo Ek (@bo)", "Ann said it fell."), ("Ann", "it fell")],
        ),
        ("The mayor — Bo Ek (@bo) to her friends — shook her head.", []),
        ("— Bo Ek (@bo) May 2, 2020", []),
        ("It holds. — Bo Ek (mayor) May 2, 2020", []),
    ],
)
def test_posts(text: str, posts: list[tuple[str, str]]):
    """A dash, a name and a handle end a post; the day may follow."""
    assert read_posts(text) == posts
