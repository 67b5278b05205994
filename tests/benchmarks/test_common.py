"""The benchmarks work, whatever they measure."""

import re

import pytest

from tests.benchmarks import share
from tests.benchmarks.common import chain, count_words, fill, find_peak_mb, print_table


@pytest.mark.parametrize("n_words", [1, 3, 4, 100])
def test_chain(n_words):
    """As many words as asked for, cut at the end of one."""
    text = chain(["One two.", " ", "three, four"], n_words)
    assert count_words(text) == n_words
    assert text == text.rstrip()


def test_fill():
    """Texts are taken whole, as often as needed."""
    assert fill(["a b", "", "c"], 4) == ["a b", "c", "a b"]


def test_print_table(capsys):
    """Names to the left, figures to the right."""
    print_table(("tool", "s"), [["a", 10], ["longer", 2]])
    assert capsys.readouterr().out == "| tool   |  s |\n|--------|---:|\n| a      | 10 |\n| longer |  2 |\n"


def test_peak_memory_is_in_megabytes():
    """Python alone has ten; these tests do not have ten thousand."""
    assert 10 < find_peak_mb() < 10_000


def test_the_share_of_each_component(monkeypatch, capsys):
    """All parts make up the whole."""
    monkeypatch.setattr("sys.argv", ["share", "--quick"])
    share.main()
    shares = dict(re.findall(r"^\| (.+?) +\| .* ([\d.]+) \|$", capsys.readouterr().out, re.M))
    assert {"tokenizer", "quotex_marks", "quotex_attribute"} < set(shares)
    assert float(shares["outside the matrices"]) + float(shares["ONNX Runtime"]) == pytest.approx(100, abs=0.2)
