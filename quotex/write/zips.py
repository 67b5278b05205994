"""Documents that are zip files: the same articles make the same file, whenever it is made."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

CORE = "docProps/core.xml"
WHEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
EPOCH = b"1980-01-01T00:00:00Z"  # as zip files have it
# What XML cannot hold: control characters, halves of surrogate pairs, and two that are no characters.
UNFIT = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_zip(made: BytesIO, path: Path) -> None:
    """Write a zip file that somebody has made, without the times at which they did it."""
    with ZipFile(made) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == CORE:
                data = WHEN.sub(rb"\g<1>" + EPOCH, data)
            target.writestr(ZipInfo(name), data, ZIP_DEFLATED)


def make_fit(text: str) -> str:
    """Replace what XML cannot hold."""
    return UNFIT.sub("\ufffd", text)
