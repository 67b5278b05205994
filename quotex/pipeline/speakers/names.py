"""Names: part what a source or mention says into a name, its kind, and what describes it."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from quotex.rules import load_given_names, load_titles
from quotex.types import Kind

# What ends the core of a noun phrase: `Ann Lee, a doctor`, `Ann Lee (D-N.Y.)`, `critics who claimed`
CORE_END = re.compile(r"\s*(?:,(?! (?:Jr|Sr)\b)|;|:|\(|\[|—|–|\s--?\s|\b(?:who|whom|whose|which|that)\b)\s*")
ACRONYM = re.compile(r"[A-Z]{2,}|(?:[A-Z]\.){3,}")
HANDLE = re.compile(r"@\w{2,}")  # of somebody on social media
TERRITORY = re.compile(
    r"(?:[Tt]he )?((?:city|county|government|kingdom|province|republic|state|town) of [A-Z]\S*(?: [A-Z]\S*)*)"
)
POSSESSIVE = re.compile(r"(?:(?<=s)[’']|[’']s)$")
PARTICLES = frozenset(
    "abu af al av ben bin da das de del den der di dos du el ibn la le ten ter van von zu".split()
)
PREPOSITIONS = frozenset(
    "of for from at in with to on by about across against around behind during between inside like near outside "
    "over under".split()
)
LEAD_TO_OFFICE = frozenset(["of", "for"])  # Secretary of State, but Senator from Maine
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
MARKS = "\"“”‘’'"
SURNAMES = frozenset(  # titles that are, too
    "baker bishop coach dean farmer fellow judge justice king major pope prince singer".split()
)
JOINING = frozenset("of for and the on to in &".split())  # inside the names of bodies
LOWER_RANKS = frozenset(["vice", "deputy", "assistant", "associate"])  # a vice president is no president
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june "
    "july august september october november december".split()
)
# Republicans, Democrats, Islamists, Chinese
PEOPLES = re.compile(
    r"(?:[ic]ans|crats|[a-z]ists|[nt]ese|guese|golese|Burmese|Latin[ao]s|Filipin[ao]s|Hispanics|Saudis|Iraqis|Israelis|"
    r"Pakistanis|Bangladeshis|Liberals|Conservatives|Progressives)$"
)
LEADING_S = re.compile(r"^[’']s\b\s*")  # of "China's Premier", where it is a word by itself
RELATIVES = frozenset("who whom whose which that".split())
LEADS_ON = PREPOSITIONS | frozenset("a an the and or near but than as like".split())  # no description ends in one
NOT_FIRST = frozenset("and or but to for by on about like with".split())
COPULAS = frozenset("is are was were isn't wasn't".split())
SAYS_NOTHING = frozenset("said says say told tells asked added new now then also here there too former".split())
N_CACHED = 16_384  # phrases
DETERMINERS = frozenset("the a an this that these those his her its their our my your some another one".split())
PLURALS = frozenset(
    "people police men women officials critics experts others many most all some several few both authorities "
    "analysts activists citizens data delegates doctors investigators lawmakers lawyers leaders members parents "
    "prosecutors protesters reports residents results sources students studies supporters teachers voters "
    "workers".split()
)


class Name(NamedTuple):
    """A name, or the description that stands in for one.

    Attributes:
        text: "Hun Sen", or "critics".
        kind: person, org, group, unnamed or other.
        description: What is said of the named one beside the name: "Prime Minister"; None for nothing.
        honorific: The honorific before the name, in small letters: "mr."; "" for none.
    """

    text: str
    kind: Kind
    description: str | None = None
    honorific: str = ""


@lru_cache(maxsize=N_CACHED)
def read_name(source: str, *, body: bool = False, doubtful: bool = False) -> Name:
    """Read the name in a noun phrase.

    Args:
        source: The words of a source or a mention.
        body: True when it is known to be a body and no person.
        doubtful: True when its first word has a capital only because of its place; one such word is no name.

    >>> read_name("Prime Minister Hun Sen")
    Name(text='Hun Sen', kind='person', description='Prime Minister', honorific='')
    >>> read_name("Ro Vannak, co-founder of the institute")
    Name(text='Ro Vannak', kind='person', description='co-founder of the institute', honorific='')
    >>> read_name("critics who left")
    Name(text='critics', kind='group', description=None, honorific='')
    """
    source = " ".join(source.split()).lstrip("-–—")
    end = CORE_END.search(source, 1)
    core = source[: end.start()] if end else source
    after = (
        source[end.end() :].strip(" ,;)]—–") if end and end.group().strip() in {",", "(", "—", "–", "--"} else ""
    )
    words = core.split()
    territory = TERRITORY.fullmatch(core)
    if territory:
        return Name(strip_possessive(territory[1]), "org")
    if words and HANDLE.fullmatch(words[-1]):
        return Name(words[-1], "person", strip_determiner(" ".join(words[:-1])) or None)
    person = find_personal_name(words) if not body or is_owned_person(words) or is_titled(words) else None
    if doubtful and person == (0, 1):
        person = None
    if person is None:
        if (body and not is_description(words)) or is_body(words):
            return Name(find_body_name(words), "org")
        apposed = _find_apposed(core, words, after)
        if apposed:  # Lee's lawyer, [Ann Moe]
            return Name(apposed, "person", strip_determiner(core))
        return Name(core, _find_unnamed_kind(core))
    first, last = person
    honorifics = load_titles().honorifics
    before = " ".join(word for word in words[:first] if word.lower() not in honorifics)
    parts = [strip_determiner(before), after, " ".join(words[last:])]
    description = next((text for part in parts if (text := clean_description(part))), None)
    title = words[first - 1].lower() if first else ""
    honorific = title if title in honorifics else ""
    return Name(strip_possessive(" ".join(words[first:last])), "person", description, honorific)


def _find_apposed(core: str, words: list[str], after: str) -> str | None:
    """Find the name of a person after a description and a comma."""
    office = not load_titles().titles.isdisjoint(find_phrase_head(core).split())
    apposed = read_name(after) if after and (office or not find_proper(words)) else None
    if apposed is None or apposed.kind != "person":
        return None
    in_place = is_capital("".join(words[-1:])) and _find_head_end(words) < len(words)
    return None if in_place and " " not in apposed.text else apposed.text  # a nurse in Dayton, Ohio


def clean_description(text: str) -> str:
    """Make a description fit to be shown; "" where it is none, but a piece of the sentence around a name.

    >>> clean_description("AWB's"), clean_description("the head of Ora Media, which")
    ('AWB', 'the head of Ora Media')
    >>> clean_description("Ann Lee and"), clean_description("the answer is no"), clean_description("from")
    ('', '', '')
    """
    words = LEADING_S.sub("", text).split()
    while words and (words[-1].lower() in RELATIVES or not words[-1].strip(",;:-–—")):
        words.pop()
    lower = [word.lower() for word in words]
    if not words or lower[-1] in LEADS_ON or lower[0] in NOT_FIRST or set(lower) <= SAYS_NOTHING:
        return ""
    verb = next((n for n, word in enumerate(lower) if word in COPULAS), None)
    if verb is not None and not RELATIVES & set(lower[:verb]):
        return ""
    return strip_possessive(" ".join(words)).rstrip(",;:")


def find_personal_name(words: list[str]) -> tuple[int, int] | None:
    """Find a person's name in the core of a noun phrase: its last capitals, without the titles before them.

    >>> find_personal_name("White House press secretary Ann Lee of Maine".split())
    (4, 6)
    """
    titles = load_titles()
    # the University of Iowa's Dr [Bill Kurth]
    begin = next((n for n, word in enumerate(words) if n and word.lower() in titles.honorifics), 0)
    begin = begin if begin and POSSESSIVE.search(words[begin - 1]) else 0
    end = begin + _find_head_end(words[begin:])
    last = end - 1  # of the name without "Jr."
    while last > begin and words[last].lower() in SUFFIXES:
        last -= 1
    if last < 0 or not is_capital(words[last]) or is_date(words, last):
        return None
    honoured = last > 0 and words[last - 1].lower() in titles.honorifics
    if not honoured and (PEOPLES.search(words[last]) or (last == 0 and words[0].lower() in PLURALS)):
        return None
    start = last
    while start > begin and (is_capital(words[start - 1]) or words[start - 1].lower() in PARTICLES):
        start -= 1
    # Cambodian Prime Minister [Hun Sen], NBC's [Ann Lee]; but Mr. [King]
    for number in range(start, end):
        word = words[number].lower()
        honorific = number > 0 and words[number - 1].lower() in titles.honorifics
        surname = number == last and word in SURNAMES and (number > start or len(words) == 1)
        is_title = (word in titles.titles or word in titles.honorifics) and not honorific and not surname
        is_title = is_title or (number == 0 and word in DETERMINERS)
        is_owner = POSSESSIVE.search(words[number]) is not None and number < last
        if is_title or is_owner:
            start = number + 1
    # Speaker of the House [Newt Gingrich]
    if last - start > 1 < start and words[start - 1].lower() == "the" and words[start - 2].lower() == "of":
        start = last - 1
    # chief of the Refugee Council [Enver Solomon]
    body = max((n for n in range(start, last) if words[n].lower() in titles.bodies), default=-1)
    if body > 0 and any(word.lower() in titles.titles for word in words[:start]):
        start = body + 1
    # Minister for Agriculture [Peter McGauran]
    if start and words[start - 1].lower() in LEAD_TO_OFFICE and end - start > 2:
        given = (n for n in (end - 3, end - 2) if n > start and words[n].lower() in load_given_names())
        start = next(given, start)
    if start == end or (start and words[start - 1].lower() in DETERMINERS):
        return None
    if end - start > 1 and " ".join(words[start:end]).lower() in titles.places:
        return None
    named = {strip_possessive(word).lower() for word in words[start:end]}
    acronym = end - start == 1 and _is_acronym(words[start])
    return None if named & titles.bodies or acronym else (start, end)


def find_body_name(words: list[str]) -> str:
    """Find the name of a body in the core of a noun phrase, without what is said around it.

    >>> find_body_name("the nonpartisan Commission on Fair Debates this month".split())
    'Commission on Fair Debates'
    """
    bodies = load_titles().bodies
    last = _find_head_end(words)
    led = next((n for n in range(last - 1, 0, -1) if words[n - 1] in bodies and is_capital(words[n])), 0)
    if led and all(map(is_capital, words[led:last])):  # the security firm [Secunia]
        return strip_possessive(" ".join(words[led:last]))
    start = next((n for n, word in enumerate(words) if is_capital(word) and word.lower() not in DETERMINERS), 0)
    end = start
    while end < len(words):
        following = words[end + 1] if end + 1 < len(words) else ""
        named = is_capital(following) or (
            following.lower() in DETERMINERS and is_capital("".join(words[end + 2 : end + 3]))
        )
        joins = words[end].lower() in JOINING and named and following.lower() not in DAYS
        article = words[end].lower() in DETERMINERS and words[end - 1].lower() in JOINING
        if not (is_capital(words[end]) or words[end].lower() in bodies or joins or article):
            break
        end += 1
    # the Senate [banking committee], a Bloomberg [opinion poll]
    head = start + max(1, _find_head_end(words[start:]))
    end = max([end, *(n + 1 for n in range(start, head) if words[n].lower() in bodies)])
    name = words[start:end]
    whole = not any(strip_possessive(word).lower() in bodies for word in name) and len(name) < len(words) - start
    return strip_possessive(strip_determiner(" ".join(words)) if whole else " ".join(name))


def find_phrase_head(phrase: str) -> str:
    """Find the word that says what somebody is, in small letters.

    >>> find_phrase_head("the Democratic mayor of Kampot"), find_phrase_head("the deputy mayor")
    ('mayor', 'deputy mayor')
    """
    core = CORE_END.split(phrase, maxsplit=1)[0].split()
    end = _find_head_end(core)
    if not end:
        return ""
    head = strip_possessive(core[end - 1]).lower()
    rank = core[end - 2].lower() if end > 1 else ""
    return f"{rank} {head}" if rank in LOWER_RANKS else head


def list_callings(description: str) -> frozenset[str]:
    """List the heads by which one who is so described may be called later: "Sen." makes a senator.

    >>> sorted(list_callings("co-founder of the institute")), sorted(list_callings("Vice President"))
    (['co-founder'], ['vice president'])
    """
    core = CORE_END.split(description, maxsplit=1)[0].split()
    head = find_phrase_head(description)
    spelled_out = load_titles().spelled_out
    abbreviated = core[-1].lower() if core else ""
    return frozenset({head} - {""}).union(*(spelled_out.get(word, ()) for word in {head, abbreviated}))


def _find_head_end(words: list[str]) -> int:
    """Find where the head of a noun phrase ends: `Ann Lee [of the Ministry]`, but `Secretary of State Ann Lee`."""
    titles, bodies = load_titles().titles, load_titles().bodies
    for number, word in enumerate(words):
        before = words[number - 1]
        leads_on = is_capital(before) and (before.lower() in titles or before.lower() in DETERMINERS)
        surname = before.lower() in SURNAMES and number > 1 and is_capital(words[number - 2])  # Ann Baker of Leeds
        leads_on = leads_on and word.lower() in LEAD_TO_OFFICE and not surname
        released = before.lower() in bodies and word.endswith(("ed", "ing")) and word.islower()
        if number and ((word.lower() in PREPOSITIONS and not leads_on) or is_date(words, number) or released):
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
    if not names or is_description(words):
        return False
    bodies = load_titles().bodies
    if names[-1].lower() in bodies or any(is_capital(w) and strip_possessive(w).lower() in bodies for w in names):
        return True
    # Citizens for Tax Justice
    joined = len(head) + 1 < len(words) and words[len(head)] in {"for", "of"} and is_capital(words[len(head) + 1])
    if joined and all(map(is_capital, names)) and names[-1].lower() not in load_titles().titles:
        return True
    # The Charlotte Observer, the IMF
    led = len(names) < len(head) and head[0].lower() == "the"
    proper = all(is_capital(word) for word in names) and names[-1].lower() not in load_titles().titles
    return (led and proper and not PEOPLES.search(names[-1])) or _is_acronym(names[-1])


def find_proper(words: list[str]) -> bool:
    """Say whether a phrase has a name of its own, not only that of an owner: "China", but not "Lee's lawyer"."""
    head = words[: _find_head_end(words)]
    owner = next((n for n, word in enumerate(head) if POSSESSIVE.search(word)), -1)
    return any(is_capital(word) for word in head[owner + 1 :] if word.lower() not in DETERMINERS)


@lru_cache(maxsize=N_CACHED)
def fold_name(name: str) -> tuple[str, ...]:
    """Fold a name into the words that are compared: no accents, marks, nicknames, possessives, or "Jr.".

    >>> fold_name("Robert C. “Bobby” O’Neill, Jr."), fold_name("the Lee campaign")
    (('robert', 'c', 'oneill'), ('lee', 'campaign'))
    """
    folded = []
    for word in name.split():
        plain = unicodedata.normalize("NFKD", strip_possessive(word.rstrip(",")).casefold())
        letters = "".join(char for char in plain if char.isalnum())
        if letters and word[0] not in MARKS and word.lower().strip(",") not in SUFFIXES | {"the"}:
            folded.append(letters)
    return tuple(folded)


def find_nickname(name: str) -> str:
    """Find the nickname that a name has in quotation marks, folded; "" where it has none."""
    quoted = (word for word in name.split() if word[0] in MARKS and word[-1] in MARKS)
    return next(("".join(char for char in word.casefold() if char.isalnum()) for word in quoted), "")


def make_initials(name: str) -> set[str]:
    """Make the acronyms that a name may have, in small letters.

    >>> sorted(make_initials("Institute for Democracy and Work"))
    ['idw', 'ifdaw']
    """
    words = [word.lower().strip(MARKS) for word in name.split() if word.lower() != "the"]
    every = "".join(word[:1] for word in words)
    proper = "".join(word[:1] for word in words if word not in JOINING)
    return {initials for initials in (every, proper) if len(initials) > 1}


def find_gender(phrase: str) -> str | None:
    """Find the pronoun that goes with somebody who is so called: "Mrs. Lee", "her husband, Bob".

    >>> find_gender("Mrs. Lee"), find_gender("Lee, the spokesman"), find_gender("Mr. Lee and Ann")
    ('she', 'he', None)
    """
    genders = load_titles().genders
    words = [_strip_word(word) for word in phrase.split()]
    found = {genders[word] for word in words if word in genders}
    return found.pop() if len(found) == 1 and "and" not in words else None


def _strip_word(word: str) -> str:
    return word.lower().strip(",.;:()")


def _is_acronym(word: str) -> bool:
    return ACRONYM.fullmatch(word) is not None and word.lower() not in load_titles().titles


def is_date(words: list[str], number: int) -> bool:
    """Say whether a word is a day or month, and not the name of Theresa May."""
    return words[number].lower() in DAYS and (number == 0 or not is_capital(words[number - 1]))


def is_owned_person(words: list[str]) -> bool:
    """Say whether a name that looks like a body's is that of somebody there: "Channel Nine's Ann Lee"."""
    owner = next((n for n, word in enumerate(words) if POSSESSIVE.search(word)), len(words))
    return len(words) - owner > 2 and _are_of_person(words[owner + 1 :])


def is_titled(words: list[str]) -> bool:
    """Say whether a body's name goes over into a title and a name: "Refugee Council director Ann Lee"."""
    titles = (load_titles().titles | load_titles().honorifics) - load_titles().ranks
    last = max((n for n, word in enumerate(words) if word.lower() in titles), default=len(words))
    return 2 < len(words) - last < 5 and _are_of_person(words[last + 1 :])


def _are_of_person(words: list[str]) -> bool:
    bodies = load_titles().bodies
    return all(is_capital(word) and word.lower() not in bodies for word in words)


def is_description(words: list[str]) -> bool:
    """Say whether words are no name, but what some are called: "the union", "Poll", "the New York mayor"."""
    titles = load_titles()
    head = words[: _find_head_end(words)]
    said = [word for word in head if word.lower() not in DETERMINERS]
    if len(head) < len(words) and said and all(map(is_capital, said)) and words[len(head)].lower() in JOINING:
        return False  # the Association of Flight Attendants
    generic = all(word.lower() in titles.bodies and word.lower() not in titles.alone for word in said)
    last = "".join(said[-1:])
    people = last.lower() in titles.titles - titles.ranks or last in PLURALS or PEOPLES.search(last) is not None
    return generic or people or last in titles.titles or not any(is_capital(word) for word in said)


def is_capital(word: str) -> bool:
    """Say whether a word is written as names are: "Lee", "O’Neill", "al-Assad", "J.", "“Bobby”"."""
    return (
        word[:1].isupper()
        or (word[:1] in MARKS and word[1:2].isupper())
        or (word[:3].lower() in {"al-", "el-"} and word[3:4].isupper())
    )


def is_place(words: str) -> bool:
    """Say whether words name a country or a state, with or without "the" and a final 's."""
    return strip_possessive(strip_determiner(words)).lower() in load_titles().places


def strip_determiner(words: str) -> str:
    """Leave out a leading "the"."""
    return re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.IGNORECASE)


def strip_possessive(word: str) -> str:
    """Leave out a final 's."""
    return POSSESSIVE.sub("", word)
