"""What `quotex serve` adds to an article in the form of GOLD: the digest by which its text is known.

A file of corrections only grows: a later line replaces those before it with the same text.
"""

from hashlib import sha256

from quotex.errors import InputError, Msg
from quotex.read.rows import Row
from quotex.records import Origin, wrong_type

DIGEST = "sha256"  # the first key of each line
HEAD = b'{"%s": "' % DIGEST.encode()


def digest_text(text: str) -> str:
    """Make the digest by which a text is known.

    >>> digest_text("Rain.")[:12]
    '389be6297686'
    """
    return sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def is_torn(line: bytes, *, is_corrections: bool) -> bool:
    r"""Tell whether a last line is half of a correction, of which a kill or a full disk has left no more.

    Args:
        line: The last line of a file, which cannot be parsed.
        is_corrections: Whether the lines before it are corrections.

    >>> is_torn(b'{"sha256": "389be6', is_corrections=False), is_torn(b'{"sha256": "389\n', is_corrections=False)
    (True, False)
    """
    if line.endswith(b"\n"):
        return False
    return line.startswith(HEAD) or (is_corrections and HEAD.startswith(line))


def take_digest(row: Row, text: str, origin: Origin) -> str | None:
    """Take the digest out of a row and compare it with the text; None where the row has none.

    Raises:
        InputError: Q402, it is no string; Q414, it is that of another text.
    """
    given = row.get(DIGEST)
    if given is None:
        return None
    if not isinstance(given, str):
        raise wrong_type(origin, DIGEST, given, "a string")
    if given != digest_text(text):
        raise InputError(Msg.Q414.format(path=origin.path, line=origin.line))
    return given
