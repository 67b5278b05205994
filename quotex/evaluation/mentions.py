"""From JSON to names: ranges that lie in the text, by kind."""

from quotex.errors import InputError, Msg
from quotex.evaluation.names import NamesByKind
from quotex.model.labels import NAME_KINDS, NameKind
from quotex.read.rows import Row
from quotex.records import Origin, Range, parse_range, shorten, wrong_type

TYPES: dict[object, NameKind] = {"person": "person", "organization": "org", "place": "place", "other": "other"}


def parse_mentions(row: Row, text: str, origin: Origin) -> NamesByKind:
    """Parse the names of an article: `mentions` with `start`, `end` and `type`.

    Raises:
        InputError: Q402 to Q405, Q410 or Q415, they are not as they should be.
    """
    mentions = row["mentions"]
    if not isinstance(mentions, list):
        raise wrong_type(origin, "mentions", mentions, "an array")
    names: dict[NameKind, set[Range]] = {kind: set() for kind in NAME_KINDS}
    for number, mention in enumerate(mentions, start=1):
        kind, name = parse_mention(mention, text, origin._replace(item=f", mention {number}"))
        names[kind].add(name)
    return names


def parse_mention(mention: object, text: str, origin: Origin) -> tuple[NameKind, Range]:
    """Parse one name; keys that say more of it are passed over."""
    if not isinstance(mention, dict):
        raise wrong_type(origin, "mentions", mention, "an array of objects")
    given = mention.get("type")
    kind = TYPES.get(given) if isinstance(given, str) else None
    if kind is None:
        raise InputError(
            Msg.Q415.format(**origin._asdict(), given=shorten(given), types=", ".join(map(str, TYPES)))
        )
    return kind, parse_range(mention, "mention", text, origin)
