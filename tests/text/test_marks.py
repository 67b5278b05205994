"""The table of quotation marks, and that there is no other."""

import ast

import pytest

from quotex.text.marks import CLOSING, FAMILIES, MARK, OPENING, OUTSIDE_WORDS, SHAPES, STRAIGHT, is_single
from tests.paths import ROOT

POINTED = frozenset("“”„‘’‚«»‹›")
MAX_POINTED = 3  # of different ones in one string; an apostrophe and the marks of inches are as many


def test_every_mark_stands_once() -> None:
    """In one family, and with one shape."""
    marks = [mark for shapes in SHAPES.values() for shape in shapes for mark in shape.split()]
    assert len(marks) == len(set(marks)) == len(FAMILIES)
    assert len(OPENING) + len(CLOSING) + len(STRAIGHT) == len(marks)


def test_marks_of_two_letters_are_one_mark() -> None:
    """`` and '' before ` and '."""
    assert MARK.findall("".join(FAMILIES)) == list(FAMILIES)


def test_what_may_be_an_apostrophe_may_stand_in_a_word() -> None:
    """All others part words."""
    assert set(OUTSIDE_WORDS) == set('“”„‟"＂«»‹›')
    assert [mark for mark in "'’\"«‹" if is_single(mark)] == ["'", "’", "‹"]


@pytest.mark.parametrize("path", sorted((ROOT / "quotex").rglob("*.py")), ids=lambda path: path.stem)
def test_marks_are_listed_nowhere_else(path) -> None:
    """Tables of one's own disagree sooner or later."""
    if path.match("text/marks.py") or path.match("evaluate/pairing.py"):  # the latter is as ../shared/score.py
        return
    tree = ast.parse(path.read_text("utf-8"))
    strings = {str(node.value) for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    docstrings = {node.value.value for node in ast.walk(tree) if is_docstring(node)}
    assert [text for text in strings - docstrings if len(POINTED & set(text)) > MAX_POINTED] == []


def is_docstring(node: ast.AST) -> bool:
    """Say whether a node is a string that stands for itself."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
