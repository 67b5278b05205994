"""`quotex speakers`: who gets to speak, over an article or a folder."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from quotex.cli.extract import extract_paths
from quotex.cli.guard import FAILED, is_terminal, run_or_exit
from quotex.cli.options import Format, choose_format
from quotex.read import STDIN, ReadOptions
from quotex.select import make_selection
from quotex.write import STDOUT, Output, Writer

TOP = 20  # speakers in the table


def speakers_cli(
    context: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATHS", help="Text files, JSON Lines, folders; - is stdin."),
    ] = None,
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is stdout. Format by suffix."),
    ] = STDOUT,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="auto: a table at a terminal, JSON Lines elsewhere.")
    ] = Format.auto,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one speaker a row.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one speaker a row.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="TSV, one speaker a row.")] = False,
    top: Annotated[int, typer.Option("--top", min=0, help="Speakers in the table; 0 for all.")] = TOP,
    aliases: Annotated[
        Path | None,
        typer.Option("--aliases", metavar="FILE", help="Who is who: a line each, Ann Lee = Annie Lee; Lee"),
    ] = None,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Only direct, mixed or indirect ones; several: direct,mixed."),
    ] = None,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="0-1", help="Only those at least this certain.")
    ] = 0.0,
    thoughts: Annotated[
        bool, typer.Option("--thoughts", help="Also what was believed, hoped or planned, not said.")
    ] = False,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="DIR", help="A model of your own instead of ours.")
    ] = None,
    text_key: Annotated[
        str, typer.Option("--text-key", metavar="KEY", help="Key of the text in JSON Lines.")
    ] = "text",
    id_key: Annotated[
        str | None,
        typer.Option(
            "--id-key", metavar="KEY", help="Key of the id in JSON Lines; if not given, id where there is one."
        ),
    ] = None,
    encoding: Annotated[str, typer.Option("--encoding", metavar="NAME", help="Encoding of the inputs.")] = "utf-8",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what failed.")] = False,
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
    if not paths and (sys.stdin is None or is_terminal(sys.stdin)):
        typer.echo(context.get_help())
        raise typer.Exit()
    flags = {"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv}
    report = run_or_exit(
        lambda: extract_paths(
            paths or [STDIN],
            output=output,
            format_name=choose_format(form, flags, output),
            selection=make_selection(types=types or (), min_confidence=min_confidence, thoughts=thoughts),
            options=ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key, skip=Path(output)),
            model=model,
            verbose=False,
            quiet=quiet,
            open_writer=lambda format_name, to: open_voices(format_name, to, aliases, top),
        )
    )
    raise typer.Exit(FAILED if report.n_failed else 0)


def open_voices(format_name: str, output: Output, aliases: Path | None, top: int) -> Writer:
    """Make the writer of a format; the table is the only one that needs rich."""
    from quotex.tally import read_aliases

    names = read_aliases(aliases) if aliases else {}
    if format_name == "table":
        from quotex.cli.bars import BarsWriter

        return BarsWriter(output.stream, names, top)
    from quotex.write.voices import VoicesWriter

    return VoicesWriter(format_name, output.stream, names)
