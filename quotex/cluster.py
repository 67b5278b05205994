"""A cluster: shards of articles are mapped to quotes by Ray Data. The one module that knows of clusters."""

import json
import logging
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from time import sleep

import ray
from ray.data import ActorPoolStrategy, DataContext
from ray.exceptions import RayError
from ray.util.annotations import RayDeprecationWarning

from quotex.errors import Msg
from quotex.read import Failure
from quotex.shards import Shard, ShardExtractor, ShardJob, ShardReport, parse_report

MAX_BLOCKS = 10_000  # tasks; of more shards than that, several go together
MAX_TRIES = 3  # so often what is left is tried without any success
PAUSE = 10  # seconds; so long it may take until a cluster knows that a node is dead


def map_shards(
    shards: Sequence[Shard], job: ShardJob, *, address: str | None = None, n_workers: int | None = None
) -> Iterator[ShardReport]:
    """Map the extractor over shards with Ray Data; those whose process dies are tried again in the end.

    Args:
        shards: What is left to do.
        job: What they have in common.
        address: Of the cluster; None means the one that RAY_ADDRESS names, else one of this machine alone.
        n_workers: Processes; None means as many as there are cores in the cluster.
    """
    if not ray.is_initialized():
        ray.init(address=address, log_to_driver=False, logging_level=logging.CRITICAL)
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = DataContext.get_current()
    context.enable_progress_bars = False
    context.max_errored_blocks = -1  # the others are still done
    left = {shard.name: shard for shard in shards}
    n_tries = 0
    while left and n_tries < MAX_TRIES:
        n_tries += 1
        try:
            for report in map_once(list(left.values()), job, n_workers):
                if left.pop(report.name, None):
                    n_tries = 0
                    yield report
        except RayError:
            sleep(PAUSE)
    for name in left:
        message = Msg.Q225.format(path=name, n=MAX_TRIES)
        yield ShardReport(name, failures=(Failure(name, message),))


def map_once(shards: Sequence[Shard], job: ShardJob, n_workers: int | None) -> Iterator[ShardReport]:
    """Map the extractor over shards; of those whose process dies nothing is heard."""
    resources = ray.cluster_resources()  # type: ignore[no-untyped-call]
    most = n_workers or max(1, int(resources.get("CPU", 1)))
    items = [{"shard": json.dumps(asdict(shard))} for shard in shards]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RayDeprecationWarning)  # nothing else takes max_restarts
        reports = ray.data.from_items(items, override_num_blocks=min(len(items), MAX_BLOCKS)).map_batches(
            ShardExtractor,
            fn_constructor_args=(job,),
            batch_size=1,
            compute=ActorPoolStrategy(min_size=1, max_size=most, max_tasks_in_flight_per_actor=2),
            num_cpus=1,
            # Ray's own retries have no end, so that one article could kill process after process
            ray_remote_args_fn=lambda: {"max_restarts": 0, "max_task_retries": 0},
        )
    for row in reports.iter_rows():
        yield parse_report(json.loads(row["report"]))
