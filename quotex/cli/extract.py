"""`quotex extract`: who said what, in files, folders and pipes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from quotex.cli.options import (
    ArticleTimeout,
    EncodingName,
    Engine,
    ErrorsFile,
    Excel,
    Force,
    Format,
    FormatName,
    IdKey,
    Keep,
    MaxChars,
    MinConfidence,
    ModelFolder,
    OutputName,
    Paths,
    Quiet,
    Raw,
    SaveText,
    TextKey,
    Thoughts,
    TypeNames,
    Workers,
    check_unused,
    choose_format,
    list_options,
    split_keys,
)
from quotex.cli.run import RunOptions, extract_paths, run_command
from quotex.errors import Msg, UsageError
from quotex.read import MAX_CHARS, ReadOptions
from quotex.select import Order, Sought, make_selection
from quotex.write import STDOUT, Output, Writer, find_format, make_file_writer, open_page

if TYPE_CHECKING:
    from quotex.batch.journal import State

OF_ONE_MACHINE = (
    *("form", "json", "jsonl", "csv", "tsv", "raw", "excel", "no_texts"),
    *("encoding", "save_text", "timeout"),
)


def extract_cli(
    context: typer.Context,
    paths: Paths = None,
    output: OutputName = STDOUT,
    form: FormatName = Format.auto,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one quote a row.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one quote a row.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="TSV, one quote a row.")] = False,
    raw: Raw = False,
    no_texts: Annotated[
        bool, typer.Option("--no-texts", help="SQLite: without the texts of the articles.")
    ] = False,
    excel: Excel = False,
    types: TypeNames = None,
    speakers: Annotated[
        list[str] | None,
        typer.Option("--speaker", metavar="NAME", help="Only those of this speaker; words of a name will do."),
    ] = None,
    min_confidence: MinConfidence = 0.0,
    sort: Annotated[
        Order, typer.Option("--sort", help="confidence: the surest first, article by article.")
    ] = Order.text,
    thoughts: Thoughts = False,
    model: ModelFolder = None,
    text_key: TextKey = "text",
    id_key: IdKey = None,
    keep: Keep = None,
    encoding: EncodingName = "utf-8",
    max_chars: MaxChars = MAX_CHARS,
    save_text: SaveText = None,
    errors: ErrorsFile = None,
    workers: Workers = None,
    timeout: ArticleTimeout = None,
    force: Force = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="ray: a cluster, from Parquet files to a folder of Parquet files.")
    ] = Engine.local,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="Of the Ray cluster; if not given, RAY_ADDRESS."),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more, on stderr.")] = False,
    quiet: Quiet = False,
) -> NoReturn:
    """Find the quotations in PATHS and who said them.

    Each has what was said (its content), who said it (the speaker), and how: the words that report it (the cue, as
    "said") and those that stand for the speaker (the source, as "the mayor"). It is direct (all of it in quotation
    marks), mixed (a part), or indirect (retold).

    Without PATHS it reads what is piped in. Folders are read with all that is in them. A run that was broken off
    goes on when the same command is given again.

    \b
    Examples:
      quotex extract article.txt
      quotex extract news/ -o quotes.csv --type direct
      quotex extract rows.jsonl --text-key body | head -3

    Exit status: 0 all read, 1 some inputs failed (each is named, the rest is done), 2 it could not start.
    """  # noqa: D301
    columns = split_keys(keep or ())

    def run(given: list[str]) -> "State":
        sought = Sought(speakers or ())
        options = RunOptions(
            given,
            output,
            ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key, keep=columns, max_chars=max_chars),
            make_selection(
                types=types or (),
                speakers=speakers or (),
                min_confidence=min_confidence,
                thoughts=thoughts,
                order=sort,
            ),
            described=list_options(context),
            model=model,
            workers=workers,
            timeout_s=timeout,
            force=force,
            errors=errors,
            texts=save_text,
            verbose=verbose,
            quiet=quiet,
            sought=sought,
            list_remarks=lambda state: [*list_lacking(columns, state), *list_missing(sought)],
        )
        if engine is Engine.ray:
            from quotex.cli.cluster import extract_on_cluster

            check_unused(context, OF_ONE_MACHINE, "--engine ray")
            return extract_on_cluster(options, address)
        flags = {"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv}
        if excel:
            check_unused(context, ("raw",), "--excel")
            flags["csv"] = csv or not (json or jsonl or tsv or form is not Format.auto or find_format(output))
        form_name = choose_format(form, flags, output)
        if excel and form_name not in ("csv", "tsv"):
            raise UsageError(Msg.Q227.format(option="--excel", other=form_name))
        settings = {"keep": columns, "raw": raw, "excel": excel, "texts": not no_texts}
        return extract_paths(options, form_name, lambda name, to: open_writer(name, to, settings))

    run_command(context, paths, run)


def list_lacking(columns: Iterable[str], state: "State") -> list[str]:
    """Say which columns none of the articles has."""
    return [Msg.Q127.format(key=key) for key in columns if not state.kept.get(key) and state.n_articles]


def list_missing(sought: Sought) -> list[str]:
    """Say which speakers nobody is, and who comes nearest."""
    hints = [(given, ", ".join(near)) for given, near in sought.list_missing()]
    return [Msg.Q243.format(given=given, hint=f" Nearest: {near}." if near else "") for given, near in hints]


def open_writer(format_name: str, output: Output, settings: dict[str, Any]) -> Writer:
    """Make the writer of a format; the table is the only one that needs rich."""
    if format_name != "table":
        return make_file_writer(format_name, output, **settings)
    from quotex.cli.render import TableWriter

    return open_page(output, TableWriter)
