"""Which encoding is it? Byte-order marks, the NULs of UTF-16, and a guess for those who ask for one."""

import codecs
import re
from itertools import islice

from quotex.errors import InputError, Msg
from quotex.read.extras import load_extra

RTF_HEAD = b"{\\rtf"  # how RTF begins
AUTO = "auto"
# Order matters: the mark of UTF-32 begins with that of UTF-16.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What English is written in where it is not in Unicode. Among all encodings, charset-normalizer takes a page of
# English in cp1252 with curly marks and two accents for Polish or Baltic.
WESTERN = ("cp1252", "mac_roman", "cp437", "cp850", "iso8859_15", "latin_1")
SAMPLE = 4096  # bytes, to judge a file by
ODD = re.compile(rb"[\x80-\xff]+")
MAX_ODD = 1000  # words that are not ASCII, to guess an encoding by
CONTEXT = 40  # bytes around them
MIN_NULS = 0.75  # share of NULs among the high bytes of UTF-16; curly marks and dashes have none
TEXT_CONTROLS = b"\t\n\v\f\r\x1b"
MAX_CONTROLS = 0.02  # share of control characters that a text may have; a twelfth of random bytes are


def find_encoding(data: bytes, *, path: str, encoding: str, is_cut: bool = False) -> str:
    """Find the encoding of a file where the user left it open: with the default (utf-8), with auto, or in part.

    Args:
        data: The whole file or its beginning.
        path: Name of the file, for messages.
        encoding: What the user said.
        is_cut: Whether the data may end in the middle of a character.

    Raises:
        InputError: Q103, Q117, Q124, it cannot be guessed.
    """
    name = encoding if encoding == AUTO else codecs.lookup(encoding).name
    if name in ("utf-16", "utf-32") and not find_mark(data):
        return find_wide(data[:SAMPLE]) or f"{name}-le"
    if name not in (AUTO, "utf-8"):
        return encoding
    if found := find_mark(data) or find_wide(data[:SAMPLE]):
        return found
    return guess_encoding(data, path, is_cut=is_cut) if encoding == AUTO else encoding


def find_mark(data: bytes) -> str:
    """Name the encoding whose byte-order mark is there, if it is not that of UTF-8."""
    return next((name for mark, name in BOMS if data.startswith(mark)), "")


def find_wide(sample: bytes) -> str:
    """Tell UTF-16 without a mark: Western text has a NUL in every other byte."""
    even, odd = sample[::2], sample[1::2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        plain = bytes(byte for byte, above in zip(low, high, strict=False) if not above)
        if len(plain) > MIN_NULS * len(high) and 0 not in low and not has_controls(plain):
            return name
    return ""


def guess_encoding(data: bytes, path: str, *, is_cut: bool) -> str:
    """Guess an encoding: UTF-8 if it can be that, else by the bytes that are not ASCII and those around them.

    Raises:
        InputError: Q103, it is no text; Q124, no encoding fits.
    """
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=not is_cut)
    except UnicodeDecodeError:
        pass
    else:
        return "utf-8"
    if has_controls(data):
        raise InputError(Msg.Q103.format(path=path, found="control characters all over"))
    odd = islice(ODD.finditer(data), MAX_ODD)
    sample = b"\n".join(data[max(0, match.start() - CONTEXT) : match.end() + CONTEXT] for match in odd)
    best = load_extra("charset_normalizer", path).from_bytes(sample, cp_isolation=list(WESTERN)).best()
    if best is None:
        raise InputError(Msg.Q124.format(path=path))
    return str(best.encoding)


def has_controls(data: bytes) -> bool:
    """Say whether bytes are full of what no text has in any 8-bit encoding; a stray one is let pass."""
    sample = data[:SAMPLE]
    return sum(byte < 32 and byte not in TEXT_CONTROLS for byte in sample) > MAX_CONTROLS * len(sample)
