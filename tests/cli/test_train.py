"""`quotex train`: what it refuses, and, where the extra "train" is installed, what it makes."""

import json
import sys
from pathlib import Path

import pytest

from quotex import extract, load, train
from quotex.training.run import HELD_OUT_EVERY, MIN_ARTICLES, MIN_WITHOUT_DEV

NAMES = ["Grace Wambui", "Sok Dara", "Linh Tran", "Rosa Quispe", "Ann Lee", "Bo Lind", "Aiko Mori", "Jan Novak"]


def make_article(name: str) -> dict[str, object]:
    start = len("“The bridge is safe,” said ")
    return {
        "id": name,
        "text": f"“The bridge is safe,” said {name} on Monday.",
        "quotes": [{"content": [[1, 20]], "cue": [[22, 26]], "source": [[start, start + len(name)]]}],
    }


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(make_article(name)) + "\n" for name in NAMES), encoding="utf-8")
    return path


def test_without_the_packages_it_says_how_to_get_them(quotex, gold, tmp_path, monkeypatch):
    """Training needs torch, which quotex does not install by itself."""
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in [
        name for name in sys.modules if name.startswith("quotex.training.") and not name.endswith("plan")
    ]:
        monkeypatch.delitem(sys.modules, name)
    result = quotex("train", "--train", str(gold), "-o", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert "[Q501]" in result.stderr
    assert "(torch" in result.stderr  # and whatever else is missing
    assert "pip install 'quotex[train]'" in result.stderr
    assert not (tmp_path / "new").exists()


def test_what_is_there_is_not_replaced(quotex, gold, tmp_path):
    """A model only with --force, anything else never."""
    model, other = tmp_path / "model", tmp_path / "other"
    for folder, file in ((model, "meta.json"), (other, "notes.txt")):
        folder.mkdir()
        (folder / file).write_text("{}", encoding="utf-8")
    assert "Q502" in quotex("train", "--train", str(gold), "-o", str(model)).stderr
    assert "Q505" in quotex("train", "--train", str(gold), "-o", str(other), "--force").stderr
    assert "Q505" in quotex("train", "--train", str(gold), "-o", str(gold), "--force").stderr
    assert "Q204" in quotex("train", "--train", str(gold), "-o", "x" * 300).stderr


def test_too_few_articles(quotex, tmp_path):
    """Those that were given are counted, whatever is kept apart, and it says how many it wants."""
    few, dev = tmp_path / "few.jsonl", tmp_path / "dev.jsonl"
    few.write_text(json.dumps(make_article(NAMES[0])) + "\n", encoding="utf-8")
    dev.write_text(json.dumps(make_article(NAMES[1])) + "\n", encoding="utf-8")
    result = quotex("train", "--train", str(few), "-o", str(tmp_path / "new"))
    assert (result.exit_code, "[Q503] 1 article to learn from and to measure on: " in result.stderr) == (2, True)
    assert "Give 7 at least" in result.stderr
    result = quotex("train", "--train", str(few), "--dev", str(dev), "-o", str(tmp_path / "new"))
    assert (result.exit_code, "[Q503] 1 article to learn from: " in result.stderr) == (2, True)
    assert "Give 5 at least" in result.stderr


def test_enough_articles_without_dev():
    """As few as are asked for leave as many to learn from as with --dev."""
    kept_apart = len(range(0, MIN_WITHOUT_DEV, HELD_OUT_EVERY))
    assert MIN_WITHOUT_DEV - kept_apart == MIN_ARTICLES


def test_an_article_to_learn_and_to_judge_by(quotex, gold, tmp_path):
    """What was learned by heart says nothing of how good a model is."""
    dev = tmp_path / "dev.jsonl"
    dev.write_text(json.dumps(make_article("Ann Lee")) + "\n", encoding="utf-8")
    result = quotex("train", "--train", str(gold), "--dev", str(dev), "-o", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert "[Q504]" in result.stderr
    assert "'Ann Lee'" in result.stderr


def test_bad_gold_is_named(quotex, tmp_path):
    """As `quotex evaluate` names it."""
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "a"}\n', encoding="utf-8")
    result = quotex("train", "--train", str(bad), "-o", str(tmp_path / "new"))
    assert result.exit_code == 2
    assert f"{bad}, line 1" in result.stderr


@pytest.mark.slow
def test_a_model_goes_on(gold, tmp_path):
    """What is written can be loaded, knows what it came from, and still reads."""
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from quotex.model.session import open_model
    from quotex.training.adapt import write_adapted
    from quotex.training.finish import open_network
    from quotex.training.plan import Plan

    counts, measured = [], []
    best = train(
        gold,
        tmp_path / "new",
        plan=Plan(n_epochs=1),
        on_start=lambda *given: counts.append(given),
        on_epoch=measured.append,
    )
    assert counts == [(6, 2)]
    assert [one.epoch for one in measured] == [0, 1]
    assert (tmp_path / "new").exists() == bool(best.epoch)
    base = open_model()
    write_adapted(open_network(base, dropout=0.0), base, tmp_path / "same", ())
    meta = json.loads((tmp_path / "same" / "meta.json").read_text(encoding="utf-8"))
    assert meta["base"]["name"] == base.meta.name
    text = make_article("Ann Lee")["text"]
    assert extract(text, nlp=load(tmp_path / "same")).quotes[0].text == "The bridge is safe,"
