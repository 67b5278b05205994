"""The modules of the page's script: those that need no browser run in node; all are served and shipped."""

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

from quotex.serve.app import ASSETS, MODULES
from tests.paths import ROOT

TESTS = Path(__file__).parent / "modules"
NODE = shutil.which("node")
LEAST = (20, 19)  # which takes a file for a module without being told


def find_missing() -> str:
    """Say what is missing to run the tests; empty if nothing is."""
    if not NODE:
        return "needs node"
    found = subprocess.run([NODE, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(map(int, re.findall(r"\d+", found)[:2]))
    return "" if version >= LEAST else f"needs node {'.'.join(map(str, LEAST))}, not {found.strip()}"


@pytest.mark.parametrize("test", sorted(TESTS.glob("*.mjs")), ids=lambda path: path.name)
def test_module(test):
    if missing := find_missing():
        pytest.skip(missing)
    done = subprocess.run([NODE, "--test", test], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert not re.search(r"^# tests 0$", done.stdout, re.MULTILINE)


def test_all_modules_are_served_and_shipped():
    """And each imports only what is served, too."""
    folder = files("quotex.serve.static")
    there = {path.name for path in folder.iterdir() if path.name.endswith(".js")}
    assert there == set(MODULES) <= set(ASSETS)
    imported = {
        name
        for module in MODULES
        for name in re.findall(r'from "\./([^"]+)"', folder.joinpath(module).read_text("utf-8"))
    }
    assert imported == there - {"review.js"}
    needed = (ROOT / ".ci" / "run").read_text("utf-8")
    assert all(f'"{name.removesuffix(".js")}"' in needed for name in MODULES)
