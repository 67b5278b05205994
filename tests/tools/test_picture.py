"""The picture of the README."""

from tests.tools.picture import PICTURE, SIZE

MAX_SIZE = 200_000  # bytes


def test_the_picture_is_small():
    """A PNG of the size that the tool gives it."""
    data = PICTURE.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(data) < MAX_SIZE
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    assert {"width": width, "height": height} == SIZE
