"""`quotex evaluate`: figures of quotes and names, errors for a person to read, and what can go wrong."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import quotex as quotex_
from quotex.types import NAMES, Slice

TEXT = "“It rained all day,” said Ann Lee.\n\n“We are ready,” hoped Bo Lind."
GOLD = [
    {
        "id": "a",
        "text": TEXT,
        "quotes": [
            {
                "content": [[1, 19]],
                "cue": [[21, 25]],
                "source": [[26, 33]],
                "speaker": "Ann Lee",
                "kind": "person",
            },
            {"content": [[37, 50]], "cue": [[52, 57]], "source": [[58, 65]]},
        ],
    },
    {"id": "b", "text": "Ann Lee said it rained.", "quotes": [{"content": [[13, 22]]}]},
]
TABLE = """\
                      quoted             indirect              all
                     P     R    F1       P     R    F1       P     R    F1
overlap          100.0  50.0  66.7       –   0.0   0.0   100.0  33.3  50.0
exact            100.0  50.0  66.7       –   0.0   0.0   100.0  33.3  50.0
attributed       100.0  50.0  66.7       –   0.0   0.0   100.0  33.3  50.0
char             100.0  58.3  73.7       –   0.0   0.0   100.0  43.8  60.9
char_attr        100.0  58.3  73.7       –   0.0   0.0   100.0  43.8  60.9
char_named       100.0 100.0 100.0       –     –     –   100.0 100.0 100.0
named            100.0 100.0 100.0       –     –     –   100.0 100.0 100.0

source overlap               100.0                   –               100.0
source exact                 100.0                   –               100.0
cue overlap                  100.0                   –               100.0
cue exact                    100.0                   –               100.0
named_acc                    100.0                   –               100.0
quotes in GOLD                   2                   1                   3
quotes found                     1                   0                   1

Per cent, over 2 articles.

"""
ERRORS = """\
1. missed · a · ¶2
gold   We are ready,
       cue hoped · source Bo Lind
found  –
text   “We are ready,” hoped Bo Lind.

2. missed · b · ¶1
gold   it rained
       cue none · source none
found  –
text   Ann Lee said it rained.

2 disagreements; 2 shown, the worst first
"""
NAMED = {
    "id": "a",
    "text": "Ann Lee of Oslo Port said Bo left.",
    "mentions": [
        {"start": 0, "end": 7, "type": "person"},
        {"start": 11, "end": 20, "type": "organization"},
        {"start": 11, "end": 15, "type": "place"},
        {"start": 26, "end": 28, "type": "person"},
    ],
}
NAMES_TABLE = """\
                     P     R    F1
person           100.0  50.0  66.7
org              100.0 100.0 100.0
place                –   0.0   0.0
other                –     –     –

Per cent, over 1 article.

"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder with gold.jsonl, whose first quote is all that found.jsonl has."""
    monkeypatch.chdir(tmp_path)
    write("gold.jsonl", *GOLD)
    write("found.jsonl", GOLD[0] | {"quotes": GOLD[0]["quotes"][:1]}, {"id": "b", "quotes": []})


def write(name: str, *rows: dict) -> None:
    """Write JSON Lines."""
    Path(name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def attributed(result, part: str = "all") -> float:
    """Read one figure out of JSON."""
    return json.loads(result.stdout)[part]["attributed"]["F1"]


def test_table(quotex):
    """Three slices side by side."""
    result = quotex("evaluate", "gold.jsonl", "found.jsonl")
    assert (result.exit_code, result.stdout, result.stderr) == (0, TABLE, "")


def test_narrow_table(quotex, monkeypatch):
    """One slice below the other."""
    monkeypatch.setenv("COLUMNS", "60")
    result = quotex("evaluate", "gold.jsonl", "found.jsonl")
    assert re.findall(r"^ +(\w+)$", result.stdout, re.M) == ["quoted", "indirect", "all"]
    assert max(map(len, result.stdout.splitlines())) <= 60


def test_json(quotex):
    """One object, whose slices have the keys that score.py writes."""
    result = quotex("evaluate", "gold.jsonl", "found.jsonl", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    slices = json.loads(result.stdout)
    assert list(slices) == ["quoted", "indirect", "all"]
    assert slices["all"] == {
        "slice": "all",
        "gold": 3,
        "pred": 1,
        "overlap": {"P": 100.0, "R": 33.3, "F1": 50.0},
        "exact": {"P": 100.0, "R": 33.3, "F1": 50.0},
        "attributed": {"P": 100.0, "R": 33.3, "F1": 50.0},
        "source_overlap": 100.0,
        "source_exact": 100.0,
        "cue_overlap": 100.0,
        "cue_exact": 100.0,
        "char": {"P": 100.0, "R": 43.8, "F1": 60.9},
        "char_attr": {"P": 100.0, "R": 43.8, "F1": 60.9},
        "char_named": {"P": 100.0, "R": 100.0, "F1": 100.0},
        "named": {"P": 100.0, "R": 100.0, "F1": 100.0},
        "named_acc": 100.0,
    }


def test_slice(quotex):
    """Only one of them."""
    result = quotex("evaluate", "gold.jsonl", "found.jsonl", "--slice", "indirect", "--json")
    assert list(json.loads(result.stdout)) == ["indirect"]
    result = quotex("evaluate", "gold.jsonl", "found.jsonl", "--slice", "indirect", "--errors")
    assert "1 disagreement; 1 shown" in result.stdout


@pytest.mark.parametrize("arguments", [["--errors"], ["--errors", "5"], ["--errors=2"]])
def test_errors(quotex, arguments):
    """With a number or without; wherever the option stands."""
    result = quotex("evaluate", "gold.jsonl", "found.jsonl", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, TABLE + ERRORS, "")
    assert quotex("evaluate", *arguments, "gold.jsonl", "found.jsonl").stdout == TABLE + ERRORS


def test_only_the_worst_errors(quotex):
    """Those that are left out are counted."""
    result = quotex("evaluate", "gold.jsonl", "found.jsonl", "--errors", "1")
    assert result.stdout == TABLE + ERRORS[: ERRORS.index("2. missed")] + (
        "2 disagreements; 1 shown, the worst first\n"
    )


def test_an_error_shows_both_sides(quotex):
    """What is right above, what was found below; long contents without their middle."""
    text = "“" + "word " * 200 + "end,” Ann Lee told Bo Lind."
    quote = {"content": [[1, 1004]], "cue": [[1015, 1019]], "source": [[1007, 1014]]}
    other = {"content": [[1, 1001]], "cue": [[1015, 1019]], "source": [[1020, 1027]], "speaker": "Bo\x1b[2J"}
    write("gold.jsonl", {"id": "a", "text": text, "quotes": [quote]})
    write("found.jsonl", {"id": "a", "quotes": [other]})
    result = quotex("evaluate", "gold.jsonl", "found.jsonl", "--errors")
    shown = result.stdout[result.stdout.index("1. ") :]
    lines = shown.splitlines()
    assert lines[0] == "1. content edges, wrong source · a · ¶1"
    gold, found = (next(n for n, line in enumerate(lines) if line.startswith(name)) for name in ("gold", "found"))
    gold_side, found_side = " ".join(lines[gold:found]), " ".join(lines[found:])
    assert "word […] word" in gold_side
    assert re.search(r"word\s+end\s+cue told · source Ann Lee", gold_side)
    assert re.search(r"word\s+cue told · source Bo Lind · speaker Bo␛\[2J", found_side)
    assert "\x1b" not in result.stdout


def test_what_differs_is_in_colour(quotex, monkeypatch):
    """At a terminal only."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    longer = {"content": [[1, 32]], "cue": [[21, 25]], "source": [[26, 33]]}
    write("found.jsonl", GOLD[0] | {"quotes": [longer]}, {"id": "b", "quotes": []})
    shown = quotex("evaluate", "gold.jsonl", "found.jsonl", "--slice", "quoted", "--errors").stdout
    assert "It rained all day,\x1b[33m” said Ann Le\x1b[0m\n" in re.sub(r" +\n", "\n", shown)


def test_rows_of_extract(quotex, stand_in):
    """What `quotex extract` wrote is read as it is; articles without a quote are told of."""
    assert quotex("extract", "gold.jsonl", "-o", "rows.jsonl", "-q").exit_code == 0
    result = quotex("evaluate", "gold.jsonl", "rows.jsonl", "--json")
    assert (result.exit_code, attributed(result)) == (0, 50.0)
    assert result.stderr == "1 of 2 articles have no prediction; their quotes count as missed.\n"


@pytest.mark.parametrize(("arguments", "f1"), [([], 50.0), (["--thoughts"], 80.0)])
def test_the_model_is_run_where_there_are_no_predictions(quotex, stand_in, arguments, f1):
    """With statements only, or thoughts too."""
    result = quotex("evaluate", "gold.jsonl", "--json", *arguments)
    assert (result.exit_code, attributed(result), result.stderr) == (0, f1, "")


def test_a_text_that_cannot_be_read(quotex, stand_in):
    """Status 1; it is named, and its quotes count as missed."""
    write("gold.jsonl", GOLD[0], {"id": "bad", "text": "BUG", "quotes": []})
    result = quotex("evaluate", "gold.jsonl", "--json")
    assert (result.exit_code, attributed(result)) == (1, 66.7)
    assert result.stderr.startswith("[Q115] bad: could not be processed (KeyError: 'bug').")


def test_with_that(quotex):
    """A corpus whose contents begin with "that" is not held against us."""
    text = "Ann Lee said that it rained."
    write("gold.jsonl", {"id": "a", "text": text, "quotes": [{"content": [[13, 27]]}]})
    write("found.jsonl", {"id": "a", "quotes": [{"content": [[18, 27]]}]})
    plain = json.loads(quotex("evaluate", "gold.jsonl", "found.jsonl", "--json").stdout)["all"]
    fair = json.loads(quotex("evaluate", "gold.jsonl", "found.jsonl", "--json", "--with-that").stdout)["all"]
    assert (plain["overlap"]["F1"], plain["exact"]["F1"], fair["exact"]["F1"]) == (100.0, 0.0, 100.0)


@Language.component("find_two_names")
def find_two_names(doc: Doc) -> Doc:
    """Find `Ann Lee` and `Oslo Port`, wherever they stand."""
    if "BUG" in doc.text:
        raise RuntimeError("bug")
    parts = (("Ann Lee", "person"), ("Oslo Port", "org"))
    at = ((doc.text.find(part), part, kind) for part, kind in parts)
    doc.spans[NAMES] = [
        doc.char_span(start, start + len(part), label=kind) for start, part, kind in at if start >= 0
    ]
    return doc


@pytest.fixture
def two_names(monkeypatch):
    """Articles with marked names, and a pipeline that finds two; what comes after that would fail."""
    nlp = spacy.blank("en")
    nlp.add_pipe("find_two_names", name="quotex_tagger")
    nlp.add_pipe("quotex_speakers", config={"weights": {}})
    monkeypatch.setattr("quotex.extraction.load", lambda model=None: nlp)
    write("names.jsonl", NAMED)


def test_names(quotex, two_names):
    """F1 of exact names, a line a kind."""
    result = quotex("evaluate", "names.jsonl")
    assert (result.exit_code, result.stdout, result.stderr) == (0, NAMES_TABLE, "")


def test_names_as_json(quotex, two_names):
    """An object for each kind."""
    result = quotex("evaluate", "names.jsonl", "--json")
    none, right = dict.fromkeys(("P", "R", "F1")), dict.fromkeys(("P", "R", "F1"), 100.0)
    missed = none | {"R": 0.0, "F1": 0.0}
    assert (result.exit_code, result.stderr) == (0, "")
    person = {"P": 100.0, "R": 50.0, "F1": 66.7}
    assert json.loads(result.stdout) == {"person": person, "org": right, "place": missed, "other": none}


def test_a_text_whose_names_cannot_be_read(quotex, two_names):
    """Status 1; it is named, and its names count as missed."""
    bad = {"id": "bad", "text": "BUG", "mentions": [{"start": 0, "end": 3, "type": "person"}]}
    write("names.jsonl", NAMED, bad)
    result = quotex("evaluate", "names.jsonl", "--json")
    assert (result.exit_code, json.loads(result.stdout)["person"]["R"]) == (1, 33.3)
    assert result.stderr.startswith("[Q115] bad: could not be processed (RuntimeError: bug).")


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (["found.jsonl"], "PRED"),
        (["--thoughts"], "--thoughts"),
        (["--errors"], "--errors"),
        (["--slice", "all"], "--slice"),
        (["--with-that"], "--with-that"),
    ],
)
def test_options_that_are_for_quotes(quotex, two_names, arguments, option):
    """Are refused for names."""
    result = quotex("evaluate", "names.jsonl", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"[Q416] names.jsonl: names are marked in it, not quotes, and {option} is for quotes. Leave it out.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["zzz.jsonl"], "[Q106] zzz.jsonl: no such file or folder.\n"),
        (["gold.jsonl", "fond.jsonl"], "[Q106] fond.jsonl: no such file or folder. Did you mean found.jsonl?\n"),
        (["found.jsonl"], "[Q401] found.jsonl, line 2: no key 'text'; its keys are 'id', 'quotes'. "),
        (["gold.jsonl", "found.jsonl", "--thoughts"], "[Q411] --thoughts is for running the model, "),
        (["gold.jsonl", "found.jsonl", "--model", "m"], "[Q411] --model is for running the model, "),
        (["gold.jsonl", "--json", "--errors"], "[Q202] --json and --errors: more than one output format. "),
        (["-", "-"], "[Q412] GOLD and PRED cannot both be stdin. "),
        (["gold.jsonl", "--slice", "direct"], "Usage: quotex evaluate [OPTIONS] "),
        ([], "Usage: quotex evaluate [OPTIONS] "),
    ],
)
def test_it_could_not_start(quotex, arguments, message):
    """Status 2, and nothing on stdout."""
    result = quotex("evaluate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)


def test_gold_from_stdin(quotex):
    """As `-`."""
    rows = "".join(json.dumps(row) + "\n" for row in GOLD)
    assert attributed(quotex("evaluate", "-", "gold.jsonl", "--json", stdin=rows)) == 100.0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("option", ["--json", "--errors"])
def test_a_full_disk(option):
    """Status 2 and the reason."""
    command = [sys.executable, "-m", "quotex", "evaluate", "gold.jsonl", "found.jsonl", option]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert (done.returncode, done.stderr) == (2, "[Q209] Writing to stdout failed: No space left on device.\n")


def test_from_python(stand_in):
    """The same figures, and what is behind them, without a command."""
    done = quotex_.evaluate("gold.jsonl", "found.jsonl", errors=True)
    assert [done.scores[part]["overlap"]["R"] for part in ("quoted", "indirect", "all")] == [50.0, 0.0, 33.3]
    assert [(one.what, one.article.id) for one in done.disagreements] == [(("missed",), "a"), (("missed",), "b")]
    write("gold.jsonl", GOLD[0], {"id": "bad", "text": "BUG", "quotes": []})
    done = quotex_.evaluate(Path("gold.jsonl"), which=Slice.all, thoughts=True)
    assert (list(done.scores), done.n_articles, [one.doc for one in done.failures]) == (["all"], 2, ["bad"])
