"""`quotex speakers`: who gets to speak, over an article or a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotex.cli.options import (
    ArticleTimeout,
    EncodingName,
    ErrorsFile,
    Force,
    Format,
    FormatName,
    IdKey,
    MaxChars,
    MinConfidence,
    ModelFolder,
    OutputName,
    Paths,
    Quiet,
    Raw,
    TextKey,
    Thoughts,
    TypeNames,
    Workers,
    choose_format,
    list_options,
)
from quotex.cli.run import RunOptions, extract_paths, run_command
from quotex.errors import Msg, UsageError
from quotex.read import MAX_CHARS, ReadOptions
from quotex.select import make_selection
from quotex.write import STDOUT, Output, Writer, open_page

if TYPE_CHECKING:
    from quotex.batch.journal import State

TOP = 20  # speakers in the table


def speakers_cli(
    context: typer.Context,
    paths: Paths = None,
    output: OutputName = STDOUT,
    form: FormatName = Format.auto,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one speaker a row.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one speaker a row.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="TSV, one speaker a row.")] = False,
    raw: Raw = False,
    top: Annotated[int, typer.Option("--top", min=0, help="Speakers in the table; 0 for all.")] = TOP,
    aliases: Annotated[
        Path | None,
        typer.Option("--aliases", metavar="FILE", help="Who is who: a line each, Ann Lee = Annie Lee; Lee"),
    ] = None,
    types: TypeNames = None,
    min_confidence: MinConfidence = 0.0,
    thoughts: Thoughts = False,
    model: ModelFolder = None,
    text_key: TextKey = "text",
    id_key: IdKey = None,
    encoding: EncodingName = "utf-8",
    max_chars: MaxChars = MAX_CHARS,
    errors: ErrorsFile = None,
    workers: Workers = None,
    timeout: ArticleTimeout = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Count who gets to speak in PATHS, and how much.

    A person with the same full name in two articles is counted as one, unless what is said of the two clashes;
    --aliases corrects that.

    \b
    Examples:
      quotex speakers news/
      quotex speakers rows.jsonl -o speakers.csv --aliases names.txt

    Exit status: 0 all read, 1 some inputs failed (each is named, the rest is done), 2 it could not start.
    """  # noqa: D301

    def run(given: list[str]) -> "State":
        options = RunOptions(
            given,
            output,
            ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key, max_chars=max_chars),
            make_selection(types=types or (), min_confidence=min_confidence, thoughts=thoughts),
            described=list_options(context),
            model=model,
            workers=workers,
            timeout_s=timeout,
            force=force,
            errors=errors,
            quiet=quiet,
        )
        form_name = choose_format(form, {"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv}, output)
        return extract_paths(options, form_name, lambda name, to: open_voices(name, to, aliases, top, raw=raw))

    run_command(context, paths, run)


def open_voices(format_name: str, output: Output, aliases: Path | None, top: int, *, raw: bool) -> Writer:
    """Make the writer of a format; the table is the only one that needs rich."""
    from quotex.tally import read_aliases

    if format_name in ("parquet", "sqlite", "md", "xlsx", "docx"):
        raise UsageError(Msg.Q226.format(form=format_name))
    names = read_aliases(aliases) if aliases else {}
    if format_name == "table":
        from quotex.cli.bars import BarsWriter

        return open_page(output, lambda stream: BarsWriter(stream, names, top))
    if format_name == "html":
        from quotex.write.html import VoicesHtmlWriter

        return open_page(output, lambda stream: VoicesHtmlWriter(stream, names))
    from quotex.write.voices import VoicesWriter

    return open_page(output, lambda stream: VoicesWriter(format_name, stream, names, raw=raw))
