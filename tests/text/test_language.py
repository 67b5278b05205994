"""English or not."""

import pytest

from quotex.text.language import looks_english

ENGLISH = (
    "The harbour master said that the ferry would sail again when the wind had turned, and that nobody was hurt. "
)


@pytest.mark.parametrize(
    "text",
    [
        "El alcalde dijo el lunes que no habrá más barcos y que la huelga es un error de los sindicatos. ",
        "Le maire a déclaré lundi que les bateaux resteraient au port et que la grève était une erreur de tous. ",
        "Der Bürgermeister sagte am Montag, dass keine Schiffe mehr fahren und dass der Streik ein Fehler sei. ",
        "De burgemeester zei maandag dat er geen boten meer varen en dat de staking een grote vergissing is. ",
    ],
)
def test_other_languages_do_not_look_english(text):
    """Nor do they with a few English words among them."""
    assert not looks_english(text * 3)
    assert not looks_english(text * 5 + "He said “the end”.")


@pytest.mark.parametrize("text", [ENGLISH * 3, ENGLISH, "", "Ministère des Pêches", "1, 2, 3. " * 100])
def test_english_and_what_is_too_short_to_tell(text):
    """A few words of any language are let pass."""
    assert looks_english(text)
