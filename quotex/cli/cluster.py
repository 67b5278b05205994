"""`quotex extract --engine ray`: the same on a cluster."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack, closing
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from quotex.cli.guard import is_terminal
from quotex.cli.options import check_input
from quotex.cli.run import RunOptions, describe
from quotex.errors import Msg, UsageError
from quotex.read import Failure, fold_path
from quotex.write import STDOUT

if TYPE_CHECKING:
    from quotex.batch.failures import FailuresFile
    from quotex.batch.journal import State


def extract_on_cluster(options: RunOptions, address: str | None) -> "State":
    """Extract from all shards, and tell.

    Raises:
        UsageError: Q209, failures cannot be written; Q221, a package is missing; Q204, Q205, Q211, Q222 to Q224,
            Q228, Q230, see `quotex.shards` and `check_errors`.
        ModelError: There is no such model.
    """
    from quotex.batch.failures import FailuresFile
    from quotex.batch.journal import State
    from quotex.batch.target import describe_run
    from quotex.cli.report import Reporter

    if missing := next((name for name in ("ray", "pyarrow") if find_spec(name) is None), None):
        raise UsageError(Msg.Q221.format(what="--engine ray", missing=missing, extra="ray"))
    output = options.output
    if output == STDOUT or os.path.isfile(output):  # noqa: PTH113, as Path fails where it may not look
        raise UsageError(Msg.Q222.format(what=f"{output} is no folder", advice="Pass -o with the name of one."))
    if options.errors:
        check_errors(options.errors, options)
    from quotex.cluster import map_shards
    from quotex.shards import ShardJob, extract_shards

    run = describe_run(options.described, options.model)
    state = State()
    progress = is_terminal(sys.stderr)
    with ExitStack() as stack:
        reporter = stack.enter_context(Reporter(verbose=options.verbose, quiet=options.quiet, progress=progress))
        failures = stack.enter_context(closing(FailuresFile(options.errors))) if options.errors else None
        for report in extract_shards(
            options.paths,
            output,
            lambda source, sink: ShardJob(source, sink, options.reading, options.selection, options.model, run),
            partial(map_shards, address=address, n_workers=options.workers),
            force=options.force,
        ):
            state = State(
                n_articles=state.n_articles + report.n_articles,
                n_quotes=state.n_quotes + report.n_quotes,
                n_failed=state.n_failed + len(report.failures),
            )
            for failure in report.failures:
                reporter.fail(failure, state)
            if failures:
                write_failures(failures, report.failures)
            reporter.show_progress(state)
        reporter.tell(f"{output}: {describe(state)}")
    return state


def write_failures(file: "FailuresFile", failures: Sequence[Failure]) -> None:
    """Write failures down.

    Raises:
        UsageError: Q209, it cannot be done.
    """
    try:
        for failure in failures:
            file.write(failure)
        file.save()
    except OSError as err:
        raise UsageError(Msg.Q209.format(path=file.path, reason=err.strerror or err, kept="")) from err


def check_errors(path: Path, options: RunOptions) -> None:
    """See that the file of failures replaces nothing; one of failures is begun anew, as all are told again.

    Raises:
        UsageError: Q205, it is an input; Q211, it is there, and holds something else; Q228, it is in the folder of
            the quotes.
    """
    from quotex.batch.failures import holds_failures
    from quotex.batch.target import check_free

    check_input("--errors", str(path), options.paths)
    folder, place = fold_path(Path(options.output)), fold_path(path)
    if folder in (place, *place.parents):
        raise UsageError(Msg.Q228.format(path=path, one="-o", other="--errors"))
    check_free(path, force=options.force or holds_failures(path))
