"""The file of corrections: nothing is lost, whoever writes, whoever is killed; and it is GOLD."""

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quotex.errors import QuotexError, UsageError
from quotex.evaluation import read_gold, read_predictions
from quotex.evaluation.corrections import digest_text
from quotex.serve.corrections import ConflictError, Corrections


def make_row(text: str = "It rained.", name: str = "a.txt", **more: object) -> dict[str, object]:
    return {"sha256": digest_text(text), "id": name, "text": text, "quotes": [], **more}


def read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "corrections.jsonl"


def test_the_last_line_of_a_text_counts(path):
    """In the file and as GOLD; the others stay in the file."""
    corrections = Corrections(path)
    assert corrections.find(digest_text("It rained.")) is None
    assert corrections.save(make_row(), base=0) == 1
    assert corrections.save(make_row("Snow. 𝒂", "b.txt"), base=0) == 1
    quote = {"content": [[3, 9]]}
    assert corrections.save(make_row(quotes=[quote]), base=1) == 2
    revision, row = corrections.find(digest_text("It rained."))
    assert (revision, row["quotes"]) == (2, [quote])
    assert len(read(path)) == 3
    gold = read_gold(str(path))
    assert [(article.id, [one.content for one in article.quotes]) for article in gold] == [
        ("a.txt", [((3, 9),)]),
        ("b.txt", []),
    ]
    assert read_predictions(str(path), gold, "gold.jsonl")["a.txt"] == list(gold[0].quotes)


def test_who_comes_second_is_told(path):
    """Unless they want to replace what is there."""
    mine, theirs = Corrections(path), Corrections(path)
    theirs.save(make_row(), base=0)
    with pytest.raises(ConflictError):
        mine.save(make_row(), base=0)
    assert mine.save(make_row(), base=None) == 2
    assert theirs.find(digest_text("It rained."))[0] == 2


def test_ids_are_kept_apart(path):
    """As GOLD needs them: another text of the same name gets a number, the same text does not."""
    corrections = Corrections(path)
    for text in ("One.", "Two.", "Three.", "Two."):
        corrections.save(make_row(text), base=None)
    assert [article.id for article in read_gold(str(path))] == ["a.txt", "a.txt (2)", "a.txt (3)"]


@pytest.mark.parametrize("length", [1, 12, 40, 70, -1])
def test_half_a_line_is_cut_off(path, length):
    """As a kill leaves it: it is no line for GOLD, and the next save takes its place."""
    Corrections(path).save(make_row("One.", "1.txt"), base=0)
    whole = path.read_bytes()
    Corrections(path).save(make_row("It rained. ěščř", "2.txt"), base=0)
    second = path.read_bytes()[len(whole) :].rstrip(b"\n")
    path.write_bytes(whole + second[:length])
    assert [article.id for article in read_gold(str(path))] == ["1.txt"]
    corrections = Corrections(path)
    corrections.check()
    corrections.save(make_row("Three.", "3.txt"), base=0)
    assert [row["id"] for row in read(path)] == ["1.txt", "3.txt"]


def test_a_line_that_lacks_only_its_end_is_whole(path):
    """It is kept, also in two letters' middle of what comes next."""
    Corrections(path).save(make_row("One.", "1.txt"), base=0)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    Corrections(path).save(make_row("Two.", "2.txt"), base=0)
    assert [row["id"] for row in read(path)] == ["1.txt", "2.txt"]


def test_a_first_line_may_be_torn(path):
    path.write_bytes(b'{"sha256": "f1be')
    Corrections(path).save(make_row(), base=0)
    assert [row["id"] for row in read(path)] == ["a.txt"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"id": "a"}\n', "it has no text, or no quotes"),
        (b"Dear diary,\n", "not JSON"),
        (b"Dear diary,", "not JSON"),
        (b"[]\n", "it has no text"),
        (b'{"text": "a", "quotes": ' + b"[" * 100_000 + b"\n", "not JSON: arrays or objects within one another"),
        (b'{"text": "a", "quotes": ' + b"1" * 5_000 + b"}\n", "not JSON: a number has thousands of digits"),
    ],
)
def test_other_files_are_left_alone(path, data, reason):
    """Nothing is added to a file that holds something else."""
    path.write_bytes(data)
    for act in (lambda one: one.check(), lambda one: one.save(make_row(), base=None)):
        with pytest.raises(UsageError, match=rf"^\[Q603\] .*corrections.jsonl, line 1: no correction \({reason}"):
            act(Corrections(path))
    assert path.read_bytes() == data


def test_gold_by_hand_can_be_gone_on_with(path):
    """Its lines have no digest; their texts are known all the same."""
    path.write_text(json.dumps({"id": 1, "text": "It rained.", "quotes": []}) + "\n")
    corrections = Corrections(path)
    assert corrections.find(digest_text("It rained."))[0] == 1
    corrections.save(make_row("Snow.", "1"), base=0)
    assert [article.id for article in read_gold(str(path))] == ["1", "1 (2)"]


def test_a_text_that_was_changed_by_others_is_named(path):
    """Its offsets would be wrong."""
    path.write_text(json.dumps(make_row() | {"text": "It rained!"}) + "\n")
    with pytest.raises(QuotexError, match=r"^\[Q414\] .*, line 1: its sha256 is not that of its text\."):
        read_gold(str(path))


def test_a_file_that_is_replaced_is_read_anew(path):
    """By an editor, or taken away."""
    corrections = Corrections(path)
    corrections.save(make_row("One.", "1.txt"), base=0)
    other = path.with_name("other")
    other.write_text(json.dumps(make_row("Two.", "2.txt")) + "\n" + json.dumps(make_row("Six.", "6.txt")) + "\n")
    other.replace(path)
    assert corrections.find(digest_text("One.")) is None
    assert corrections.find(digest_text("Six."))[1]["id"] == "6.txt"
    path.unlink()
    assert corrections.find(digest_text("Six.")) is None
    assert corrections.save(make_row("One.", "1.txt"), base=0) == 1


def test_there_must_be_a_place_for_it(tmp_path):
    with pytest.raises(UsageError, match=r"^\[Q204\] .*none/c.jsonl: cannot be written"):
        Corrections(tmp_path / "none" / "c.jsonl").check()


def test_many_threads_and_files(path):
    """Each line is whole and none is lost."""
    files = [Corrections(path) for _ in range(4)]

    def save(number: int) -> None:
        files[number % 4].save(make_row(f"Day {number}. {'é' * 5000}", f"{number}.txt"), base=0)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(60)))
    assert sorted(row["id"] for row in read(path)) == sorted(f"{number}.txt" for number in range(60))


WRITER = """
import sys
from pathlib import Path
from quotex.serve.corrections import Corrections
from tests.serve.test_corrections import make_row
corrections = Corrections(Path(sys.argv[1]))
for number in range(100_000):
    corrections.save(make_row(f"{sys.argv[2]} {number} " + "é" * 2000, f"{sys.argv[2]} {number}"), base=0)
    print(number, flush=True)
"""


def test_killed_writers_lose_nothing(path):
    """What was said to be saved is there, whole; two processes at once, killed in the middle."""
    root = Path(__file__).resolve().parents[2]
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, name], stdout=subprocess.PIPE, cwd=root, text=True)
        for name in ("one", "two")
    ]
    for writer in writers:
        for _ in range(20):
            writer.stdout.readline()
    for writer in writers:
        writer.send_signal(signal.SIGKILL)
    told = {
        name: 19 + len(writer.stdout.read().splitlines())
        for name, writer in zip(("one", "two"), writers, strict=True)
    }
    for writer in writers:
        writer.wait()
        writer.stdout.close()
    ids = {article.id for article in read_gold(str(path))}
    for name, last in told.items():
        assert {f"{name} {number}" for number in range(last + 1)} <= ids
