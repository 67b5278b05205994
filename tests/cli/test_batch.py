"""Long runs as processes of their own: workers, kills, full disks."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.paths import NEWS

QUOTEX = [sys.executable, "-m", "quotex", "extract"]
N_COPIES = 12  # of our examples: too much to be done without workers

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="kills and limits are those of Unix"),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Our examples, again and again, as JSON Lines with a bad row in the middle; and what is found in it."""
    folder = tmp_path_factory.mktemp("corpus")
    texts = [path.read_text("utf-8") for path in sorted(NEWS.glob("*.txt"))] * N_COPIES
    rows = [json.dumps({"id": f"a{n}", "text": text, "n": n}) for n, text in enumerate(texts)]
    rows.insert(len(rows) // 2, '{"id": "bad"}')
    (folder / "rows.jsonl").write_text("\n".join(rows) + "\n", "utf-8")
    for suffix in ("jsonl", "db"):
        run(folder, "-o", f"whole.{suffix}")
    return folder


@pytest.fixture
def folder(corpus, tmp_path):
    """A folder with the corpus and what is found in it."""
    for path in corpus.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


def run(folder, *arguments, **options):
    """Run the command over the corpus."""
    command = [*QUOTEX, "rows.jsonl", "--keep", "n", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=120, **options)


def is_whole(folder, name):
    """Compare a file with that of an undisturbed run, and see that nothing else is left."""
    left = [path.name for path in folder.iterdir() if path.name.startswith("q.")]
    return left == [name] and (folder / name).read_bytes() == (folder / f"whole{Path(name).suffix}").read_bytes()


@pytest.mark.parametrize("n_workers", [1, 3])
def test_the_number_of_workers_changes_nothing(folder, n_workers):
    """To the byte; the bad row is named once."""
    done = run(folder, "-o", "q.jsonl", "--workers", str(n_workers))
    assert (done.returncode, done.stdout) == (1, "")
    *before, summary = done.stderr.splitlines()  # a slow machine says how far it is
    (failed,) = [line for line in before if line.startswith("[")]
    assert failed.startswith("[Q111] rows.jsonl, line 25: no key 'text'")
    assert summary.endswith(" quotes in 48 articles; 1 input failed")
    assert is_whole(folder, "q.jsonl")


@pytest.mark.parametrize("name", ["q.jsonl", "q.db"])
def test_a_killed_run_goes_on(folder, name):
    """Killed again and again, it ends with the file of an undisturbed run."""
    moments = random.Random(name)
    n_kills = 0
    while n_kills < 4:
        with subprocess.Popen(
            [*QUOTEX, "rows.jsonl", "--keep", "n", "-o", name], cwd=folder, stderr=-1
        ) as process:
            try:
                process.communicate(timeout=moments.uniform(0.3, 3))
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()
        n_kills += 1
    done = run(folder, "-o", name)
    assert done.returncode == (1 if n_kills == 4 else 2)  # 2: it had been done, and is not done again
    assert is_whole(folder, name)


def limit_files():
    """Let no file grow over some kilobytes, as on a disk that is nearly full."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))


@pytest.mark.parametrize("name", ["q.jsonl", "q.db"])
def test_a_full_disk(folder, name):
    """It is said; with more room, the same command goes on."""
    done = run(folder, "-o", name, preexec_fn=limit_files)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        f"[Q209] Writing to {name} failed: File too large. "
        f"What was done is in {name}.part; the same command goes on from there."
    )
    assert run(folder, "-o", name).returncode == 1
    assert is_whole(folder, name)


def heed_ctrl_c():
    """Undo what a shell does to jobs in the background: they ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_ctrl_c_ends_the_workers(folder):
    """Status 130, one line, and no process is left."""
    command = [*QUOTEX, "rows.jsonl", "--keep", "n", "-o", "q.jsonl", "-v"]
    with subprocess.Popen(
        command, cwd=folder, stderr=-1, text=True, start_new_session=True, preexec_fn=heed_ctrl_c
    ) as process:
        assert process.stderr.readline().startswith("a0: ")
        os.killpg(process.pid, signal.SIGINT)  # a terminal sends it to all
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.splitlines()[-1] == (
        "[Q210] Interrupted. What was done is in q.jsonl.part; the same command goes on from there."
    )
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            break
        time.sleep(0.05)
    else:
        raise AssertionError("workers are left")
    assert run(folder, "-o", "q.jsonl").returncode == 1
    assert is_whole(folder, "q.jsonl")


def list_processes(group):
    """List the processes of a group."""
    found = subprocess.run(["ps", "-e", "-o", "pid=,pgid="], capture_output=True, text=True).stdout
    return [int(pid) for pid, other in map(str.split, found.splitlines()) if int(other) == group]


def wait_until_gone(group):
    """Wait until no process of a group is left."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError("workers are left")


def test_sigterm_leaves_what_can_be_gone_on_with(folder):
    """Status 143, one line, and no process is left."""
    command = [*QUOTEX, "rows.jsonl", "--keep", "n", "-o", "q.jsonl", "-v"]
    with subprocess.Popen(command, cwd=folder, stderr=-1, text=True, start_new_session=True) as process:
        assert process.stderr.readline().startswith("a0: ")
        process.terminate()
        _, said = process.communicate(timeout=20)
    assert process.returncode == 143
    assert said.splitlines()[-1] == (
        "[Q210] Interrupted. What was done is in q.jsonl.part; the same command goes on from there."
    )
    wait_until_gone(process.pid)
    assert run(folder, "-o", "q.jsonl").returncode == 1
    assert is_whole(folder, "q.jsonl")


def test_workers_do_not_outlive_a_run_that_is_killed(folder):
    """Also in the middle of an article that takes a minute."""
    text = "“We are ready,” said Ann Lee, the mayor. The rain went on for days. " * 20_000
    rows = [json.dumps({"id": f"l{n}", "text": text}) for n in range(2)]
    (folder / "long.jsonl").write_text("\n".join(rows), "utf-8")
    command = [*QUOTEX, "long.jsonl", "-o", "q.jsonl", "--workers", "2"]
    with subprocess.Popen(command, cwd=folder, stderr=-1, start_new_session=True) as process:
        end = time.monotonic() + 30
        while len(list_processes(process.pid)) < 4 and time.monotonic() < end:
            time.sleep(0.1)
        time.sleep(4)  # by now they are at it
        process.kill()
        process.wait()
        killed = time.monotonic()
        wait_until_gone(process.pid)
        assert time.monotonic() - killed < 10


def test_a_second_run_does_not_break_into_the_first(folder):
    """Neither with --force nor without; the first ends as if it had been alone."""
    command = [*QUOTEX, "rows.jsonl", "--keep", "n", "-o", "q.jsonl", "-v"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as first:
        assert first.stderr.readline().startswith("a0: ")
        for arguments in ([], ["--force"]):
            second = run(folder, "-o", "q.jsonl", *arguments)
            assert (second.returncode, second.stderr[:6]) == (2, "[Q220]")
        first.communicate(timeout=120)
    assert first.returncode == 1
    assert is_whole(folder, "q.jsonl")


def test_a_pipe_that_closes_ends_the_workers(folder):
    """`quotex extract rows.jsonl | head -1`: status 0, nothing on stderr."""
    script = f'"{sys.executable}" -m quotex extract rows.jsonl | head -1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, encoding="utf-8")
    row, status = done.stdout.splitlines()
    assert (json.loads(row)["doc"], status, done.stderr) == ("a0", "0", "")


def test_rows_come_out_as_they_come_in():
    """Who watches a stream need not wait for its end."""
    with subprocess.Popen([*QUOTEX, "-"], stdin=-1, stdout=-1, text=True, encoding="utf-8") as process:
        for number in range(3):
            process.stdin.write(json.dumps({"id": str(number), "text": "“Yes,” said Ann Lee."}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["doc"] == str(number)
        process.stdin.close()
    assert process.returncode == 0
