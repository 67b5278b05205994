"""`quotex extract --engine ray`: the same on a cluster."""

import sys
from collections.abc import Callable, Collection, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import typer

from quotex.cli.guard import FAILED, is_terminal, run_or_exit
from quotex.errors import Msg, UsageError
from quotex.read import ReadOptions
from quotex.select import Selection
from quotex.write import STDOUT


def run_on_cluster(
    context: typer.Context,
    paths: list[str],
    output: str,
    *,
    select: Callable[[], Selection],
    options: ReadOptions,
    model: Path | None,
    described: Mapping[str, object],
    of_one_machine: Collection[str],
    address: str | None,
    workers: int | None,
    force: bool,
    errors: Path | None,
    verbose: bool,
    quiet: bool,
) -> NoReturn:
    """Run the command on a cluster, and exit; options in `of_one_machine` are refused."""
    run_or_exit(lambda: check_options(context, of_one_machine))
    n_failed = run_or_exit(
        lambda: extract_shards(
            paths,
            output,
            selection=select(),
            options=options,
            model=model,
            described=described,
            address=address,
            workers=workers,
            force=force,
            errors=errors,
            verbose=verbose,
            quiet=quiet,
        )
    )
    raise typer.Exit(FAILED if n_failed else 0)


def check_options(context: typer.Context, of_one_machine: Collection[str]) -> None:
    """Raise UsageError (Q222) where an option was given that a cluster cannot heed."""
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in of_one_machine and source and source.name == "COMMANDLINE":
            raise UsageError(Msg.Q222.format(what=f"{parameter.opts[0]} is not for it", advice="Leave it out."))


def extract_shards(
    paths: list[str],
    output: str,
    *,
    selection: Selection,
    options: ReadOptions,
    model: Path | None,
    described: Mapping[str, object],
    address: str | None,
    workers: int | None,
    force: bool,
    errors: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Extract from all shards, and tell; returns how many inputs failed.

    Raises:
        UsageError: Q221, a package is missing; Q222 to Q224, see `quotex.cluster`.
        ModelError: There is no such model.
    """
    from quotex.batch.failures import FailuresFile
    from quotex.batch.journal import State
    from quotex.batch.target import describe_run
    from quotex.cli.extract import describe
    from quotex.cli.report import Reporter

    if missing := next((name for name in ("ray", "pyarrow") if find_spec(name) is None), None):
        raise UsageError(Msg.Q221.format(what="--engine ray", missing=missing, extra="ray"))
    if output == STDOUT or Path(output).is_file():
        raise UsageError(Msg.Q222.format(what=f"{output} is no folder", advice="Pass -o with the name of one."))
    if not paths:
        raise UsageError(Msg.Q222.format(what="there is no input", advice="Name files, folders or patterns."))
    from quotex.cluster import extract_on_cluster

    state = State()
    failures_file = FailuresFile(errors) if errors else None
    with Reporter(verbose=verbose, quiet=quiet, progress=is_terminal(sys.stderr)) as reporter:
        for report in extract_on_cluster(
            paths,
            output,
            options=options,
            selection=selection,
            model=model,
            run=describe_run(described, model),
            address=address,
            n_workers=workers,
            force=force,
        ):
            state = State(
                n_articles=state.n_articles + report.n_articles,
                n_quotes=state.n_quotes + report.n_quotes,
                n_failed=state.n_failed + len(report.failures),
            )
            for failure in report.failures:
                reporter.fail(failure, state)
                if failures_file:
                    failures_file.write(failure)
            reporter.show_progress(state)
        reporter.tell(f"{output}: {describe(state)}")
    if failures_file:
        failures_file.close()
    return state.n_failed
