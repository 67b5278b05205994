"""Where records go."""

import os
from pathlib import Path

import pytest

from quotex.errors import UsageError
from quotex.write import Output


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to write into."""
    monkeypatch.chdir(tmp_path)


def names():
    """The files there are."""
    return sorted(path.name for path in Path().iterdir())


def test_a_file_has_its_name_only_when_it_is_complete():
    """Until then the old one is there."""
    Path("a.csv").write_text("old")
    output = Output("a.csv")
    output.stream.write("new\n")
    assert (Path("a.csv").read_text(), Path("a.csv.part").exists()) == ("old", True)
    output.complete()
    assert (Path("a.csv").read_bytes(), names()) == (b"new\n", ["a.csv"])


def test_what_was_done_is_kept():
    """A run that is broken off leaves its part file."""
    output = Output("a.csv")
    output.stream.write("new\n")
    output.abandon()
    output.abandon()
    assert (Path("a.csv.part").read_text(), names()) == ("new\n", ["a.csv.part"])


def test_it_goes_on_in_the_part_file():
    """What is behind the place to go on from is cut off."""
    Path("a.csv.part").write_text("né\nhalf a l", encoding="utf-8")
    output = Output("a.csv", start=4)
    output.stream.write("b\n")
    assert output.save() == 6
    output.complete()
    assert (Path("a.csv").read_text(encoding="utf-8"), names()) == ("né\nb\n", ["a.csv"])


def test_a_part_file_that_is_removed_meanwhile():
    """It is told at the next save, not at the very end of the work."""
    output = Output("q.jsonl")
    output.stream.write("row\n")
    assert output.save() == 4
    Path("q.jsonl.part").unlink()
    with pytest.raises(FileNotFoundError, match="it was removed meanwhile"):
        output.save()
    output.abandon()


def test_links_stay_links():
    """What they lead to is replaced."""
    Path("real.csv").write_text("old")
    Path("a.csv").symlink_to("real.csv")
    output = Output("a.csv")
    output.stream.write("new\n")
    output.complete()
    assert (Path("a.csv").is_symlink(), Path("real.csv").read_text()) == (True, "new\n")
    assert names() == ["a.csv", "real.csv"]


def test_devices_are_written_in_place():
    """There is no /dev/null.part."""
    output = Output(os.devnull)
    output.stream.write("new\n")
    output.complete()
    assert (output.part, names()) == (None, [])


def test_half_surrogates_become_escapes():
    """A file name that is not UTF-8 does not end the run."""
    output = Output("a.jsonl")
    output.stream.write('"caf\udce9"')
    output.complete()
    assert Path("a.jsonl").read_bytes() == b'"caf\\udce9"'


@pytest.mark.parametrize(("name", "reason"), [("no/a.csv", "No such file or directory"), (".", "Is a directory")])
def test_no_place_to_write(name, reason):
    """It is said before anything is read."""
    with pytest.raises(UsageError) as caught:
        Output(name)
    assert str(caught.value) == f"[Q204] {name}: cannot be written: {reason}."


def test_closed_stdout(monkeypatch):
    """`quotex extract a.txt >&-` gets a message."""
    monkeypatch.setattr("sys.stdout", None)
    with pytest.raises(UsageError, match=r"\[Q204\] stdout: cannot be written: it is closed\."):
        Output("-")
