"""`quotex extract`: who said what, in files, folders and pipes."""

import contextlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quotex.cli.guard import FAILED, is_terminal, run_or_exit
from quotex.cli.options import (
    EncodingName,
    Format,
    FormatName,
    IdKey,
    Keep,
    MinConfidence,
    ModelFolder,
    OutputName,
    Paths,
    Quiet,
    TextKey,
    Thoughts,
    TypeNames,
    check_output,
    choose_format,
    split_keys,
)
from quotex.errors import Msg
from quotex.read import STDIN, ReadOptions, check_encoding, read_articles
from quotex.select import Selection, make_selection
from quotex.write import STDOUT, Output, Writer, make_writer

if TYPE_CHECKING:
    from quotex.cli.run import Report


def extract_cli(
    context: typer.Context,
    paths: Paths = None,
    output: OutputName = STDOUT,
    form: FormatName = Format.auto,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one quote a row.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one quote a row.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="TSV, one quote a row.")] = False,
    types: TypeNames = None,
    speakers: Annotated[
        list[str] | None,
        typer.Option("--speaker", metavar="NAME", help="Only those of this speaker; words of a name will do."),
    ] = None,
    min_confidence: MinConfidence = 0.0,
    thoughts: Thoughts = False,
    model: ModelFolder = None,
    text_key: TextKey = "text",
    id_key: IdKey = None,
    keep: Keep = None,
    encoding: EncodingName = "utf-8",
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more, on stderr.")] = False,
    quiet: Quiet = False,
) -> None:
    """Find the quotations in PATHS and who said them.

    Without PATHS it reads what is piped in. Folders are read with all that is in them.

    \b
    Examples:
      quotex extract article.txt
      quotex extract news/ -o quotes.csv --type direct
      quotex extract rows.jsonl --text-key body | head -3

    Exit status: 0 all read, 1 some inputs failed (each is named, the rest is done), 2 it could not start.
    """  # noqa: D301
    run_over(
        context,
        paths,
        output=output,
        form=form,
        flags={"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv},
        select=lambda: make_selection(
            types=types or (), speakers=speakers or (), min_confidence=min_confidence, thoughts=thoughts
        ),
        options=ReadOptions(
            encoding=encoding, text_key=text_key, id_key=id_key, skip=Path(output), keep=split_keys(keep or ())
        ),
        model=model,
        verbose=verbose,
        quiet=quiet,
        open_writer=open_writer,
    )


def run_over(
    context: typer.Context,
    paths: list[str] | None,
    *,
    output: str,
    form: Format,
    flags: Mapping[str, bool],
    select: Callable[[], Selection],
    options: ReadOptions,
    model: Path | None,
    quiet: bool,
    open_writer: Callable[[str, Output], Writer],
    verbose: bool = False,
) -> NoReturn:
    """Run a command over its paths, or what is piped in, and exit; with neither, show its help."""
    if not paths and (sys.stdin is None or is_terminal(sys.stdin)):
        typer.echo(context.get_help())
        raise typer.Exit()
    report = run_or_exit(
        lambda: extract_paths(
            paths or [STDIN],
            output=output,
            format_name=choose_format(form, flags, output),
            selection=select(),
            options=options,
            model=model,
            verbose=verbose,
            quiet=quiet,
            open_writer=open_writer,
        )
    )
    raise typer.Exit(FAILED if report.n_failed else 0)


def extract_paths(
    paths: list[str],
    *,
    output: str,
    format_name: str,
    selection: Selection,
    options: ReadOptions,
    model: Path | None,
    verbose: bool,
    quiet: bool,
    open_writer: Callable[[str, Output], Writer],
) -> "Report":
    """Open the output, extract from all paths, and give the output its name.

    Raises:
        UsageError: Q201, Q204, Q205, Q209.
        ModelError: The model cannot be used.
        KeyboardInterrupt: With a message, after what was done has been put in safety.
    """
    from quotex.cli.report import Reporter
    from quotex.cli.run import extract_all

    check_encoding(options.encoding)
    check_output(output, paths)
    to = Output(output)
    writer = open_writer(format_name, to)
    progress = is_terminal(sys.stderr) and not to.stream.isatty()  # or it would run into the records
    try:
        with Reporter(verbose=verbose, quiet=quiet, progress=progress) as reporter:
            items = read_articles(paths, options)
            report = extract_all(
                items, model=model, selection=selection, output=to, writer=writer, reporter=reporter
            )
            if to.path and not quiet:
                reporter.say(f"{output}: {report}")
            return report
    except KeyboardInterrupt:
        with contextlib.suppress(OSError):
            writer.close()
        raise KeyboardInterrupt(Msg.Q210.format(kept=to.abandon())) from None
    except BaseException:
        to.abandon()
        raise


def open_writer(format_name: str, output: Output) -> Writer:
    """Make the writer of a format; the table is the only one that needs rich."""
    if format_name != "table":
        return make_writer(format_name, output.stream)
    from quotex.cli.render import TableWriter

    return TableWriter(output.stream)
