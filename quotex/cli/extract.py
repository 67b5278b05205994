"""`quotex extract`: who said what, in files, folders and pipes."""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quotex.cli.guard import FAILED, is_terminal, run_or_exit
from quotex.cli.options import (
    EncodingName,
    Engine,
    ErrorsFile,
    Force,
    Format,
    FormatName,
    IdKey,
    Keep,
    MinConfidence,
    ModelFolder,
    OutputName,
    Paths,
    Quiet,
    SaveText,
    TextKey,
    Thoughts,
    TypeNames,
    Workers,
    check_output,
    choose_format,
    list_options,
    split_keys,
)
from quotex.errors import Msg
from quotex.read import STDIN, Meter, ReadOptions, check_encoding, read_articles
from quotex.select import Selection, make_selection
from quotex.write import STDOUT, Output, Writer, make_file_writer, open_page

if TYPE_CHECKING:
    from quotex.batch.journal import State

WriterMaker = Callable[[str, Output], Writer]
# Parameters of no effect on the records.
BESIDE_THE_RESULT = ("paths", "output", "force", "workers", "errors", "verbose", "quiet", "engine", "address")
OF_ONE_MACHINE = ("form", "json", "jsonl", "csv", "tsv", "encoding", "save_text")


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
    save_text: SaveText = None,
    errors: ErrorsFile = None,
    workers: Workers = None,
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
) -> None:
    """Find the quotations in PATHS and who said them.

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

    def select() -> Selection:
        return make_selection(
            types=types or (), speakers=speakers or (), min_confidence=min_confidence, thoughts=thoughts
        )

    if engine is Engine.ray:
        from quotex.cli.cluster import run_on_cluster

        run_on_cluster(
            context,
            paths or [],
            output,
            select=select,
            options=ReadOptions(text_key=text_key, id_key=id_key, keep=columns),
            model=model,
            described=list_options(context, (*BESIDE_THE_RESULT, *OF_ONE_MACHINE)),
            of_one_machine=OF_ONE_MACHINE,
            address=address,
            workers=workers,
            force=force,
            errors=errors,
            verbose=verbose,
            quiet=quiet,
        )
    run_over(
        context,
        paths,
        output=output,
        form=form,
        flags={"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv},
        select=select,
        options=ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key, keep=columns),
        model=model,
        verbose=verbose,
        quiet=quiet,
        workers=workers,
        force=force,
        errors=errors,
        texts=save_text,
        open_writer=lambda name, to: open_writer(name, to, columns),
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
    workers: int | None,
    force: bool,
    errors: Path | None,
    open_writer: WriterMaker,
    texts: Path | None = None,
    verbose: bool = False,
) -> NoReturn:
    """Run a command over its paths, or what is piped in, and exit; with neither, show its help."""
    if not paths and (sys.stdin is None or is_terminal(sys.stdin)):
        typer.echo(context.get_help())
        raise typer.Exit()
    state = run_or_exit(
        lambda: extract_paths(
            paths or [STDIN],
            output=output,
            format_name=choose_format(form, flags, output),
            selection=select(),
            options=options,
            model=model,
            verbose=verbose,
            quiet=quiet,
            workers=workers,
            force=force,
            errors=errors,
            texts=texts,
            described=list_options(context, BESIDE_THE_RESULT),
            open_writer=open_writer,
        )
    )
    raise typer.Exit(FAILED if state.n_failed else 0)


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
    workers: int | None,
    force: bool,
    errors: Path | None,
    texts: Path | None,
    described: Mapping[str, object],
    open_writer: WriterMaker,
) -> "State":
    """Open the output, extract from all paths, and give the output its name.

    Raises:
        UsageError: Q201, Q204, Q205, Q209, Q211, Q212, Q216 to Q221.
        ModelError: The model cannot be used.
        KeyboardInterrupt: With a message, after what was done has been put in safety.
    """
    from quotex.batch.progress import Share
    from quotex.batch.run import Run, count_cores
    from quotex.batch.target import describe_run, open_target
    from quotex.cli.report import Reporter

    check_encoding(options.encoding)
    check_output(output, paths)
    target = open_target(
        output, lambda: {"inputs": paths, **describe_run(described, model)}, force=force, failures=errors
    )
    progress = is_terminal(sys.stderr) and not target.output.stream.isatty()  # or it would run into the records
    written = tuple(path for path in (target.output.path, errors, texts) if path)
    options = replace(options, skip=written, meter=Meter())
    try:
        writer = open_writer(format_name, target.output)
        share = Share(paths, options)
        with Reporter(verbose=verbose, quiet=quiet, progress=progress, share=share) as reporter:
            if target.state.n_items:
                reporter.tell(f"{output}: goes on after {describe(target.state)}")
            run = Run(target, writer, reporter, selection=selection, texts=texts)
            items = share.watch(read_articles(paths, options))
            state = run.extract(items, model=model, n_workers=workers or count_cores())
            for key in options.keep:
                if not state.kept.get(key) and state.n_articles:
                    reporter.tell(Msg.Q127.format(key=key))
            if target.output.path:
                reporter.tell(f"{output}: {describe(state)}")
            return state
    except KeyboardInterrupt:
        with suppress(OSError):
            target.save()
        raise KeyboardInterrupt(Msg.Q210.format(kept=target.put_away())) from None
    except BaseException:
        target.put_away()
        raise


def describe(state: "State") -> str:
    """Say how much was done."""
    from quotex.printable import count

    done = f"{count(state.n_quotes, 'quote')} in {count(state.n_articles, 'article')}"
    return f"{done}; {count(state.n_failed, 'input')} failed" if state.n_failed else done


def open_writer(format_name: str, output: Output, keep: tuple[str, ...]) -> Writer:
    """Make the writer of a format; the table is the only one that needs rich."""
    if format_name != "table":
        return make_file_writer(format_name, output, keep=keep)
    from quotex.cli.render import TableWriter

    return open_page(output, TableWriter)
