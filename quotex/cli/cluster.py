"""`quotex extract --engine ray`: the same on a cluster."""

import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from quotex.cli.guard import is_terminal
from quotex.cli.run import RunOptions, describe
from quotex.errors import Msg, UsageError
from quotex.write import STDOUT

if TYPE_CHECKING:
    from quotex.batch.journal import State


def extract_on_cluster(options: RunOptions, address: str | None) -> "State":
    """Extract from all shards, and tell.

    Raises:
        UsageError: Q221, a package is missing; Q222 to Q224, see `quotex.shards`.
        ModelError: There is no such model.
    """
    from quotex.batch.failures import FailuresFile
    from quotex.batch.journal import State
    from quotex.batch.target import describe_run
    from quotex.cli.report import Reporter

    if missing := next((name for name in ("ray", "pyarrow") if find_spec(name) is None), None):
        raise UsageError(Msg.Q221.format(what="--engine ray", missing=missing, extra="ray"))
    output = options.output
    if output == STDOUT or Path(output).is_file():
        raise UsageError(Msg.Q222.format(what=f"{output} is no folder", advice="Pass -o with the name of one."))
    from quotex.cluster import map_shards
    from quotex.shards import ShardJob, extract_shards

    run = describe_run(options.described, options.model)
    state = State()
    failures_file = FailuresFile(options.errors) if options.errors else None
    with Reporter(verbose=options.verbose, quiet=options.quiet, progress=is_terminal(sys.stderr)) as reporter:
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
                if failures_file:
                    failures_file.write(failure)
            reporter.show_progress(state)
        reporter.tell(f"{output}: {describe(state)}")
    if failures_file:
        failures_file.close()
    return state
