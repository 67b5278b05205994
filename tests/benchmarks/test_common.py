"""The benchmarks work, whatever they measure."""

import re

import pytest

from tests.benchmarks import load, share
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


def test_articles_for_the_server():
    """Each of so many words, and each another one."""
    texts = load.make_texts(["One two.\n\nThree four five.", "Six."], 7)
    assert [count_words(text) for text in texts] == [7, 7, 7]
    assert len(set(texts)) == 3


def test_rates_add_up():
    """The sum is over all that was done, not over rates."""
    rate = load.Rate(10, 1.0, 2.0) + load.Rate(10, 4.0, 6.0)
    assert (rate.by_clock, rate.by_cpu) == (4.0, 2.5)
