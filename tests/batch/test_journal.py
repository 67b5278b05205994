"""The journal of a run."""

from dataclasses import replace

import pytest

from quotex.batch.journal import Journal, State, add_digest, count_item, take
from quotex.errors import UsageError
from quotex.read import Failure
from quotex.types import Article

RUN = {"inputs": ["a"], "--type": None}


@pytest.fixture
def places(tmp_path):
    """A journal and a part file of 100 bytes."""
    part = tmp_path / "q.part"
    part.write_bytes(b"x" * 100)
    return tmp_path / "q.journal", part


def begin(path, *states):
    """Write a journal."""
    journal = Journal.begin(path, RUN)
    for state in states:
        journal.save(state)
    journal.close()


def resume(path, part):
    """Read its state."""
    journal = Journal.resume(path, RUN, part)
    if journal is None:
        return None
    journal.close()
    return journal.state


def test_the_last_line_counts(places):
    """It says how far the run has come."""
    path, part = places
    last = State(n_items=3, n_articles=2, n_quotes=5, n_failed=1, digest="ab", n_bytes=90, kept={"url": 2})
    begin(path, State(n_items=1, n_bytes=20), last)
    assert resume(path, part) == last


@pytest.mark.parametrize("torn", [b"", b'{"n_it', b'{"n_items": 9}', b"\0\0\0\0", b"\xff\xfe"])
def test_a_line_that_breaks_off_does_not_count(places, torn):
    """What a kill or a reboot leaves of it is cut off, and writing goes on there."""
    path, part = places
    done = State(n_items=1, n_bytes=20)
    begin(path, done)
    whole = path.read_bytes()
    path.write_bytes(whole + torn)
    assert resume(path, part) == done
    assert path.read_bytes() == whole


def test_a_part_file_that_is_shorter_than_the_journal_says(places):
    """The last state that it reaches counts."""
    path, part = places
    begin(path, State(n_items=1, n_bytes=20), State(n_items=9, n_bytes=101))
    assert resume(path, part) == State(n_items=1, n_bytes=20)
    part.write_bytes(b"")
    assert resume(path, part) == State()


def test_nothing_to_go_on_from(places):
    """No journal, no part file, or a journal that does not even say what the run was."""
    path, part = places
    assert resume(path, part) is None
    path.write_bytes(b'{"inp')
    assert resume(path, part) is None
    begin(path)
    assert resume(path, part) == State()
    part.unlink()
    assert resume(path, part) is None


def test_another_run_is_refused(places):
    """With what is other, also what is there no more."""
    path, part = places
    begin(path)
    for other, then, now in (
        (RUN | {"--type": ["direct"]}, "no --type", "--type direct"),
        ({"inputs": ["a"], "--encoding": "x"}, "no --encoding", "--encoding x"),
        ({"--type": None}, "inputs a", "no inputs"),
    ):
        with pytest.raises(UsageError, match=rf"was begun with {then}, now there is {now}\."):
            Journal.resume(path, other, part)


def test_the_digest_tells_ids_texts_and_their_order():
    """Also where one ends and the next begins."""
    items = [Article("a", "bc"), Article("ab", "c"), Article("a", "c"), Failure("abc", ""), Failure("a", "bc")]
    assert len({add_digest("", item) for item in items}) == len(items)
    one, two = items[:2]
    assert add_digest(add_digest("", one), two) != add_digest(add_digest("", two), one)


def test_counting():
    """Articles, quotes, failures, and what is carried along."""
    article = Article("a", "b", meta={"url": "u", "date": None})
    state = count_item(count_item(State(), article, 3), Failure("f", "m"), None)
    assert replace(state, digest="") == State(
        n_items=2, n_articles=1, n_quotes=3, n_failed=1, kept={"url": 1, "date": 1}
    )


@pytest.mark.parametrize(
    "line",
    [
        "[1]",
        "7",
        "null",
        "{}",
        '{"n_items": 1}',
        '{"n_items": -1, "n_articles": 0, "n_quotes": 0, "n_failed": 0, "digest": "", "n_bytes": 0, '
        '"n_error_bytes": 0, "kept": {}}',
        '{"n_items": 1, "n_articles": 0, "n_quotes": 0, "n_failed": 0, "digest": "", "n_bytes": "0", '
        '"n_error_bytes": 0, "kept": {}}',
        '{"n_items": 1, "n_articles": 0, "n_quotes": 0, "n_failed": 0, "digest": "", "n_bytes": 0, '
        '"n_error_bytes": 0, "kept": {"url": []}}',
        "[" * 100_000,
    ],
)
def test_other_json_does_not_count(places, line):
    """Neither as a state nor as what the run was, and it is no traceback."""
    path, part = places
    done = State(n_items=1, n_bytes=20)
    begin(path, done)
    whole = path.read_bytes()
    path.write_bytes(whole + line.encode() + b"\n")
    assert resume(path, part) == done
    assert path.read_bytes() == whole
    if not line.startswith("{"):
        path.write_bytes(line.encode() + b"\n" + whole)
        assert resume(path, part) is None


def test_a_file_of_failures_that_is_shorter_than_the_journal_says(places, tmp_path):
    """Removed or cut, the run goes on from where both files were; no hole is made in it."""
    path, part = places
    failures = tmp_path / "e.jsonl"
    begin(path, State(n_items=1, n_bytes=20), State(n_items=9, n_bytes=90, n_error_bytes=10))
    for data, n_items in ((b"x" * 10, 9), (b"x" * 9, 1), (None, 1)):
        failures.unlink(missing_ok=True)
        if data is not None:
            failures.write_bytes(data)
        journal = Journal.resume(path, RUN, part, failures)
        journal.close()
        assert journal.state.n_items == n_items


def test_a_folder_in_the_place_of_a_journal(places):
    """It is refused, as anything else that cannot be opened."""
    path, part = places
    path.mkdir()
    with pytest.raises(UsageError, match=r"\[Q204\] .*q\.journal: cannot be written: Is a directory"):
        resume(path, part)


def test_a_journal_that_was_removed_meanwhile_is_nobodys(places):
    """Its run has just ended: who had opened it before would share its name with the next."""
    fcntl = pytest.importorskip("fcntl")
    path, _ = places
    with path.open("ab") as file:
        path.unlink()
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match=r"\[Q220\]"):
            take(file, path)
