"""`quotex` itself: help, version, schema, and that none of them is slow."""

import json
import os
import shlex
import subprocess
import sys
from time import perf_counter

import pytest

import quotex as package
from quotex.write import load_schema

HELP = """\
Usage: quotex [OPTIONS] COMMAND [ARGS]...

  Read news articles and say who said what.

  Example:
    quotex extract article.txt
"""


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_help(quotex, arguments):
    """Without arguments, too."""
    result = quotex(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(HELP)
    assert "extract   Find the quotations in PATHS and who said them." in result.stdout
    assert "evaluate  Compare the quotes found with those that people marked." in result.stdout
    assert "schema    Print the JSON Schema of the records (draft 2020-12)." in result.stdout


def test_commands_are_told_in_whole_sentences(quotex, monkeypatch):
    """Where a terminal has 80 columns, none is cut off."""
    monkeypatch.setattr("shutil.get_terminal_size", lambda *fallback: os.terminal_size((80, 24)))
    commands = quotex("--help").stdout.partition("Commands:\n")[2].splitlines()
    assert len(commands) == 8
    assert all(line.endswith(".") and not line.endswith("...") for line in commands)


@pytest.mark.parametrize("command", ["evaluate", "extract", "schema"])
def test_help_of_commands_has_an_example(quotex, command):
    """The lines of an example stay as they are."""
    result = quotex(command, "-h")
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"\n    quotex {command} " in result.stdout


@pytest.mark.parametrize(
    ("command", "statuses"),
    [
        ("extract", "0 all read, 1 some inputs failed (each is named, the rest is done), 2 it could not start."),
        ("evaluate", "0 all compared, 1 some texts could not be read (each is named), 2 it could not start."),
    ],
)
def test_help_names_the_exit_statuses(quotex, command, statuses):
    """What scripts need to know."""
    assert f"Exit status: {statuses}" in " ".join(quotex(command, "--help").stdout.split())


def test_version(quotex):
    """--version prints one line."""
    result = quotex("--version")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"quotex {package.__version__}\n", "")


def test_schema(quotex):
    """`quotex schema` prints the published schema."""
    result = quotex("schema")
    assert (result.exit_code, result.stdout, result.stderr) == (0, load_schema(), "")
    assert json.loads(result.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["extract", "--help"], ["evaluate", "--help"], ["schema"]]
)
def test_nothing_slow_is_imported(arguments):
    """Neither spaCy nor ONNX Runtime nor NumPy, nor rich, nor an extra, before there is an article."""
    code = (
        "import sys; sys.argv = ['quotex', *sys.argv[1:]]\n"
        "from quotex.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: status = end.code\n"
        "slow = {'spacy', 'onnxruntime', 'numpy', 'tokenizers', 'rich.console'} & set(sys.modules)\n"
        "slow |= {'trafilatura', 'lxml', 'pyarrow', 'zstandard', 'charset_normalizer'} & set(sys.modules)\n"
        "sys.exit(f'{status} {slow}' if status or slow else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_takes_less_than_two_and_a_half_times_its_imports():
    """`quotex --help` against `import typer, rich`, the best of five each."""

    def measure(*arguments):
        start = perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
        return perf_counter() - start

    pairs = [(measure("-m", "quotex", "--help"), measure("-c", "import typer, rich")) for _ in range(5)]
    helps, imports = zip(*pairs, strict=True)
    assert min(helps) < 2.5 * min(imports)


@pytest.mark.parametrize("name", ["my article.txt", "news/", "-"])
def test_a_file_is_no_command(quotex, name):
    """Who forgets the command is given it, to be copied."""
    result = quotex(name, "--csv")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"[Q244] {name} is no command. To read it: quotex extract {shlex.quote(name)} --csv\n"


def test_a_mistyped_command_is_none(quotex):
    """As Typer says it."""
    result = quotex("extarct")
    assert result.exit_code == 2
    assert "No such command" in result.stderr
