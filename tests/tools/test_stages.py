"""The picture of docs/attribution.md is what the stages write."""

from tests.tools.stages import PICTURE, draw


def test_the_picture_is_up_to_date():
    """To the letter; if not, look at it, and run `python -m tests.tools.stages`."""
    assert PICTURE.read_text("utf-8") == draw()
