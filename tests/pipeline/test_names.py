"""Names and descriptions parted."""

import pytest

from quotex.pipeline.speakers.names import Name, read_name


@pytest.mark.parametrize(
    ("source", "name", "description"),
    [
        ("Prime Minister Sok Dara", "Sok Dara", "Prime Minister"),
        ("Cambodian Prime Minister Sok Dara", "Sok Dara", "Cambodian Prime Minister"),
        ("Mwangi Otieno, co-founder of the Lake Institute,", "Mwangi Otieno", "co-founder of the Lake Institute"),
        ("Sen. Rosa Quispe (Puno)", "Rosa Quispe", "Sen."),
        ("Mr. King", "King", None),
        ("Dr. Nguyễn Thị Lan", "Nguyễn Thị Lan", None),
        ("harbour master Aoife Ní Bhriain", "Aoife Ní Bhriain", "harbour master"),
        ("Secretary of State Jan van der Berg", "Jan van der Berg", "Secretary of State"),
        ("President Yusuf al-Masri", "Yusuf al-Masri", "President"),
        ("Otieno’s lawyer, Grace Wambui", "Grace Wambui", "Otieno’s lawyer"),
        ("Channel Nine’s Grace Wambui", "Grace Wambui", "Channel Nine"),
        ("Szabó Katalin of the Harbour Board", "Szabó Katalin", "of the Harbour Board"),
        ("Sukarno", "Sukarno", None),
        ("Vang A Pao", "Vang A Pao", None),
        ("Larissa King", "Larissa King", None),
        ("Carlos Salinas", "Carlos Salinas", None),
        ("one reader @lakeside_otieno", "@lakeside_otieno", "one reader"),
        ("Larissa Farmer of Kampot", "Larissa Farmer", "of Kampot"),
        ("the University of Puno’s Dr Rosa Quispe", "Rosa Quispe", "University of Puno"),
        ("Minister for Fisheries Peter Wambui", "Peter Wambui", "Minister for Fisheries"),
        ("Harbour Board member, Grace Wambui from Kisumu", "Grace Wambui", "Harbour Board member"),
        ("Grace Wambui near Lake Victoria", "Grace Wambui", "near Lake Victoria"),
    ],
)
def test_people(source, name, description):
    """Titles, appositions, brackets, possessives and affiliations describe; honorifics do not."""
    assert read_name(source)[:3] == (name, "person", description)


@pytest.mark.parametrize(
    ("source", "name", "kind"),
    [
        ("the Ministry of Fisheries", "Ministry of Fisheries", "org"),
        ("The Kampala Observer", "Kampala Observer", "org"),
        ("the Otieno campaign", "Otieno campaign", "org"),
        ("UNHCR", "UNHCR", "org"),
        ("The city of Kampot", "city of Kampot", "org"),
        ("the Harbour Board on Tuesday", "Harbour Board", "org"),
        ("the U.N. refugee agency", "U.N. refugee agency", "org"),
        ("critics who left", "critics", "group"),
        ("officials in Lima", "officials in Lima", "group"),
        ("Republicans", "Republicans", "group"),
        ("police", "police", "group"),
        ("one diplomat", "one diplomat", "unnamed"),
        ("a spokesman for the Ministry", "a spokesman for the Ministry", "unnamed"),
        ("the prime minister", "the prime minister", "unnamed"),
        ("a nurse in Dayton, Ohio", "a nurse in Dayton", "unnamed"),
        ("the Senator from Maine", "the Senator from Maine", "unnamed"),
        ("firms like Danske", "firms like Danske", "group"),
        ("Saudis", "Saudis", "group"),
        ("the Food and Water Board", "Food and Water Board", "org"),
    ],
)
def test_bodies_groups_and_those_without_a_name(source, name, kind):
    """A body has a word of bodies, an acronym, or "the" before capitals; the rest keep their words."""
    assert read_name(source) == Name(name, kind)


def test_a_body_known_as_such_is_no_person():
    """What the tagger saw goes before what the words look like."""
    assert read_name("Danske", body=True) == Name("Danske", "org")
    assert read_name("Refugee Council Executive Director Mwangi Otieno", body=True).text == "Mwangi Otieno"
    assert read_name("Harbour Board's CEO", body=True).kind == "unnamed"
    assert read_name("Island officials", body=True).kind == "group"
