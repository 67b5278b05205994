"""Names: part what a source or mention says into a name, its kind, and what describes it."""

import re
from dataclasses import dataclass
from itertools import pairwise

from quotex.rules import load_titles
from quotex.types import Kind

# What ends the core of a noun phrase: `Ann Lee, a doctor`, `Ann Lee (D-N.Y.)`, `critics who claimed`
CORE_END = re.compile(r"\s*(?:,|;|:|\(|\[|—|–|\s-\s|\b(?:who|whom|whose|which|that)\b)\s*")
ACRONYM = re.compile(r"[A-Z]{2,}|(?:[A-Z]\.){3,}")
POSSESSIVE = re.compile(r"(?:(?<=s)[’']|[’']s)$")
PARTICLES = frozenset("al bin da de del den der di dos du el ibn la le van von".split())
PREPOSITIONS = frozenset("of for from at in with to on".split())
SURNAMES = frozenset("bishop coach dean judge justice king major pope prince".split())  # titles that are, too
JOINING = frozenset("of for and the on to in &".split())  # inside the names of bodies
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december".split()
)
PEOPLES = re.compile(r"(?:[ic]ans|crats|[a-z]ists|ese)$")  # Republicans, Democrats, Islamists, Chinese
DETERMINERS = frozenset("the a an this that these those his her its their our my your some".split())
PLURALS = frozenset("people police men women officials critics experts others many some several few both".split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name, or the description that stands in for one.

    Attributes:
        text: "Hun Sen", or "critics".
        kind: person, org, group, unnamed or other.
        description: What is said of the named one beside the name: "Prime Minister"; None for nothing.
    """

    text: str
    kind: Kind
    description: str | None = None


def read_name(source: str, *, body: bool = False) -> Name:
    """Read the name in a noun phrase.

    Args:
        source: The words of a source or a mention.
        body: True when it is known to be a body and no person.

    >>> read_name("Prime Minister Hun Sen")
    Name(text='Hun Sen', kind='person', description='Prime Minister')
    >>> read_name("Ro Vannak, co-founder of the institute")
    Name(text='Ro Vannak', kind='person', description='co-founder of the institute')
    >>> read_name("critics who left")
    Name(text='critics', kind='group', description=None)
    """
    source = " ".join(source.split())
    end = CORE_END.search(source, 1)
    core = source[: end.start()] if end else source
    after = source[end.end() :].strip(" ,;)]—–") if end and end.group().strip() in {",", "(", "—", "–"} else ""
    words = core.split()
    person = None if body else find_personal_name(words)
    if person is None:
        if body or is_body(words):
            return Name(find_body_name(words), "org")
        apposed = read_name(after) if is_capital(after) else None
        if apposed and apposed.kind == "person":  # Lee's lawyer, [Ann Moe]
            return Name(apposed.text, "person", strip_determiner(core))
        return Name(core, _find_unnamed_kind(core))
    first, last = person
    honorifics = load_titles().honorifics
    before = " ".join(word for word in words[:first] if word.lower() not in honorifics)
    parts = [strip_determiner(before), after, " ".join(words[last:])]
    description = next((part for part in parts if part), None)
    return Name(strip_possessive(" ".join(words[first:last])), "person", description)


def find_personal_name(words: list[str]) -> tuple[int, int] | None:
    """Find a person's name in the core of a noun phrase: its last capitals, without the titles before them.

    >>> find_personal_name("White House press secretary Ann Lee of Maine".split())
    (4, 6)
    """
    titles = load_titles()
    end = _find_head_end(words)
    if end == 0 or not is_capital(words[end - 1]) or PEOPLES.search(words[end - 1]):
        return None
    start = end - 1
    while start > 0 and (is_capital(words[start - 1]) or words[start - 1].lower() in PARTICLES):
        start -= 1
    # Cambodian Prime Minister [Hun Sen], NBC's [Ann Lee]; but Mr. [King]
    for number in range(start, end):
        word = words[number].lower()
        honorific = number > 0 and words[number - 1].lower() in titles.honorifics
        surname = number == end - 1 > start and word in SURNAMES
        is_title = (word in titles.titles or word in titles.honorifics) and not honorific and not surname
        is_title = is_title or (number == 0 and word in DETERMINERS)
        is_owner = POSSESSIVE.search(words[number]) is not None and number + 1 < end
        if is_title or is_owner:
            start = number + 1
    if start == end or (start and words[start - 1].lower() in DETERMINERS):
        return None
    named = {strip_possessive(word).lower() for word in words[start:end]}
    acronym = end - start == 1 and ACRONYM.fullmatch(words[start]) is not None
    return None if named & titles.bodies or acronym else (start, end)


def find_body_name(words: list[str]) -> str:
    """Find the name of a body in the core of a noun phrase, without what is said around it.

    >>> find_body_name("the nonpartisan Commission on Fair Debates this month".split())
    'Commission on Fair Debates'
    """
    bodies = load_titles().bodies
    start = next((n for n, word in enumerate(words) if is_capital(word) and word.lower() not in DETERMINERS), 0)
    end = start
    while end < len(words):
        following = words[end + 1] if end + 1 < len(words) else ""
        joins = words[end].lower() in JOINING and is_capital(following) and following.lower() not in DAYS
        if not (is_capital(words[end]) or words[end].lower() in bodies or joins):
            break
        end += 1
    name = words[start:end]
    whole = not any(strip_possessive(word).lower() in bodies for word in name) and len(name) < len(words) - start
    return strip_determiner(" ".join(words)) if whole else " ".join(name)


def find_head(phrase: str) -> str:
    """Find the word that says what somebody is, in small letters.

    >>> find_head("the Democratic mayor of Kampot")
    'mayor'
    """
    core = CORE_END.split(phrase, maxsplit=1)[0].split()
    end = _find_head_end(core)
    return strip_possessive(core[end - 1]).lower() if end else ""


def list_callings(description: str) -> frozenset[str]:
    """List the words by which one who is so described may be called later: "Sen." makes a senator."""
    words = {word.strip(".,") if len(word) > 5 else word.strip(",") for word in description.lower().split()}
    spelled_out = load_titles().spelled_out
    return frozenset(words).union(*(spelled_out.get(word, ()) for word in words))


def _find_head_end(words: list[str]) -> int:
    """Find where the head of a noun phrase ends: `Ann Lee [of the Ministry]`, but `Secretary of State Ann Lee`."""
    titles = load_titles().titles
    for number, word in enumerate(words):
        before = words[number - 1]
        leads_on = is_capital(before) and (before.lower() in titles or before.lower() in DETERMINERS)
        if number and word.lower() in PREPOSITIONS and not leads_on:
            return number
    return len(words)


def _find_unnamed_kind(core: str) -> Kind:
    words = core.lower().split()
    if not words:
        return "other"
    head = next((before for before, word in pairwise(words) if word in PREPOSITIONS), words[-1])
    if head in PLURALS or (head.endswith("s") and not head.endswith("ss") and words[0] not in {"a", "an", "one"}):
        return "group"
    return "unnamed"


def is_body(words: list[str]) -> bool:
    """Say whether words name a body: capitals and a word of bodies, an acronym, or "the" before a name."""
    head = words[: _find_head_end(words)]
    names = [word for word in head if word.lower() not in DETERMINERS]
    if not any(map(is_capital, names)):
        return False
    if any(strip_possessive(word).lower() in load_titles().bodies for word in names):
        return True
    # The Charlotte Observer, the IMF
    led = len(names) < len(head) and head[0].lower() == "the"
    proper = all(is_capital(word) for word in names) and names[-1].lower() not in load_titles().titles
    return (led and proper and not PEOPLES.search(names[-1])) or ACRONYM.fullmatch(names[-1]) is not None


def is_capital(word: str) -> bool:
    """Say whether a word is written as names are: "Lee", "O’Neill", "al-Assad", "J."."""
    return word[:1].isupper() or (word[:3].lower() in {"al-", "el-"} and word[3:4].isupper())


def strip_determiner(words: str) -> str:
    """Leave out a leading "the"."""
    return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)


def strip_possessive(word: str) -> str:
    """Leave out a final 's."""
    return POSSESSIVE.sub("", word)
