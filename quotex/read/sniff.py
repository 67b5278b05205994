"""Which encoding is it? Byte-order marks, the NULs of UTF-16, and a guess for those who ask for one."""

import codecs

from quotex.errors import InputError, Msg
from quotex.read.extras import load_extra

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
GUESS_SAMPLE = 1 << 16  # bytes, to guess its encoding by
MIN_NULS = 0.8  # share of NULs among the high bytes of UTF-16; curly marks and dashes have none
TEXT_CONTROLS = b"\t\n\v\f\r\x1b"
MAX_CONTROLS = 0.02  # share of control characters that a text may have; a twelfth of random bytes are


def find_encoding(data: bytes, *, path: str, encoding: str) -> str:
    """Find the encoding of a file where the user left it open, with the default (utf-8) or with auto.

    Args:
        data: The whole file or its beginning.
        path: Name of the file, for messages.
        encoding: What the user said.

    Raises:
        InputError: Q103, Q117, Q124, it cannot be guessed.
    """
    if encoding != AUTO and codecs.lookup(encoding).name != "utf-8":
        return encoding
    if found := find_mark(data) or find_wide(data[:SAMPLE]):
        return found
    return guess_encoding(data, path) if encoding == AUTO else encoding


def find_mark(data: bytes) -> str:
    """Name the encoding whose byte-order mark is there, if it is not that of UTF-8."""
    return next((name for mark, name in BOMS if data.startswith(mark)), "")


def find_wide(sample: bytes) -> str:
    """Tell UTF-16 without a mark: Western text has a NUL in every other byte."""
    even, odd = sample[::2], sample[1::2]
    for high, low, name in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if high.count(0) > MIN_NULS * len(high) and 0 not in low and not has_controls(low):
            return name
    return ""


def guess_encoding(data: bytes, path: str) -> str:
    """Guess an encoding by the first bytes that are not UTF-8, and those around them."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)  # incremental: the end may be cut
        return "utf-8"
    except UnicodeDecodeError as err:
        start = max(0, err.start - GUESS_SAMPLE // 2)
    if has_controls(data):
        raise InputError(Msg.Q103.format(path=path, found="control characters all over"))
    best = (
        load_extra("charset_normalizer", path)
        .from_bytes(data[start : start + GUESS_SAMPLE], cp_isolation=list(WESTERN))
        .best()
    )
    if best is None:
        raise InputError(Msg.Q124.format(path=path))
    return str(best.encoding)


def has_controls(data: bytes) -> bool:
    """Say whether bytes are full of what no text has in any 8-bit encoding; a stray one is let pass."""
    sample = data[:SAMPLE]
    return sum(byte < 32 and byte not in TEXT_CONTROLS for byte in sample) > MAX_CONTROLS * len(sample)
