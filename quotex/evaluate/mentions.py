"""From JSON to names: ranges that lie in the text, by kind."""

from quotex.errors import InputError, Msg
from quotex.evaluate.annotations import Range
from quotex.evaluate.names import NamesByKind
from quotex.evaluate.quotes import Place, parse_range, shorten, wrong_type
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.read.rows import Row

TYPES: dict[object, NameKind] = {"person": "person", "organization": "org", "place": "place", "other": "other"}


def parse_mentions(row: Row, text: str, place: Place) -> NamesByKind:
    """Parse the names of an article: `mentions` with `start`, `end` and `type`.

    Raises:
        InputError: Q402 to Q405, Q410 or Q415, they are not as they should be.
    """
    mentions = row["mentions"]
    if not isinstance(mentions, list):
        raise wrong_type(place, "mentions", mentions, "an array")
    names: dict[NameKind, set[Range]] = {kind: set() for kind in NAME_KINDS}
    for number, mention in enumerate(mentions, start=1):
        kind, name = parse_mention(mention, text, place._replace(item=f", mention {number}"))
        names[kind].add(name)
    return names


def parse_mention(mention: object, text: str, place: Place) -> tuple[NameKind, Range]:
    """Parse one name; keys that say more of it are passed over."""
    if not isinstance(mention, dict):
        raise wrong_type(place, "mentions", mention, "an array of objects")
    given = mention.get("type")
    kind = TYPES.get(given) if isinstance(given, str) else None
    if kind is None:
        raise InputError(
            Msg.Q415.format(**place._asdict(), given=shorten(given), types=", ".join(map(str, TYPES)))
        )
    return kind, parse_range(mention, "mention", text, place)
