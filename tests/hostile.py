"""Texts that grow: each has a shape that some way of reading takes longer over than its length warrants.

`SHAPES[name](n)` writes one with n of its units. What needs a name takes names that are nobody's.
"""

from collections.abc import Callable
from itertools import islice, product

FIRST = "Ann Bo Cleo Dag Eva Finn Gro Hal Ida Jon Kari Leif Mia Nils Ola Pia Rut Sven Tor Una".split()
SYLLABLES = "ba de fi go lu ma ne ri so tu".split()


def surname(number: int) -> str:
    """Make the surname of that number, each another one: `Baba`, `Bade`."""
    digits = f"{number:02}"
    return "".join(SYLLABLES[int(digit)] for digit in digits).capitalize()


def person(number: int) -> str:
    """Make the full name of that number."""
    return f"{FIRST[number % len(FIRST)]} {surname(number)}"


def acronyms(n: int) -> str:
    """Bodies with their short names in brackets, each of which then speaks."""
    letters = islice(product("BCDFGHKLMNPRSTVW", repeat=4), n)
    return " ".join(
        f"The {a}ora {b}elt {c}ity {d}esk ({a}{b}{c}{d}) said it was late. {a}{b}{c}{d} said more."
        for a, b, c, d in letters
    )


def each(write: Callable[[int], str], between: str = " ") -> Callable[[int], str]:
    """Write unit after unit, numbered from 0."""
    return lambda n: between.join(write(number) for number in range(n))


def again(unit: str, end: str = "") -> Callable[[int], str]:
    """Write one unit again and again."""
    return lambda n: unit * n + end


# No white space at all: a tokenizer that cuts one end off at a time reads the rest each time.
RUNS = {
    **{f"only {mark}": again(mark) for mark in "\"'“”‘«»(),!?*$.-_`…—"},
    "only emoji": again("\U0001f600"),
    "only combining": again("e\u0301"),
    "only zero-width": again("\u200b"),
    "only ideographs": again("新聞"),
    "a letter": again("a"),
    "words and commas": again("word,"),
    "digits and points": again("1.5"),
    "web address": lambda n: "https://example.org/" + "a-b/?" * n,
    "letters in marks": again("“a”"),
    "abbreviations": again("U.S."),
    "hyphens": again("so-"),
    "apostrophes": again("o'"),
}
MARKS = {
    "openings": again("“a "),
    "two kinds of openings": again('"“a '),
    "openings then closings": lambda n: "“a " * n + "b” " * n,
    "openings then others": lambda n: "“a " * n + "b» " * n,
    "openings then single ones": lambda n: "“a " * n + "‘b’ " * n,
    "guillemets then double": lambda n: "« a " * n + "“b” " * n,
    "dropped inside each": lambda n: "“a «b " * n + "c.” " * n,
    "deep and right": lambda n: "“‘" * n + "yes" + "’”" * n,
    "straight ones": again('" '),
    "single ones": again("' a "),
    "british": lambda n: "‘Yes,’ he said. " + "‘a " * n,
    "elisions": again("'Cause "),
    "possessives": again("the boys' “Post”'s "),
    "inches": again('6" '),
    "feet": again("6' 2'' "),
    "reopened": again("“One.\n\n"),
    "reopened twice": again("“‘One.\n\n"),
    "guillemet bullets": again("» one\n\n"),
    "every style": again("“a ‘b’ c” \"d 'e' f\" «g ‹h› i» „j“ ``k'' "),
    "in brackets": lambda n: "(" * n + "“a”" + ")" * n,
}
LAYOUTS = {
    "paragraphs": again("a\n\n"),
    "lines": again("a\r"),
    "blank lines": again("\n"),
    "blanks": again(" "),
    "blanks and letters": again("  a"),
    "initials": again("D.C. “no "),
    "full stops apart": again(". "),
    "wrapped": again("the river rose again and nobody in the town was told before\n"),
}
NEWS = {
    "one surname": each(lambda i: f"“Yes,” said {FIRST[i % 20]}{SYLLABLES[i // 20 % 10]} Lee.", "\n\n"),
    "people": each(lambda i: f"“Yes,” said {person(i)}.", "\n\n"),
    "people in one paragraph": each(lambda i: f"“Yes,” said {person(i)}."),
    "acronyms": acronyms,
    "bylines": again("By Ann Lee\n\nI said it was late.\n\n"),
    "I said": lambda n: "By Ann Lee\n\n" + "I said it was late.\n" * n,
    "questions and answers": again("Q: Is it late?\n\nA: It is.\n\n"),
    "interview": lambda n: (
        "Ann Lee was asked by us.\n\n" + "Us: Is it late?\n\nLee: It is, and so are we.\n\n" * n
    ),
    "headlines": each(lambda i: f"{person(i)}: It is late", "\n\n"),
    "list of names": each(lambda i: person(i) + ","),
    "pronouns": lambda n: "Ann Lee spoke. " + "“Yes,” she said. He told her that they knew. " * n,
    "descriptions": lambda n: "Ann Lee, the mayor, spoke. " + "“Yes,” said the mayor. The minister said no. " * n,
    "bodies": each(lambda i: f"{surname(i)} Corp. said it was late. The company said more."),
    "someone from a town": each(lambda i: f"A woman from {surname(i)} said it was late."),
    "of somebody": each(lambda i: f"{surname(i)}'s lawyer said yes. Her brother's friend said no."),
    "ministries": each(lambda i: f"The ministry of {surname(i)} said it was late."),
    "he said": again("He said that it was late. "),
    "said said": again("said "),
    "he said he said": again("he said that she said that "),
    "according to": again("It was late, according to Ann Lee. "),
    "two speakers in turn": again("“It is late,” said Ann Lee.\n\n“It is not,” said Bo Moe.\n\n"),
    "a floor held long": lambda n: "Ann Lee spoke.\n\n" + "“It is late.”\n\n" * n,
    "scare quotes": again("the “late” and “so-called” ones; "),
    "brackets": again("(Ann Lee [the mayor] said it was late) "),
    "groups": each(lambda i: f"{person(i)} and {person(i + 1)} said it was late."),
    "long sentence": lambda n: "Ann Lee said that " + "it was late and " * n + "it was.",
    "quotation of many paragraphs": lambda n: "Ann Lee said: " + "“It is late.\n\n" * n + "“It is.”",
}
SHAPES: dict[str, Callable[[int], str]] = {**RUNS, **MARKS, **LAYOUTS, **NEWS}
