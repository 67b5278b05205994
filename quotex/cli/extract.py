"""`quotex extract`: who said what, in files, folders and pipes."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from quotex.cli import options as opt
from quotex.cli.run import RunOptions, extract_paths, run_command
from quotex.errors import Msg, UsageError
from quotex.read import MAX_CHARS, ReadOptions
from quotex.select import Order, Sought, make_selection
from quotex.write import STDOUT, Output, Writer, find_format, make_file_writer, open_page

if TYPE_CHECKING:
    from quotex.batch.journal import State
    from quotex.corrected import Corrected

OF_ONE_MACHINE = (
    *("form", "json", "jsonl", "csv", "tsv", "raw", "excel", "no_texts", "title"),
    *("encoding", "save_text", "timeout", "corrections"),
)


def extract_cli(
    context: typer.Context,
    paths: opt.Paths = None,
    output: opt.OutputName = STDOUT,
    form: opt.FormatName = opt.Format.auto,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one quote a row.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one quote a row.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="TSV, one quote a row.")] = False,
    raw: opt.Raw = False,
    no_texts: Annotated[
        bool, typer.Option("--no-texts", help="SQLite: without the texts of the articles.")
    ] = False,
    excel: opt.Excel = False,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="HTML: the title of the report.")] = "",
    types: opt.TypeNames = None,
    speakers: Annotated[
        list[str] | None,
        typer.Option("--speaker", metavar="NAME", help="Only those of this speaker; words of a name will do."),
    ] = None,
    min_confidence: opt.MinConfidence = 0.0,
    sort: Annotated[
        Order, typer.Option("--sort", help="confidence: the surest first, article by article.")
    ] = Order.text,
    thoughts: opt.Thoughts = False,
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections", metavar="FILE", help="What `quotex serve` saved there counts, for the texts in it."
        ),
    ] = None,
    model: opt.ModelFolder = None,
    text_key: opt.TextKey = "text",
    id_key: opt.IdKey = None,
    keep: opt.Keep = None,
    encoding: opt.EncodingName = "utf-8",
    max_chars: opt.MaxChars = MAX_CHARS,
    save_text: opt.SaveText = None,
    errors: opt.ErrorsFile = None,
    workers: opt.Workers = None,
    timeout: opt.ArticleTimeout = None,
    force: opt.Force = False,
    engine: Annotated[
        opt.Engine,
        typer.Option("--engine", help="ray: a cluster, from Parquet files to a folder of Parquet files."),
    ] = opt.Engine.local,
    address: Annotated[
        str | None,
        typer.Option("--address", metavar="HOST:PORT", help="Of the Ray cluster; if not given, RAY_ADDRESS."),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say more, on stderr.")] = False,
    quiet: opt.Quiet = False,
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
    columns = opt.split_keys(keep or ())

    def run(given: list[str]) -> "State":
        sought = Sought(speakers or ())
        corrected = open_corrections(corrections, sought, output, errors) if corrections else None
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
                correct=corrected,
            ),
            described=opt.list_options(context)
            | ({"--corrections": name_version(corrections)} if corrections else {}),
            model=model,
            workers=workers,
            timeout_s=timeout,
            force=force,
            errors=errors,
            texts=save_text,
            verbose=verbose,
            quiet=quiet,
            sought=sought,
            list_remarks=lambda state: [
                *list_lacking(columns, state),
                *list_missing(sought),
                *list_unmet(corrections, corrected, state),
            ],
        )
        if engine is opt.Engine.ray:
            from quotex.cli.cluster import extract_on_cluster

            opt.check_unused(context, OF_ONE_MACHINE, "--engine ray")
            return extract_on_cluster(options, address)
        flags = {"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv}
        if excel:
            opt.check_unused(context, ("raw",), "--excel")
            flags["csv"] = csv or not (json or jsonl or tsv or form is not opt.Format.auto or find_format(output))
        form_name = opt.choose_format(form, flags, output)
        if excel and form_name not in ("csv", "tsv"):
            raise UsageError(Msg.Q227.format(option="--excel", other=form_name))
        settings = {"keep": columns, "raw": raw, "excel": excel, "texts": not no_texts, "title": title}
        return extract_paths(options, form_name, lambda name, to: open_writer(name, to, settings))

    run_command(context, paths, run)


def open_corrections(path: Path, sought: Sought, output: str, errors: Path | None) -> "Corrected":
    """Read what people have corrected.

    Raises:
        InputError: The file is not as it should be.
        UsageError: Q106, there is none; Q205, it would be written to.
    """
    from quotex.corrected import Corrected  # and with it spaCy

    opt.check_output(output, [str(path)], errors)
    return Corrected(path, sought.look)


def name_version(path: Path) -> str:
    """Name a file as it is now: a run that was broken off does not go on with another."""
    return f"{path} ({sha256(path.read_bytes()).hexdigest()[:16]})"


def list_unmet(path: Path | None, corrected: "Corrected | None", state: "State") -> list[str]:
    """Say how many of the corrections are of other texts; a run that went on does not know."""
    if corrected is None or corrected.n_asked < state.n_articles:
        return []
    n_met, n_all = corrected.count()
    return [Msg.Q245.format(path=path, n=n_all - n_met, total=n_all)] if n_met < n_all else []


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
