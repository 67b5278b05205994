"""Callings: what people and bodies may be called besides their names, read off the words beside these."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quotex.pipeline.speakers.names import fold_name
from quotex.pipeline.speakers.runs import find_runs
from quotex.rules import load_titles
from quotex.training.examples import Example

FULL_NAME = (2, 3)  # words
MAX_MODIFIERS = 2  # words before the head of a calling
MAX_APPOSITION = 6  # words up to its head, the comma included
USUAL = 2  # times that somebody has to be called so, for others to be
ARTICLES = frozenset(["a", "an", "the"])
OWNERS = frozenset(["his", "her", "its"])
NO_MODIFIERS = (
    ARTICLES | OWNERS | frozenset("and at but by for in my of on or our said that their this to with your".split())
)
PARTIES = frozenset(["Republican", "Democrat", "Libertarian"])  # with a capital also where they stand for somebody

Calling = tuple[str, ...]  # words, the head last
Callings = Mapping[tuple[str, ...], Sequence[Calling]]  # by folded full name


class Person(NamedTuple):
    """A full name with what is said beside it.

    Attributes:
        start: First word of the name, after the titles.
        full: The name, folded.
        calling: What the person is called beside it.
    """

    start: int
    full: tuple[str, ...]
    calling: Calling


def collect_callings(examples: Sequence[Example]) -> Callings:
    """Collect what people are usually called over all articles."""
    counts: defaultdict[tuple[str, ...], Counter[Calling]] = defaultdict(Counter)
    for example in examples:
        words = example.words.words
        for start, end in find_runs(words, [True] * len(words)):
            person = read_person(words, start, end)
            if person:
                counts[person.full][person.calling] += 1
    return {full: [calling for calling, n in one.items() if n >= USUAL] for full, one in counts.items()}


def read_person(words: Sequence[str], start: int, end: int) -> Person | None:
    """Read a person off a run of capitals, which is one's full name if a title is beside it.

    >>> read_person("Vermont Senator Ann Lee spoke".split(), 0, 4)
    Person(start=2, full=('ann', 'lee'), calling=('Vermont', 'senator'))
    >>> read_person("Ann Lee , a professor of law , spoke".split(), 0, 2)
    Person(start=0, full=('ann', 'lee'), calling=('professor',))
    """
    titles = load_titles()
    first = next((i for i in range(end, start, -1) if words[i - 1].lower() in titles.titles), start)
    name = [word.lower() for word in words[first:end]]
    if len(name) not in FULL_NAME or name[0] in titles.honorifics or not titles.bodies.isdisjoint(name):
        return None
    calling = read_before(words, first) or read_after(words, end, titles.titles)
    return Person(first, fold_name(" ".join(name)), calling) if calling else None


def read_before(words: Sequence[str], name: int) -> Calling:
    """Read the title before the name that begins at a word, with what belongs to it; () for none."""
    title = words[name - 1] if name else ""
    if not _may_be_head(title, load_titles().titles):
        return ()
    start = name - 1
    while start and name - 1 - start < MAX_MODIFIERS and _is_modifier(words[start - 1]):
        start -= 1
    head = title if title in PARTIES else title.lower()
    head = load_titles().spelled_out.get(head, (head,))[0] if head.endswith(".") else head
    return (*words[start : name - 1], head)


def read_after(words: Sequence[str], end: int, heads: frozenset[str]) -> Calling:
    """Read the apposition after the name that ends before a word, up to one of `heads`; () for none."""
    comma, first, second, *rest = [*words[end : end + MAX_APPOSITION], "", "", ""]
    led = first.lower() in ARTICLES | OWNERS
    # `Ann Lee, president of the club`, but `Ann Lee, Senator Bob Moe and others`
    if comma != "," or not (led or (first.lower() in heads and not second[:1].isupper())):
        return ()
    phrase = [second, *rest] if led else [first, second, *rest]
    ends = (n for n, word in enumerate(phrase) if not word[:1].isalpha() or word.lower() in NO_MODIFIERS)
    phrase = phrase[: next(ends)]
    head = next((n for n in range(len(phrase), 0, -1) if _may_be_head(phrase[n - 1], heads)), 0)
    return tuple(phrase[max(0, head - 1 - MAX_MODIFIERS) : head])


def _may_be_head(word: str, heads: frozenset[str]) -> bool:
    return word in PARTIES or word.lower() in heads - load_titles().ranks


def _is_modifier(word: str) -> bool:
    lower = word.lower()
    if lower in load_titles().titles:
        return lower in load_titles().ranks
    return word[:1].isupper() and word.isalpha() and lower not in load_titles().honorifics | NO_MODIFIERS
