"""What the commands that read articles do alike: run over their inputs, and exit."""

import os
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from quotex.cli.guard import FAILED, heed_sigterm, is_terminal, run_or_exit
from quotex.cli.options import check_apart, check_output
from quotex.errors import Msg
from quotex.read import STDIN, Meter, ReadOptions, check_encoding, read_articles
from quotex.select import Selection, Sought
from quotex.write import Output, Writer

if TYPE_CHECKING:
    from quotex.batch.ahead import Item
    from quotex.batch.journal import State


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What the options of a command say of a run.

    Attributes:
        paths: What to read.
        output: Where to write; "-" is stdout.
        reading: How to read.
        selection: Which quotes are wanted.
        described: The options that the records depend on, by name, as JSON has them.
        model: Folder of the model, None for ours.
        workers: How many processes, None for one a core.
        timeout_s: Seconds that one article may take, None for any time.
        force: Replace what is there, and start over.
        errors: Where failures go as records.
        texts: Folder to keep the texts of articles in.
        verbose: Say more, on stderr.
        quiet: Say nothing but what failed.
        sought: Is shown all speakers, wanted or not.
        found: Articles whose quotes are found already, instead of those under the paths.
        list_remarks: Lists what is to be said when all is done.
    """

    paths: list[str]
    output: str
    reading: ReadOptions
    selection: Selection
    described: Mapping[str, object] = field(default_factory=dict)
    model: Path | None = None
    workers: int | None = None
    timeout_s: float | None = None
    force: bool = False
    errors: Path | None = None
    texts: Path | None = None
    verbose: bool = False
    quiet: bool = False
    sought: Sought | None = None
    found: "Iterable[Item] | None" = None
    list_remarks: Callable[["State"], Iterable[str]] = lambda state: ()


def run_command(context: typer.Context, paths: list[str] | None, run: Callable[[list[str]], "State"]) -> NoReturn:
    """Run a command over its paths, or what is piped in, and exit; with neither, show its help."""
    if not paths and (sys.stdin is None or is_terminal(sys.stdin)):
        typer.echo(context.get_help())
        raise typer.Exit()
    heed_sigterm()
    state = run_or_exit(lambda: run(paths or [STDIN]))
    raise typer.Exit(FAILED if state.n_failed else 0)


def extract_paths(options: RunOptions, format_name: str, open_writer: Callable[[str, Output], Writer]) -> "State":
    """Open the output, extract from all paths, and give the output its name.

    Raises:
        UsageError: Q201, Q204, Q205, Q209, Q211, Q212, Q216 to Q221, Q228, Q230.
        ModelError: The model cannot be used.
        KeyboardInterrupt: With a message, after what was done has been put in safety.
    """
    from quotex.batch.progress import Share
    from quotex.batch.run import Run, count_cores
    from quotex.batch.target import describe_run, open_target
    from quotex.cli.report import Reporter

    paths, output = options.paths, options.output
    check_encoding(options.reading.encoding)
    check_output(output, paths, options.errors)
    check_apart(output, {"--errors": options.errors}, options.texts)
    target = open_target(
        output,
        lambda: {"inputs": paths, **describe_run(options.described, options.model)},
        force=options.force,
        failures=options.errors,
    )
    progress = is_terminal(sys.stderr) and is_file(target.output.stream)  # or it would run into the records
    if format_name != "table" and target.output.stream.isatty():  # a table is made for one
        target.output.shield()
    written = tuple(path for path in (*target.files, options.texts) if path)
    reading = replace(options.reading, skip=written, meter=Meter())
    try:
        writer = open_writer(format_name, target.output)
        share = Share(paths, reading)
        with Reporter(verbose=options.verbose, quiet=options.quiet, progress=progress, share=share) as reporter:
            if target.state.n_items:
                reporter.tell(f"{output}: goes on after {describe(target.state)}")
            run = Run(
                target,
                writer,
                reporter,
                selection=options.selection,
                texts=options.texts,
                sought=None if target.state.n_items else options.sought,  # who was there before is not known
            )
            if options.found is not None:
                state = run.collect(share.watch(options.found))
            else:
                items = share.watch(read_articles(paths, replace(reading, warn=reporter.tell)))
                n_workers = options.workers or count_cores()
                state = run.extract(items, model=options.model, n_workers=n_workers, timeout_s=options.timeout_s)
            for remark in options.list_remarks(state):
                reporter.tell(remark)
            if target.output.path:
                reporter.tell(f"{output}: {describe(state)}")
            return state
    except KeyboardInterrupt as err:
        with suppress(OSError):
            target.save()
        raise type(err)(Msg.Q210.format(kept=target.put_away())) from None
    except BaseException:
        target.put_away()
        raise


def is_file(stream: TextIO) -> bool:
    """Tell whether what is written goes to a file; elsewhere somebody may be looking at it."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def describe(state: "State") -> str:
    """Say how much was done."""
    from quotex.text.printable import count

    done = f"{count(state.n_quotes, 'quote')} in {count(state.n_articles, 'article')}"
    return f"{done}; {count(state.n_failed, 'input')} failed" if state.n_failed else done
