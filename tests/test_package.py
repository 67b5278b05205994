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


def list_pinned(name: str) -> dict[str, str]:
    """List the versions that a file of requirements pins."""
    lines = (ROOT / ".ci" / name).read_text("utf-8").splitlines()
    return dict(re.findall(r"^([\w.-]+)==([\w.+-]+)", "\n".join(lines), re.MULTILINE))


@pytest.mark.parametrize("name", ["requirements-lowest.txt", "requirements-dev.lock"])
def test_pinned_versions_are_allowed(name):
    """What CI and developers install agrees with pyproject.toml; the lowest set has its lower bounds."""
    from packaging.requirements import Requirement

    pinned = list_pinned(name)
    versions = {re.sub("[_.]", "-", name).lower(): version for name, version in pinned.items()}
    extras = ("html", "docx", "pdf", "rtf", "odt", "feeds", "parquet", "zst", "encodings", "xlsx", "serve", "xmi")
    for text in (text for extra in extras for text in PROJECT["project"]["optional-dependencies"][extra]):
        one = Requirement(text)
        assert versions.get(one.name.replace("_", "-"), "no") in one.specifier, one
    for one in map(Requirement, PROJECT["project"]["dependencies"]):
        assert pinned[one.name] in one.specifier
        if name == "requirements-lowest.txt":
            least = next(bound.version for bound in one.specifier if bound.operator == ">=")
            assert (pinned[one.name] + ".0").startswith(least)


def test_what_users_install_stays_below_the_next_major_version():
    """Which may break it; only pyarrow, with four a year that have broken nothing, may be any newer one."""
    from packaging.requirements import Requirement

    optional = PROJECT["project"]["optional-dependencies"]
    for_us = ("test", "tools", "benchmark", "browser", "dev")
    texts = [text for extra in optional.keys() - set(for_us) for text in optional[extra]]
    needed = [Requirement(text) for text in (*PROJECT["project"]["dependencies"], *texts)]
    open_ended = {one.name for one in needed if not any(bound.operator == "<" for bound in one.specifier)}
    assert open_ended - {"quotex"} == {"pyarrow"}


def test_the_lock_file_names_hashes_and_no_place():
    """Where packages come from is for who installs them to say."""
    text = (ROOT / ".ci/requirements-dev.lock").read_text("utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index-url" not in text.replace("--no-emit-index-url", "")


def test_versions_that_do_not_work_are_not_allowed():
    """Typer before 0.28 has no name for its exceptions; spaCy 3.8.0 is withdrawn."""
    from packaging.requirements import Requirement

    needed = {one.name: one.specifier for one in map(Requirement, PROJECT["project"]["dependencies"])}
    assert not any(version in needed["typer"] for version in ("0.15.3", "0.27.0", "1.0"))
    assert "0.28.0" in needed["typer"]
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
    """So that a pipeline which names one can be loaded without `import quotex`; and the component of them all."""
    assert {*STAGES, "quotex"} == set(ENTRY_POINTS)


@pytest.mark.parametrize("group", ["languages", "tokenizers", "scorers"])
def test_what_a_saved_pipeline_names_is_an_entry_point(group):
    """Its language, tokenizer and scorer are found without `import quotex`, by the same name as with it."""
    from spacy import registry

    points = PROJECT["project"]["entry-points"][f"spacy_{group}"]
    assert points
    for name, place in points.items():
        assert EntryPoint(name, place, group).load() is getattr(registry, group).get(name)


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
