"""The promises of SECURITY.md that have no other test; and that those it names are there."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import quotex
from quotex.errors import ModelError
from quotex.model.session import META_FILE, MODEL_FILE, find_installed_model, open_model
from tests.paths import NEWS, ROOT

TEXTS = [path.read_bytes().decode("utf-8") for path in sorted(NEWS.glob("*.txt"))]
HOSTILE = [
    "“We are\u200b ready,\u202e” said A\u0301nn Lee.\r\rShe\x0badded: «No\0.»\u2028“\U0001f600”, Bo said.\r\n",
    "".join(f"“{'‘' * n}Yes{'’' * n},” said Ann Lee.\n" for n in range(20)),
    "\ufeff“Yes,” said Ann\x85Lee. ``No,'' said Bo Lind. \"Well\u00a0.\" „So,“ said Ann Lee: 5'11\".",
]

# Run in a process of its own: what is done there is seen by Python itself.
WATCH = """
import sys

def watch(event, given):
    global is_begun
    is_begun = is_begun or (is_warm and event == "open" and str(given[0]).startswith(sys.argv[2]))
    if event.startswith(("socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.")):
        print("NET", event, given, file=sys.stderr)
    elif event == "pickle.find_class":
        print("PICKLE", given, file=sys.stderr)
    elif event in ("os.system", "subprocess.Popen") and is_begun:
        print("EXEC", event, given[0], file=sys.stderr)
    elif event == "exec" and is_begun and not given[0].co_filename.endswith(".py"):  # which is an import
        print("EXEC", event, given[0].co_filename, file=sys.stderr)
    elif event == "open" and isinstance(given[0], str) and given[2] & 3:  # O_WRONLY or O_RDWR
        print("WRITE", given[0], file=sys.stderr)

is_warm = is_begun = False
sys.dont_write_bytecode = True
sys.addaudithook(watch)
import quotex
from quotex.cli.app import app
nlp = quotex.load()
quotex.load = lambda model: nlp  # spaCy evaluates the annotations of its own factories
try:
    app([*sys.argv[1:3], "-o", "warm.csv", "--errors", "f.jsonl", "--save-text", "warm", *sys.argv[9:]])
except SystemExit:
    is_warm = True  # from here on everything is imported; what typer evaluates are our own annotations
app(sys.argv[1:])
"""


# As above, for every Python process that a command starts: each imports what is called so, if it finds it.
SITE = """
import os
import sys

log = os.open(os.environ["QUOTEX_WATCH"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

def tell(*words):
    os.write(log, (" ".join(map(str, words)) + chr(10)).encode())

def watch(event, given):
    if event in ("socket.connect", "socket.sendto") and isinstance(given[1], str | bytes):
        return  # no network: how processes of one command find each other
    if event.startswith(("socket.connect", "socket.sendto", "socket.getaddrinfo", "urllib.")):
        tell("NET", event, given)
    elif event == "pickle.find_class":
        tell("PICKLE", *given)

tell("PROCESS", os.getpid())
os.register_at_fork(after_in_child=lambda: tell("PROCESS", os.getpid()))
sys.addaudithook(watch)
"""


def watch_python(folder, *arguments, statuses=(0,)):
    """Run Python; gives what its processes did, and how many there were."""
    (folder / "watch").mkdir(exist_ok=True)
    (folder / "watch" / "sitecustomize.py").write_text(SITE)
    log = folder / "watch" / "log"
    log.write_text("")
    path = os.pathsep.join([str(folder / "watch"), str(ROOT)])
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": path, "QUOTEX_WATCH": str(log)},
    )
    assert done.returncode in statuses, done.stderr
    seen = log.read_text().splitlines()
    assert seen, "nobody watched"
    did = [line for line in seen if not line.startswith("PROCESS")]
    return did, len(seen) - len(did)


def check_places(article):
    """See that every text is what stands at its place."""
    for quote in article.quotes:
        for span in (*quote.content, *quote.cue, *quote.source):
            assert article.text[span.start : span.end] == span.text
            assert span.text


@pytest.mark.parametrize("text", [*TEXTS, *HOSTILE])
def test_places_and_repetition(text):
    """Texts are cut out of the input, and twice the same."""
    first, second = quotex.extract(text), quotex.extract(text)
    assert first == second
    check_places(first)


@pytest.mark.slow
def test_places_in_what_is_written(tmp_path):
    """The records of a run, too, whatever marks and line ends there are; no batch or worker changes a byte."""
    rows = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate([*TEXTS, *HOSTILE]))
    (tmp_path / "rows.jsonl").write_text(rows)
    outputs = set()
    for arguments in (["--workers", "1"], ["--workers", "2", "--timeout", "500"]):
        command = [sys.executable, "-m", "quotex", "extract", "rows.jsonl", "--jsonl", *arguments]
        outputs.add(subprocess.run(command, cwd=tmp_path, capture_output=True, check=True).stdout)
    [output] = outputs
    for record in map(json.loads, output.splitlines()):
        text = [*TEXTS, *HOSTILE][int(record["doc"])]
        for span in (*record["content"], *record["cue"], *record["source"]):
            assert text[span["start"] : span["end"]] == span["text"]


def test_no_network_no_other_file_nothing_evaluated(tmp_path):
    """As Python's own audit sees it, where all is done in one process."""
    arguments = [str(NEWS), "-o", "q.csv", "--errors", "e.jsonl", "--save-text", "texts", "-q", "--workers", "1"]
    done = subprocess.run(
        [sys.executable, "-c", WATCH, "extract", *arguments],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    seen = done.stderr.splitlines()
    assert [line for line in seen if not line.startswith("WRITE ")] == []
    written = {line.removeprefix("WRITE ") for line in seen}
    named = re.compile(r"(?:.*/)?(?:(?:q|warm)\.csv(\.part(\.journal)?)?|[ef]\.jsonl|(?:texts|warm)/.*|/dev/null)")
    assert {name for name in written if not named.fullmatch(name)} == set()
    wanted = {"q.csv", "e.jsonl", "texts", "warm.csv", "f.jsonl", "warm"}
    assert {path.name for path in tmp_path.iterdir()} == wanted


def test_no_batch_changes_a_result():
    """Whatever an article is read together with."""
    nlp = quotex.load()
    alone = [quotex.to_article(nlp(text)) for text in TEXTS]
    for n in (1, 3, 100):
        assert [quotex.to_article(doc) for doc in nlp.pipe(TEXTS, batch_size=n)] == alone


@pytest.mark.slow
def test_no_command_goes_out(tmp_path):
    """Neither to another machine nor to a socket of this one, and none unpickles."""
    shutil.copy(NEWS / "museum.txt", tmp_path / "a.txt")
    for command in (
        ["extract", "a.txt", "-o", "q.jsonl"],
        ["speakers", "q.jsonl"],
        ["convert", "q.jsonl", "gold.jsonl"],
        ["evaluate", "gold.jsonl", "q.jsonl"],
        ["verify", "a.txt", "a.txt"],
    ):
        seen, _ = watch_python(tmp_path, "-m", "quotex", *command)
        assert seen == [], command


@pytest.mark.slow
def test_no_worker_goes_out(tmp_path):
    """What they unpickle is what the processes of one run tell each other."""
    command = ["extract", str(NEWS), "-o", "q.jsonl", "--workers", "2", "--timeout", "500"]
    seen, n_processes = watch_python(tmp_path, "-m", "quotex", *command)
    assert n_processes >= 3
    assert [line for line in seen if not line.startswith(("PICKLE multiprocessing.", "PICKLE quotex."))] == []


TRAINED = """
from pathlib import Path
from quotex.model.session import open_model
from quotex.training.adapt import write_adapted
from quotex.training.finish import open_network

base = open_model()
write_adapted(open_network(base, dropout=0.0), base, Path("same"), ())
"""


@pytest.mark.slow
def test_no_training_goes_out(tmp_path):
    """Nor is anything unpickled, while it learns and while a model is written."""
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    names = [f"{first} Lee" for first in "Ann Bo Cleo Dag Eva Finn Gro Hal".split()]
    quotes = [{"content": [[1, 12]], "cue": [[14, 18]], "source": [[19, 22]]}]
    rows = [{"id": name, "text": f"“It is late,” said {name}.", "quotes": quotes} for name in names]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    command = ["train", "--train", "gold.jsonl", "-o", "new", "--epochs", "1"]
    seen, _ = watch_python(tmp_path, "-m", "quotex", *command, statuses=(0, 1))  # 1: it is no better than ours
    assert seen == []
    assert watch_python(tmp_path, "-c", TRAINED) == ([], 1)


@pytest.fixture
def model(tmp_path):
    """A copy of our model, to be damaged."""
    return Path(
        shutil.copytree(find_installed_model(), tmp_path / "model", ignore=shutil.ignore_patterns("training"))
    )


@pytest.mark.parametrize("name", [MODEL_FILE, "tokenizer.json", META_FILE])
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_truncated_model(model, name, share):
    """It is an error of its own, which names the file."""
    path = model / name
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(ModelError, match=rf"\[Q30[123]\] .*{re.escape(name)}"):
        opened = open_model(model)
        assert opened.tokenizer
        assert opened.session


def test_a_model_with_one_wrong_bit(model):
    """It is not opened."""
    data = bytearray((model / MODEL_FILE).read_bytes())
    data[len(data) // 2] ^= 1
    (model / MODEL_FILE).write_bytes(data)
    with pytest.raises(ModelError, match=r"\[Q302\]"):
        assert open_model(model).session


def test_our_model_names_no_other_file():
    """No weights lie outside of it."""
    onnx = pytest.importorskip("onnx", reason="needs the extra train")
    network = onnx.load(find_installed_model() / MODEL_FILE, load_external_data=False)
    assert not [one.name for one in network.graph.initializer if one.data_location != onnx.TensorProto.DEFAULT]


def test_the_tests_that_keep_the_promises():
    """Those that SECURITY.md names are there, and each promise has one."""
    rows = re.findall(r"^\| (.+) \| (`tests/.+) \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) > 20
    for promise, kept_by in rows:
        files = re.findall(r"`(tests/[\w/]+\.py)`: ((?:`\w+`(?:, )?)+)", kept_by)
        assert files, promise
        for file, names in files:
            tests = re.findall(r"^def (test_\w+)", (ROOT / file).read_text("utf-8"), re.MULTILINE)
            assert set(re.findall(r"\w+", names)) <= {name.removeprefix("test_") for name in tests}, file
