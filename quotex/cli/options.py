"""Options: those that several commands have, and what format and output mean together."""

import os
import sys
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from itertools import combinations
from math import isnan
from pathlib import Path
from typing import Annotated, Any

import typer

from quotex.cli.guard import is_terminal
from quotex.errors import Msg, UsageError
from quotex.read import STDIN, File, ReadOptions, find_files, fold_path, is_ours, is_same
from quotex.types import MAX_LENGTH
from quotex.write import STDOUT, SUFFIXES, find_format, find_target


class Format(StrEnum):
    """The formats of `--format`."""

    auto = "auto"
    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    tsv = "tsv"
    parquet = "parquet"
    sqlite = "sqlite"
    html = "html"
    md = "md"
    xlsx = "xlsx"
    docx = "docx"


class Engine(StrEnum):
    """The engines of `--engine`."""

    local = "local"
    ray = "ray"


MAX_TIMEOUT = 1_000_000  # seconds, eleven days; systems wait no longer than 24 at once
# Parameters of no effect on what is found.
BESIDE_THE_RECORDS = "paths output force workers timeout errors verbose quiet engine address".split()

# Options that several commands have.
Paths = Annotated[list[str] | None, typer.Argument(metavar="PATHS", help="Files, folders, patterns; - is stdin.")]
OutputName = Annotated[
    str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is stdout. Format by suffix.")
]
FormatName = Annotated[
    Format, typer.Option("--format", "-f", help="auto: a table at a terminal, JSON Lines elsewhere.")
]
TypeNames = Annotated[
    list[str] | None,
    typer.Option(
        "--type", metavar="TYPE", help="Only direct (in quotation marks), mixed or indirect (retold) ones."
    ),
]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", metavar="0-1", help="Only those at least so likely right.")
]
Thoughts = Annotated[bool, typer.Option("--thoughts", help="Also what was believed, hoped or planned, not said.")]
ModelFolder = Annotated[
    Path | None, typer.Option("--model", metavar="DIR", help="A model of your own instead of ours.")
]
TextKey = Annotated[str, typer.Option("--text-key", metavar="KEY", help="Key or column of the text.")]
IdKey = Annotated[
    str | None,
    typer.Option("--id-key", metavar="KEY", help="Key or column of the id; if not given, id where there is one."),
]
Raw = Annotated[bool, typer.Option("--raw", help="CSV and TSV: also what a spreadsheet would run as a formula.")]
Excel = Annotated[
    bool, typer.Option("--excel", help="CSV and TSV as Excel opens them rightly: with a mark of UTF-8, and CRLF.")
]
MaxChars = Annotated[
    int,
    typer.Option(
        "--max-chars", metavar="N", min=1, max=MAX_LENGTH, help="Longer articles are named and left out."
    ),
]
EncodingName = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help="Encoding of the inputs; auto guesses.")
]
Keep = Annotated[
    list[str] | None,
    typer.Option("--keep", metavar="KEYS", help="Columns to carry along into the output: url,date."),
]
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", min=1, help="Processes; if not given, one a core.")
]


def check_number(value: float | None) -> float | None:
    """Refuse what is not a number; ranges of older versions of click let it pass.

    Raises:
        typer.BadParameter: It is none.
    """
    if value is not None and isnan(value):
        raise typer.BadParameter(f"{value} is not a number.")
    return value


def make_timeout(what: str) -> Any:
    """Make the option --timeout; `what` may take so long."""
    return typer.Option("--timeout", metavar="SECONDS", min=0.1, max=MAX_TIMEOUT, callback=check_number, help=what)


ArticleTimeout = Annotated[float | None, make_timeout("What one article may take; if not given, any time.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there, and start over.")]
ErrorsFile = Annotated[
    Path | None, typer.Option("--errors", metavar="FILE", help="JSON Lines of what failed, and why.")
]
SaveText = Annotated[
    Path | None,
    typer.Option(
        "--save-text", metavar="DIR", help="Keep the text of each article there, as offsets count in it."
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")]


def split_keys(given: Iterable[str]) -> tuple[str, ...]:
    """Split the values of `--keep` at their commas; each key once, in the order given."""
    keys = (key.strip() for value in given for key in value.split(","))
    return tuple(dict.fromkeys(key for key in keys if key))


def choose_format(wanted: Format, flags: Mapping[str, bool], output: str) -> str:
    """Choose the one format to write.

    Args:
        wanted: Value of `--format`.
        flags: Its short forms: {"json": True, "csv": False, ...}.
        output: A file, or "-" for stdout.

    Raises:
        UsageError: Q202, several are asked for; Q203, none goes with the name of the file.
    """
    asked = {name: f"--{name}" for name, is_set in flags.items() if is_set}
    if wanted is not Format.auto:
        asked.setdefault(wanted.value, f"--format {wanted.value}")
    if len(asked) > 1:
        raise UsageError(Msg.Q202.format(flags=" and ".join(asked.values())))
    if asked:
        return next(iter(asked))
    if output == STDOUT:
        return "table" if is_terminal(sys.stdout) else "jsonl"
    if found := find_format(output):
        return found
    raise UsageError(Msg.Q203.format(path=output, suffixes=" ".join(SUFFIXES)))


def list_options(context: typer.Context) -> dict[str, object]:
    """List the options of a command that the records depend on, by their names, with values as JSON has them."""
    return {
        parameter.opts[0]: list(value) if isinstance(value, tuple | list) else value and str(value)
        for parameter in context.command.params
        if parameter.name and parameter.name not in BESIDE_THE_RECORDS
        for value in [context.params.get(parameter.name)]
    }


def check_unused(context: typer.Context, names: Collection[str], other: str) -> None:
    """Raise UsageError (Q227) where a parameter was given that does not go with another option."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in names and source and source.name == "COMMANDLINE":
            raise UsageError(Msg.Q227.format(option=parameter.opts[0], other=other))


def is_input(path: Path, paths: list[str]) -> bool:
    """Say whether a file is an input: by name, or in a folder or a pattern of theirs and not by ourselves."""
    named = [name for name in paths if name != STDIN]
    if any(is_same(name, path) for name in named) or (STDIN in paths and is_stdin(path)):
        return True
    if path.suffix.lower() in SUFFIXES or not path.stat().st_size:  # one that we have written there is replaced
        return False
    found = (item for item in find_files(named, ReadOptions()) if isinstance(item, File))
    return any(is_same(item.name, path) and not is_ours(item) for item in found)


def is_stdin(path: Path) -> bool:
    """Say whether a file is what is piped in: `quotex extract < a.txt`."""
    try:
        return os.path.samestat(os.fstat(0), path.stat())
    except OSError:  # it is closed
        return False


def check_input(option: str, name: str, paths: list[str]) -> Path | None:
    """Find the file that an option names; raise UsageError (Q205) where it would replace an input."""
    path = find_target(name)
    if path and path.is_file() and is_input(path, paths):
        raise UsageError(Msg.Q205.format(path=name, option=option))
    return path


def check_output(output: str, paths: list[str], errors: Path | None) -> None:
    """Raise UsageError (Q205) where what is written would replace an input."""
    from quotex.batch.target import list_beside

    path = check_input("-o", output, paths)
    if any(is_same(name, one) for name in paths for one in list_beside(path)):
        raise UsageError(Msg.Q205.format(path=output, option="-o"))
    if errors:
        check_input("--errors", str(errors), paths)


def check_apart(output: str, others: Mapping[str, Path | None], texts: Path | None = None) -> None:
    """Raise UsageError (Q228) where two things that a command writes would be in one place.

    Args:
        output: Of `-o`.
        others: Other files, by their options.
        texts: The folder of `--save-text`, in which any file may come to be that is called as texts are.
    """
    from quotex.batch.target import list_beside
    from quotex.batch.texts import is_called_as_text

    path = find_target(output)
    written = [("-o", one) for one in ([path, *list_beside(path)] if path else [])]
    written += [(option, one) for option, one in others.items() if one]
    for (first, one), (second, two) in combinations(written, 2):
        if first != second and (is_same(str(one), two) or fold_path(one) == fold_path(two)):
            raise UsageError(Msg.Q228.format(path=two, one=first, other=second))
    if texts:
        folder = fold_path(find_target(str(texts)) or texts)
        for option, one in written:
            place = fold_path(one)
            is_among = folder in place.parents and is_called_as_text(place)
            if is_among or place in (folder, *folder.parents):
                raise UsageError(Msg.Q228.format(path=one, one=option, other="--save-text"))
