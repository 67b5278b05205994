"""Sources that name several."""

import pytest

from quotex.pipeline.speakers.lists import split_names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("Wambui and Otieno", ["Wambui", "Otieno"]),
        ("Mr. Wambui and Ms. Otieno’s", ["Mr. Wambui", "Ms. Otieno’s"]),
        ("Sens. Grace Wambui (Puno), Rosa Quispe and Sok Dara", ["Sens. Grace Wambui", "Rosa Quispe", "Sok Dara"]),
        ("senator Grace Wambui, D-Me., and Rosa Quispe, D-Vt.,", ["senator Grace Wambui", "Rosa Quispe"]),
        ("both President Wambui and former mayor Sok Dara", ["President Wambui", "former mayor Sok Dara"]),
        ("Latvia and the Netherlands, both on the sea,", ["Latvia", "the Netherlands"]),
        ("The Otieno campaign and UNHCR", ["The Otieno campaign", "UNHCR"]),
    ],
)
def test_several(source: str, names: list[str]) -> None:
    """People, countries or bodies, with their titles, without brackets and parties."""
    assert list(split_names(source)) == names


@pytest.mark.parametrize(
    "source",
    [
        *("Grace Wambui", "Wambui and her lawyer", "her lawyer and Wambui", "officials and Wambui"),
        *("Grace Wambui, founder and head of the club", "the mayor and head of the Harbour Board"),
        *(
            "Department of Health and Human Services",
            "House Oversight and Reform Committee",
            "Trinidad and Tobago",
        ),
        *("the Institute for Work and Peace", "", "and", "Wambui and Wambui"),
    ],
)
def test_one(source: str) -> None:
    """Bodies with "and" in their names, offices, and what is no name."""
    assert split_names(source) == ()


def test_what_is_known_as_a_body() -> None:
    """Two surnames may be a firm's name; two full names are two people all the same."""
    assert split_names("Wambui and Otieno", body=True) == ()
    assert len(split_names("Grace Wambui and Mwangi Otieno", body=True)) == 2
