"""Who spoke, in short articles of ours: names from many countries, and whom pronouns and descriptions mean."""

from functools import cache

import pytest

from quotex.extraction import extract
from quotex.types import Article

ARTICLES = {
    "two of one surname": (
        "The brothers who own the ferry disagree. “We should sell it,” said Anwar Siregar, the older of the "
        "two.\n\n"
        "Budi Siregar, who steers it, would not hear of that. “My father built this boat,” Budi Siregar said.\n\n"
        "“He built it to carry people, and people are leaving,” Anwar Siregar replied.",
        ["Anwar Siregar", "Budi Siregar", "Anwar Siregar"],
    ),
    "a woman after a man": (
        "Zoltán Fekete, the mayor of Tiszadob, opened the dam on Monday. Réka Bárány, who designed it, was "
        "there.\n\n“It will hold for a hundred years,” she said. “I have tested every stone of it.”\n\n"
        "He thanked the workers. “They stayed when the water came,” he said.",
        ["Réka Bárány", "Zoltán Fekete"],
    ),
    "two candidates for a pronoun": (
        "Tran Thi Mai met Nguyen Van Phuc, her former teacher, in the market of Can Tho.\n\n"
        "“I did not know him at first,” she said.\n\n"
        "“I knew her at once,” he said.",
        ["Tran Thi Mai", "Nguyen Van Phuc"],
    ),
    "no honorific that goes with another pronoun": (
        "Mrs Ida Brom showed Mr Olaf Dahl the cracks. “They are small,” Mr Dahl said.\n\n"
        "“They grow every night,” she said.",
        ["Olaf Dahl", "Ida Brom"],
    ),
    "a speaker named in the next paragraph": (
        "“Nobody asked the fishermen,” the head of the cooperative said on Friday.\n\n"
        "Esi Mensah, the head of the cooperative, has fished off Elmina for thirty years.",
        ["Esi Mensah"],
    ),
    "a body after a person": (
        "Park Ji-hoon, a ship’s engineer, warned of the leak in May. “I wrote to them twice,” he said.\n\n"
        "The Busan Harbour Authority rejected that. It said in a statement that no letter had arrived.",
        ["Park Ji-hoon", "Park Ji-hoon", "Busan Harbour Authority"],
    ),
    "acronym": (
        "The Lagos Institute for Clean Water (LICW) tested forty wells. Nine were safe, LICW said on Tuesday.",
        ["Lagos Institute for Clean Water"],
    ),
    "a company without what it does": (
        "The mine belongs to the coal giant Baltos Energy, which closed it in May. Nobody was told.\n\n"
        "Baltos said: “The seam is exhausted.”\n\n"
        "“It is not,” Ilze Kalniņa, a miner, said.",
        ["Baltos Energy", "Ilze Kalniņa"],
    ),
    "a campaign by its owner’s full name": (
        "A day before the vote, rival Sipho Dlamini’s campaign lost its bus.\n\n"
        "Dlamini’s campaign said that it would walk. “I like walking,” Dlamini said.",
        ["Sipho Dlamini’s campaign", "Sipho Dlamini"],
    ),
    "a full name in the headline only": (
        "Ibrahim Keita Attacks the Port Authority in a Fiery Speech\n\n"
        "Keita did not wait for the applause to end. “They lost our boats,” Keita said on Sunday.",
        ["Ibrahim Keita"],
    ),
    "no full name in the headline": (
        "Will Keita Leave the Port Authority for the Lake Board?\n\n"
        "Keita did not wait for the applause to end. “They lost our boats,” Keita said on Sunday.",
        ["Keita"],
    ),
    "a judge who is named later": (
        "A judge in Valdivia stopped the dam on Tuesday.\n\n"
        "The dam would have drowned two villages, a judge ruled.\n\n"
        "Justice Paz Huenchumil wrote that nobody had asked the villages.",
        ["Paz Huenchumil", "Paz Huenchumil"],
    ),
    "a newspaper by what it is": (
        "The Otago Herald has left its old house. The newspaper said in a statement that the roof leaked.",
        ["Otago Herald"],
    ),
    "a name misspelt": (
        "Two nurses waited for Kateřina Novotná to open the ward. “It is too cold,” Novotna said.\n\n"
        "“Come in anyway,” Novottná added.",
        ["Kateřina Novotná", "Kateřina Novotná"],
    ),
    "common words are nobody": (
        "Fishermen from both shores met in Volta. Most said that the lake was empty.\n\n"
        "Aides to the minister said that it was not. The aides left early.",
        ["Most", "Aides to the minister"],
    ),
    "two who speak as one": (
        "Captain Leilani Kealoha and her brother Keoni Kealoha met in Hilo. The mayor, Noa Akana, came.\n\n"
        "Akana and Keoni Kealoha said that the pier would be mended. “By spring,” Akana said.",
        ["Noa Akana and Keoni Kealoha", "Noa Akana"],
    ),
    "a team that is a campaign": (
        "The Mwangi campaign said that the office was too small.\n\n"
        "The Mwangi team said that it would stay until May.",
        ["Mwangi campaign", "Mwangi campaign"],
    ),
    "a court that is cut": (
        "A court in Manila closed the port.\n\n"
        "The Court of Appeals for the Outer Isles ruled that the port was unsafe.",
        ["Court of Appeals for the Outer Isles"],
    ),
    "who is named after a description": (
        "The ferry was full. His guest, the painter Tala Santos, told of the storm.\n\n"
        "“I saw two boats sink,” she said.",
        ["Tala Santos", "Tala Santos"],
    ),
    "an acronym over a joining word": (
        "The Lakes and Rivers Commission met in Bern. The L.R.C. said that the water was clean.",
        ["Lakes and Rivers Commission"],
    ),
    "a country": (
        "Ferries stopped at noon. Latvia said that the storm would pass.",
        ["Latvia"],
    ),
    "surname alone, a title, and a description": (
        "Prime Minister Ólöf Jónsdóttir came to the harbour on Sunday. “The cod are back,” said Jónsdóttir.\n\n"
        "“I would not bet on it,” said Gunnar Karlsson, a biologist.\n\n"
        "The prime minister said that the quota would be raised in spring.",
        ["Ólöf Jónsdóttir", "Gunnar Karlsson", "Ólöf Jónsdóttir"],
    ),
    "an interview": (
        "Leila Haddad of the Tripoli Review spoke to the potter Youssef Ben Amor in his workshop.\n\n"
        "Haddad: “How did you begin?”\n\n"
        "Ben Amor: “With mud and a spoon. I was six years old.”\n\n"
        "Haddad: “And who taught you?”\n\n"
        "Ben Amor: “My grandmother did, and she was strict.”",
        ["Leila Haddad", "Youssef Ben Amor", "Leila Haddad", "Youssef Ben Amor"],
    ),
    "a transcript in capitals": (
        "Nomsa Dlamini of Radio Durban met the minister, Pieter van Wyk, in his office.\n\n"
        "DLAMINI: “When will the taps run again?”\n\n"
        "VAN WYK: “On Friday, and I mean this Friday.”\n\n"
        "DLAMINI: “You said that last week.”",
        ["Nomsa Dlamini", "Pieter van Wyk", "Nomsa Dlamini"],
    ),
    "a transcript without marks": (
        "Tomás Rivas spoke to Ingrid Solberg of the River Post on Monday.\n\n"
        "SOLBERG: When will the bridge open again?\n\n"
        "RIVAS: We will open it in spring, when the water is low. Two pillars must be built anew.\n\n"
        "SOLBERG: And who pays for it?\n\n"
        "RIVAS: The province does. We have the letter here.",
        ["Ingrid Solberg", "Tomás Rivas", "Ingrid Solberg", "Tomás Rivas"],
    ),
    "questions and answers": (
        "Dilnoza Karimova runs the only bookshop in Nukus. We spoke to her on Monday.\n\n"
        "Q: Who comes to your shop?\n\n"
        "A: Everybody comes, and most of them come for the tea. I sell three books a day.\n\n"
        "Q: Is that enough to live on?\n\n"
        "A: It is enough for the tea.",
        [None, "Dilnoza Karimova", None, "Dilnoza Karimova"],
    ),
    "no transcript": (
        "Note: bring boots and a lamp.\n\n"
        "The walk begins at nine, Sione Tupou said.\n\n"
        "Price: nothing at all, and tea is free.",
        ["Sione Tupou"],
    ),
    "no dateline is a person": (
        "NAIROBI, 3 May — “The rains are late,” said Wanjiru Kamau, who sells maize in Kibera.",
        ["Wanjiru Kamau"],
    ),
    "unnamed, and a pronoun that means them": (
        "“The talks failed,” one diplomat said in Asunción on Monday. “There was no will,” the diplomat said.",
        ["one diplomat", "one diplomat"],
    ),
    "I and we are whoever is speaking": (
        "María José Quispe runs the bakery in Puno. “My mother said ‘we bake for everyone,’ and we do,” she said.",
        ["María José Quispe"],
    ),
    "her spokesman is not her": (
        "Governor Amina Yusuf did not come. Her spokesman, Ibrahim Sani, said that she was ill.",
        ["Ibrahim Sani"],
    ),
}


@cache
def read(name: str) -> Article:
    return extract(ARTICLES[name][0])


# What the first model under the learned ranking gets wrong, and rules over word lists got right: to be learned.
# Strict: whoever teaches the model one of these takes it off the list.
STILL_WRONG = {
    "a woman after a man",
    "who is named after a description",
    "a campaign by its owner’s full name",
    "a judge who is named later",
}


def mark(name: str) -> object:
    """Mark an article that is still read wrongly."""
    return pytest.param(name, marks=pytest.mark.xfail(strict=True)) if name in STILL_WRONG else name


@pytest.mark.parametrize("name", [mark(name) for name in ARTICLES])
def test_who_spoke(name: str) -> None:
    """The speaker of each statement, outermost ones only, in the order of the article."""
    statements = [quote for quote in read(name).quotes if quote.act == "statement" and quote.within is None]
    speakers = [quote.speaker.name if quote.speaker else None for quote in statements]
    assert speakers == ARTICLES[name][1], [(quote.text, quote.source) for quote in statements]


def test_what_is_known_about_a_speaker() -> None:
    """Title and relation are descriptions, and other names aliases."""
    (mayor, *_) = read("surname alone, a title, and a description").speakers
    assert mayor.descriptions[0] == "Prime Minister"
    assert "Jónsdóttir" in mayor.aliases


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("a country", ["org"]),
        ("a newspaper by what it is", ["org"]),
    ],
)
def test_what_spoke(name: str, kinds: list[str]) -> None:
    """A capital at the beginning of a sentence makes nobody a person."""
    assert [speaker.kind for speaker in read(name).speakers] == kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The council says the school is safe, but we have seen the cracks,” said Omar Haddad, a builder.",
            [("the school is safe", "The council")],
        ),
        (
            "According to the inquiry, two guards claimed that nobody had locked the gate.",
            [("nobody had locked the gate", "two guards")],
        ),
        (
            "“My mother always said, ‘Count the nets before you sleep,’” said Yaw Boakye, a fisherman.",
            [("Count the nets before you sleep,", "My mother")],
        ),
        (
            "“He said the pump was broken,” a neighbour told the inquiry.",
            [("the pump was broken", None)],
        ),
        ("Sunita Rao said she had seen the letter and burned it.", []),
        ("“We heard the bell and ran to the harbour,” Tomas Reyes recalled.", []),
    ],
)
def test_what_is_said_inside_what_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    """A quote of its own, which stands within the other; who tells what happened quotes nobody."""
    outer, *inner = extract(text).quotes
    assert outer.within is None
    assert [(quote.text, quote.speaker and quote.speaker.name) for quote in inner] == expected
    assert {quote.within for quote in inner} <= {outer.id}
