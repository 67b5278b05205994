"""A Ray cluster: nothing lost, nothing twice, whatever dies."""

import json
import subprocess
import sys

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
