"""How the project is put together: what is installed, what is registered, what lies where."""

import re
import tomllib
from fnmatch import fnmatch
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import quotex
from quotex.extraction import STAGES
from tests.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
ENTRY_POINTS = PROJECT["project"]["entry-points"]["spacy_factories"]

# STYLE.md's tree; what git ignores and what begins with a dot may lie beside it.
TOP_LEVEL = {
    *("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md", "pyproject.toml"),
    *("docs", "examples", "models", "quotex", "tests"),
}


def find_packages(folder: Path, name: str) -> set[str]:
    """Find the folders with Python modules, as names of packages."""
    modules = (path.relative_to(folder).parent for path in folder.rglob("*.py"))
    return {".".join((name, *path.parts)) for path in modules}


def test_versions_that_do_not_work_are_not_allowed():
    """Typer 0.15.2 and before fail at --help; spaCy 3.8.0 is withdrawn."""
    from packaging.requirements import Requirement

    needed = {one.name: one.specifier for one in map(Requirement, PROJECT["project"]["dependencies"])}
    assert not any(version in needed["typer"] for version in ("0.15.0", "0.15.1", "0.15.2", "1.0"))
    assert "0.15.3" in needed["typer"]
    assert "3.8.0" not in needed["spacy"]
    assert "3.8.2" in needed["spacy"]


def test_packages_are_the_folders_with_code():
    """A new folder has to be listed in pyproject.toml, or the wheel lacks it; training stays out of it."""
    ours = find_packages(ROOT / "quotex", "quotex")
    data = {"quotex.rules.en"}
    trained = {f"quotex_models.{path.parent.name}" for path in (ROOT / "models").glob("*/meta.json")}
    listed = set(PROJECT["tool"]["setuptools"]["packages"])
    assert listed >= ours | data | trained | {"quotex_models"}
    assert not any(name.startswith("quotex_models.") and "training" in name for name in listed)
    assert all(resolve_package(name).is_dir() for name in listed)


def resolve_package(name: str) -> Path:
    """Find the folder of a package by `package-dir`."""
    top, *rest = name.split(".")
    return ROOT.joinpath(PROJECT["tool"]["setuptools"]["package-dir"][top], *rest)


def test_every_folder_of_the_package_has_its_docstring():
    """An `__init__.py` that says what is in the folder."""
    folders = {path.parent for path in (ROOT / "quotex").rglob("*.py")}
    assert {folder for folder in folders if not (folder / "__init__.py").is_file()} == set()


def test_all_that_is_public_is_listed():
    """What is imported only when it is used is there for those who look, too."""
    assert set(quotex.__all__) <= set(dir(quotex))
    assert all(hasattr(quotex, name) for name in quotex.__all__)
    with pytest.raises(AttributeError, match="no attribute 'exract'"):
        _ = quotex.exract


def test_version():
    """Said in two places, and a proper one."""
    assert quotex.__version__ == PROJECT["project"]["version"]
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", quotex.__version__)


def test_version_is_in_the_changelog():
    """As a section of its own, or as what Unreleased prepares."""
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^## \[?(Unreleased|{re.escape(quotex.__version__)})\b", changelog, re.MULTILINE)
    assert quotex.__version__ in changelog


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_entry_points_resolve(name):
    """Each is a factory that spaCy can call."""
    assert callable(EntryPoint(name, ENTRY_POINTS[name], "spacy_factories").load())


def test_every_stage_is_an_entry_point():
    """So that a pipeline which names one can be loaded without `import quotex`."""
    assert set(STAGES) == set(ENTRY_POINTS)


def test_script_is_the_command():
    """`quotex` runs what the tests run."""
    assert callable(EntryPoint("quotex", PROJECT["project"]["scripts"]["quotex"], "console_scripts").load())


def test_top_level():
    """The root holds what STYLE.md lists, and nothing else."""
    ignored = [line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    strays = {name for name in found - TOP_LEVEL if not any(fnmatch(name, pattern) for pattern in ignored)}
    assert (strays, TOP_LEVEL - found) == (set(), set())


def test_every_text_is_utf_8_with_plain_newlines():
    """What we write ourselves; tests make the other kinds as they need them."""
    suffixes = {".py", ".md", ".toml", ".json", ".jsonl", ".txt", ".yaml"}
    folders = [ROOT / name for name in ("quotex", "models", "tests", "examples")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in suffixes]
    files += [path for path in ROOT.iterdir() if path.suffix in suffixes]
    assert [path for path in files if b"\r" in path.read_bytes()] == []
    for path in files:
        path.read_bytes().decode("utf-8")
