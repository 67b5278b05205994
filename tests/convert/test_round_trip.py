"""Each format gives back what it was given; what it cannot hold is counted."""

import pytest

from quotex.convert import FORMATS
from quotex.convert.parts import Losses
from quotex.convert.texts import Texts

FILES = [name for name, form in FORMATS.items() if not form.in_folder]


@pytest.mark.parametrize("name", FORMATS)
def test_round_trip(name, hard, plain, tmp_path):
    """Read back equal, nothing lost."""
    if name == "xmi":
        pytest.importorskip("cassis", reason="the extra xmi is not installed")
    path, losses = tmp_path / "out", Losses()
    FORMATS[name].write(path, [hard, plain], losses)
    assert list(FORMATS[name].read(path, losses, Texts())) == [hard, plain]
    assert +losses == Losses()
