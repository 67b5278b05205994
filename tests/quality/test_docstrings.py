"""What a caller must expect stands in the docstring."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import quotex

FOLDER = Path(quotex.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))
TOLD = re.compile(r"^Raises:$|\b[Rr]aises? [A-Z]\w*Error\b", re.MULTILINE)


def list_functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """List public functions and methods, those inside of others left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if child.name.startswith("_"):
                continue
            if not isinstance(child, ast.ClassDef):
                yield child
                continue
        yield from list_functions(child)


def list_raised(node: ast.AST) -> Iterator[str]:
    """List the errors that a function makes and raises; one that only goes on, `raise err`, is another's."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) and isinstance(child.exc, ast.Call):
            yield ast.unparse(child.exc.func)
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from list_raised(child)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_errors_are_told_of(path):
    """A public function that raises an error says which; a command's end is none."""
    functions = list_functions(ast.parse(path.read_text("utf-8")))
    silent = [
        f"{path.name}:{function.lineno} {function.name}: {', '.join(raised)}"
        for function in functions
        if (raised := [name for name in list_raised(function) if name != "typer.Exit"])
        and not TOLD.search(ast.get_docstring(function) or "")
    ]
    assert silent == []


def test_the_errors_are_found():
    """Those in branches too, but none of a function inside."""
    code = "def f():\n    if x:\n        raise E(1)\n    def g():\n        raise F()\n    raise x\n"
    (function,) = list_functions(ast.parse(code))
    assert list(list_raised(function)) == ["E"]
