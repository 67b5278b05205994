"""A Ray cluster: nothing lost, nothing twice, whatever dies."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quotex.read import Failure
from tests.paths import NEWS, ROOT

pa = pytest.importorskip("pyarrow", reason="needs the extra parquet")
pytest.importorskip("ray", reason="needs the extra ray")

N_SHARDS, N_ARTICLES = 10, 14


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    """Ten files of Parquet with our examples, and one row without text."""
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("shards")
    texts = [path.read_text("utf-8") for path in sorted(NEWS.glob("*.txt"))]
    for number in range(N_SHARDS):
        rows = [{"id": f"{number}-{n}", "text": texts[n % len(texts)]} for n in range(N_ARTICLES)]
        rows += [{"id": "none", "text": None}] if number == 4 else []
        pq.write_table(pa.Table.from_pylist(rows), folder / f"s{number}.parquet")
    return folder


def run_python(*arguments):
    """Run a module in a process of its own."""
    command = [sys.executable, "-m", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=500)


def read_rows(folder):
    """Read all quotes of a folder."""
    import pyarrow.parquet as pq

    return [row for path in sorted(folder.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


FAILED = "row 15: 'text' is null, not a string. Correct the row, or pass another --text-key.\n"


@pytest.mark.slow
def test_a_node_that_is_killed_costs_nothing(shards, tmp_path):
    """All shards are there once, with what one machine alone finds in them; what was running is tried again."""
    output = tmp_path / "out"
    done = run_python("tests.tools.two_nodes", shards, output)
    assert done.returncode == 0, done.stderr
    run = json.loads(next(line for line in done.stdout.splitlines() if line.startswith("{")))
    assert (run["both"], run["alive"], run["status"]) == (True, 1, 1), run
    assert run["done"] < N_SHARDS
    assert sorted(path.name for path in output.iterdir()) == sorted(path.name for path in shards.iterdir())
    local = run_python("quotex", "extract", shards, "-o", tmp_path / "local.parquet")
    assert (local.returncode, f"[Q112] {shards}/s4.parquet, {FAILED}" in local.stderr) == (1, True)
    import pyarrow.parquet as pq

    assert read_rows(output) == pq.read_table(tmp_path / "local.parquet").to_pylist()
    n_articles = N_SHARDS * N_ARTICLES
    assert run["said"].endswith(
        f"{output}: {len(read_rows(output)):,} quotes in {n_articles} articles; 1 input failed\n"
    )

    times = {path: path.stat().st_mtime_ns for path in output.iterdir()}
    (output / "s7.parquet").unlink()
    arguments = ["quotex", "extract", f"{shards}/*.parquet", "-o", output, "--engine", "ray"]
    again = run_python(*arguments)
    assert again.returncode == 1
    assert again.stderr.startswith(f"[Q112] {shards}/s4.parquet, {FAILED}")  # slow machines say how far they are
    assert again.stderr.endswith(
        f"{output}: {len(read_rows(output)):,} quotes in {n_articles} articles; 1 input failed\n"
    )
    assert {path for path in output.iterdir() if path.stat().st_mtime_ns != times[path]} == {output / "s7.parquet"}
    refused = run_python(*arguments, "--type", "direct")
    assert (refused.returncode, refused.stderr) == (
        2,
        f"[Q224] {output}/s0.parquet: is of a run with no --type, and now there is --type direct. "
        "Pass --force to replace it.\n",
    )


def test_what_goes_wrong_is_named(shards, tmp_path, quotex):
    """Before anything starts, or as a failure of its shard."""
    for arguments, message in (
        (
            [shards, "--engine", "ray"],
            "[Q222] --engine ray reads Parquet and writes a folder of it: - is no folder.",
        ),
        (
            [shards, "-o", "out", "--engine", "ray", "--csv"],
            "[Q227] --csv does not go with --engine ray. Leave one of them out.",
        ),
        (["-o", "out", "--engine", "ray"], "there is none at -. Correct the path."),
        ([shards, "-o", "x" * 300, "--engine", "ray"], "cannot be written: "),
        ([tmp_path / "no*", "-o", tmp_path / "out", "--engine", "ray"], f"there is none at {tmp_path}/no*."),
    ):
        result = quotex("extract", *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert message in result.stderr


def test_shards_by_path_folder_and_pattern(tmp_path):
    """Their names under the output are those under the folder that was given."""
    from quotex.shards import find_shards

    for name in ("b.parquet", "a.parquet", "deep/c.parquet", "deep/d.txt"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def find(*paths):
        return [shard.target for shard in find_shards([f"{tmp_path}/{path}" for path in paths], "/out")[2]]

    assert find("in") == ["/out/a.parquet", "/out/b.parquet", "/out/deep/c.parquet"]
    assert find("in/*.parquet") == ["/out/a.parquet", "/out/b.parquet"]
    assert find("in/deep/c.parquet", "in/a.parquet") == ["/out/c.parquet", "/out/a.parquet"]
    assert find("in/**/*.parquet") == ["/out/deep/c.parquet"]


def test_two_shards_of_one_name(tmp_path):
    """One would replace the other."""
    from quotex.errors import UsageError
    from quotex.shards import find_shards

    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.parquet").touch()
    with pytest.raises(UsageError, match=r"\[Q223\] /out/a\.parquet: two inputs would be written to it"):
        find_shards([str(tmp_path / "x"), str(tmp_path / "y")], "/out")


def test_a_shard_that_cannot_be_read_is_a_failure(tmp_path):
    """It is named; nothing is left behind."""
    from pyarrow.fs import LocalFileSystem

    from quotex.batch.target import describe_run
    from quotex.cluster import Shard, ShardExtractor, ShardJob
    from quotex.read import ReadOptions
    from quotex.select import make_selection

    (tmp_path / "a.parquet").write_bytes(b"no parquet")
    system = LocalFileSystem()
    job = ShardJob(system, system, ReadOptions(), make_selection(), None, describe_run({}, None))
    report = ShardExtractor(job).extract(
        Shard("a", str(tmp_path / "a.parquet"), str(tmp_path / "out" / "a.parquet"))
    )
    assert (report.n_articles, report.n_quotes, len(report.failures)) == (0, 0, 1)
    assert isinstance(report.failures[0], Failure)
    assert report.failures[0].message.startswith("[Q119] a: broken (")
    assert not (tmp_path / "out").exists()


@pytest.fixture
def small(tmp_path):
    """Two small files of Parquet in folders, and how to do them here, without a cluster."""
    import pyarrow.parquet as pq

    from quotex.batch.target import describe_run
    from quotex.read import ReadOptions
    from quotex.select import make_selection
    from quotex.shards import ShardExtractor, ShardJob, extract_shards

    run = describe_run({}, None)
    for name in ("a", "b"):
        (tmp_path / "in" / name).mkdir(parents=True)
        rows = [{"id": name, "text": f"“Yes,” said Ann Lee of {name}."}]
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "in" / name / "x.parquet")

    def extract(*paths, output="out", force=False, meanwhile=lambda: None):
        def map_here(shards, job):
            meanwhile()
            extractor = ShardExtractor(job)
            yield from map(extractor.extract, shards)

        return list(
            extract_shards(
                [str(tmp_path / path) for path in paths],
                output if "://" in output else str(tmp_path / output),
                lambda source, sink: ShardJob(source, sink, ReadOptions(), make_selection(), None, run),
                map_here,
                force=force,
            )
        )

    return extract


def test_quotes_that_somebody_has_damaged(tmp_path, small):
    """Cut, replaced, a folder, or what is no report of ours: told as without a cluster; --force starts over."""
    import pyarrow.parquet as pq

    from quotex.errors import UsageError

    small("in")
    target = tmp_path / "out/a/x.parquet"
    good = target.read_bytes()
    run = json.loads(pq.read_metadata(target).metadata[b"quotex"])["run"]
    about = [b"{", b"7", b'{"run": 7}', json.dumps({"run": run, "report": {}}).encode()]
    table = pq.read_table(target)
    for number, bad in enumerate((b"", good[:-9], good[:4] + b"\0" * len(good) + good[-4:], *about)):
        target.write_bytes(bad)
        if number > 2:
            pq.write_table(table.replace_schema_metadata({b"quotex": bad}), target)
        with pytest.raises(UsageError) as raised:
            small("in")
        assert str(raised.value) == (
            f"[Q230] {target}: changed or damaged since the run was broken off. Pass --force to start over."
        )
    small("in", force=True)
    assert [report.n_quotes for report in small("in")] == [1, 1]
    target.unlink()
    target.mkdir()
    for force, code in ((False, "Q230"), (True, "Q204")):
        with pytest.raises(UsageError, match=rf"^\[{code}\] {target}: "):
            small("in", force=force)


@pytest.mark.parametrize("force", [False, True])
def test_no_shard_is_replaced(tmp_path, small, force):
    """Nor is one removed; the folder may have another name, too."""
    from quotex.errors import UsageError

    (tmp_path / "linked").symlink_to("in")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")}
    for paths, output in (
        (["in"], "in"),
        (["in"], "linked"),
        (["in/a/x.parquet"], "in/a"),
        (["in", "in/a"], "in"),
    ):
        with pytest.raises(UsageError, match=r"\[Q205\] .*/x\.parquet: is one of the inputs\."):
            small(*paths, output=output, force=force)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*.parquet")} == before


def test_quotes_in_the_folder_of_the_shards(tmp_path, small):
    """They are no shards of the next run; what another run has left stays."""
    (tmp_path / "in/out").mkdir()
    (tmp_path / "in/out/q.csv.part").write_text("precious")
    (tmp_path / f"in/out/x.parquet.{'0' * 32}.part").touch()
    for _ in range(2):
        assert [report.n_quotes for report in small("in", output="in/out")] == [1, 1]
    assert sorted(path.name for path in (tmp_path / "in/out").rglob("*") if path.is_file()) == [
        "q.csv.part",
        "x.parquet",
        "x.parquet",
    ]


def test_two_runs_at_once(tmp_path, small):
    """The second is told; it neither removes what the first is writing nor replaces what it has done."""
    from quotex.errors import UsageError

    def run_again():
        for force in (False, True):
            with pytest.raises(UsageError, match=rf"^\[Q220\] {tmp_path}/out: another run is writing there\."):
                small("in", force=force)

    assert [report.n_quotes for report in small("in", meanwhile=run_again)] == [1, 1]
    assert [report.n_quotes for report in small("in")] == [1, 1]


def test_places_that_there_are_not(tmp_path, small):
    """Told in one line."""
    from quotex.errors import UsageError

    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"^\[Q204\] .*/file/out: cannot be written: [^\n]+$"):
        small("in", output="file/out")
    with pytest.raises(UsageError, match=r"^\[Q222\] .*/xxx+ cannot be reached \([^\n]+$"):
        small("x" * 300)
    with pytest.raises(UsageError, match=r"^\[Q222\] .*: nowhere://x cannot be reached \([^\n]+$"):
        small("in", output="nowhere://x")


@pytest.mark.parametrize(
    ("errors", "there", "message"),
    [
        ("in/a/x.parquet", None, "[Q211] in/a/x.parquet: is there already."),
        ("e.jsonl", "precious", "[Q211] e.jsonl: is there already."),
        ("e.jsonl", '{"doc": "a", "id": 1}\n', "[Q211] e.jsonl: is there already."),
        ("out/e.parquet", None, "[Q228] out/e.parquet: would be written to by both -o and --errors."),
        ("e.jsonl", '{"doc": "a", "code": "Q105", "message": "empty"}\n', "[Q222]"),
        ("e.jsonl", None, "[Q222]"),
    ],
)
def test_failures_replace_nothing(tmp_path, small, quotex, errors, there, message, monkeypatch):
    """But failures of a run that is gone on with, which are all told again; nothing is read before (Q222)."""
    monkeypatch.chdir(tmp_path)
    if there:
        Path(errors).write_text(there)
    before = Path(errors).read_bytes() if Path(errors).exists() else b""
    refused = quotex("extract", "no", "-o", "out", "--engine", "ray", "--errors", errors)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.startswith(message)
    if "Q222" not in message:
        assert (Path(errors).read_bytes() if Path(errors).exists() else b"") == before
