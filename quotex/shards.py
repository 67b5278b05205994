"""Shards: Parquet files of articles, each of which one process makes into a Parquet file of quotes.

The file of quotes takes the name of the shard when it is complete. So a shard is done once or not at all, and a
run that is broken off goes on with those that are not done. What run it was, how many articles there were, and
which of them failed stands in the metadata of the file.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import uuid4

import pyarrow.parquet as pq
from pyarrow import ArrowException
from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType, LocalFileSystem

from quotex.arrow import extract_batches
from quotex.batch.journal import find_difference
from quotex.batch.lock import lock_folder
from quotex.batch.target import describe_model
from quotex.errors import InputError, ModelError, Msg, UsageError
from quotex.read import Failure, ReadOptions, fold_path
from quotex.select import Selection
from quotex.work import Extractor
from quotex.write.parquet import open_parquet

SUFFIX = ".parquet"
PART = re.compile(r"\.parquet\.[0-9a-f]{32}\.part$")  # how names of quotes end while they are written
METADATA = b"quotex"  # key in the metadata of a file of quotes
N_ROWS = 1_000  # articles of a batch; some 5,000 quotes, which become a row group
N_LOOKERS = 16  # threads that look which shards are done; that is waiting, not work


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of articles.

    Attributes:
        name: As messages call it.
        path: Where it is in its file system.
        target: Where its quotes go, in the file system of the output.
    """

    name: str
    path: str
    target: str


@dataclass(frozen=True, slots=True)
class ShardJob:
    """What all shards have in common; goes to every process.

    Attributes:
        source: File system of the articles.
        sink: File system of the quotes.
        options: How to read.
        selection: Which quotes are wanted.
        model: Folder of the model, at the same place on all machines; None is ours.
        run: What the run is, as in `quotex.batch.target.describe_run`, without the inputs.
    """

    source: FileSystem
    sink: FileSystem
    options: ReadOptions
    selection: Selection
    model: Path | None
    run: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ShardReport:
    """What came of a shard.

    Attributes:
        name: Of the shard.
        n_articles: Articles done.
        n_quotes: Quotes found in them.
        failures: What could not be done.
    """

    name: str
    n_articles: int = 0
    n_quotes: int = 0
    failures: tuple[Failure, ...] = ()


class ShardExtractor:
    """Does shards, one after the other; Ray makes one in each process, and it opens the model once."""

    def __init__(self, job: ShardJob) -> None:
        self.job = job
        self.extractor = Extractor(job.model)
        if describe_model(job.model) != job.run["model"]:
            raise ModelError(
                Msg.Q304.format(path=job.model or "model", given="another", expected=job.run["model"])
            )

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[str]]:
        """Do the shards of a block; returns their reports as JSON."""
        shards = [Shard(**json.loads(shard)) for shard in batch["shard"]]
        return {"report": [json.dumps(asdict(self.extract(shard))) for shard in shards]}

    def extract(self, shard: Shard) -> ShardReport:
        """Do one shard."""
        job = self.job
        if report := read_report(shard, job):  # a process that has died had come so far
            return report
        failures: list[Failure] = []
        part = f"{shard.target}.{uuid4().hex}.part"
        try:
            with job.source.open_input_file(shard.path) as source, pq.ParquetFile(source) as articles:
                job.sink.create_dir(str(PurePosixPath(part).parent))
                with job.sink.open_output_stream(part) as sink, open_parquet(sink, job.options.keep) as quotes:
                    n_quotes = 0
                    for found in extract_batches(
                        articles.iter_batches(N_ROWS, use_threads=False),
                        text_key=job.options.text_key,
                        id_key=job.options.id_key,
                        keep=job.options.keep,
                        max_chars=job.options.max_chars,
                        selection=job.selection,
                        extractor=self.extractor,
                        on_failure=failures.append,
                        name=shard.name,
                    ):
                        n_quotes += found.num_rows
                        if found.num_rows:
                            quotes.write_batch(found)
                    n_articles = articles.metadata.num_rows - len(failures)
                    report = ShardReport(shard.name, n_articles, n_quotes, tuple(failures))
                    about = {"run": job.run, "report": asdict(report)}
                    quotes.add_key_value_metadata({METADATA: json.dumps(about).encode()})
            job.sink.move(part, shard.target)
        except InputError as err:  # a column is missing
            return ShardReport(shard.name, failures=(Failure(shard.name, str(err)),))
        except (ArrowException, OSError) as err:
            message = Msg.Q119.format(path=shard.name, reason=name_reason(err))
            return ShardReport(shard.name, failures=(Failure(shard.name, message),))
        return report


def extract_shards(
    paths: Sequence[str],
    output: str,
    make_job: Callable[[FileSystem, FileSystem], ShardJob],
    map_shards: Callable[[Sequence[Shard], ShardJob], Iterator[ShardReport]],
    *,
    force: bool = False,
) -> Iterator[ShardReport]:
    """Extract from all shards; those that are done already come first.

    Args:
        paths: Parquet files, folders or patterns, all in one file system.
        output: A folder, which is made if need be.
        make_job: Says what the shards have in common, by the file systems of articles and quotes.
        map_shards: Lets a ShardExtractor do those that are left, somewhere.
        force: Do all shards anew.

    Raises:
        UsageError: Q204, there is no place for the quotes; Q205, Q222, Q223, the inputs are no files of Parquet,
            or would be replaced, or two have the same name; Q220, another run is writing there; Q224, a shard has
            been done with other options; Q230, or somebody has damaged it since.
    """
    source, sink, shards = find_shards(paths, output)
    job = make_job(source, sink)
    _, folder = parse_place(output)
    try:
        sink.create_dir(folder)
    except OSError as err:
        raise UsageError(Msg.Q204.format(path=output, reason=name_reason(err))) from err
    with ExitStack() as stack:
        if isinstance(sink, LocalFileSystem) and not stack.enter_context(lock_folder(Path(folder))):
            raise UsageError(Msg.Q220.format(path=output))
        left = []
        with ThreadPoolExecutor(N_LOOKERS) as lookers:
            look = partial(look_at, job=job, force=force)
            for shard, report in zip(shards, lookers.map(look, shards), strict=True):
                if report:
                    yield report
                else:
                    left.append(shard)
        if left:
            yield from map_shards(left, job)
            remove_parts(sink, folder)


def find_shards(paths: Sequence[str], output: str) -> tuple[FileSystem, FileSystem, list[Shard]]:
    """Find the files of articles, and where their quotes go.

    Files in the folder of the quotes are left out where that lies in one that is read.

    Raises:
        UsageError: Q205, one would be written over another; Q222, there are none, or in several file systems;
            Q223, two would be written to one place.
    """
    sink, folder = parse_place(output)
    source: FileSystem | None = None
    shards: dict[str, Shard] = {}
    for given in paths:
        system, path = parse_place(given)
        if source is not None and system != source:
            raise UsageError(
                Msg.Q222.format(what=f"{given} is in another file system", advice="Run it by itself.")
            )
        source = system
        try:
            base, found = match_files(system, path)
        except OSError as err:
            raise unreachable(given, err) from err
        if system == sink and PurePosixPath(base) in PurePosixPath(folder).parents:
            found = [file for file in found if PurePosixPath(folder) not in PurePosixPath(file).parents]
        if not found:
            raise UsageError(Msg.Q222.format(what=f"there is none at {given}", advice="Correct the path."))
        for file in found:
            target = str(PurePosixPath(folder) / PurePosixPath(file).relative_to(base))
            shard = Shard(file, file, target)
            if shards.setdefault(target, shard).path != file:
                raise UsageError(Msg.Q223.format(path=target, one=shards[target].path, other=file))
    if source == sink:
        files = {fold_path(Path(shard.path)) for shard in shards.values()}
        for target in shards:
            if fold_path(Path(target)) in files:
                raise UsageError(Msg.Q205.format(path=target, option="-o"))
    return source or LocalFileSystem(), sink, list(shards.values())


def parse_place(place: str) -> tuple[FileSystem, str]:
    """Split a path or URI into its file system and the path in it.

    Raises:
        UsageError: Q222, there is no such file system.
    """
    if "://" in place:
        try:
            system, path = FileSystem.from_uri(place)
        except (ArrowException, OSError) as err:
            raise unreachable(place, err) from err
        return system, path
    return LocalFileSystem(), str(Path(place).absolute())


def unreachable(place: str, err: Exception) -> UsageError:
    """Say that a place cannot be looked at (Q222)."""
    what = f"{place} cannot be reached ({name_reason(err)})"
    return UsageError(Msg.Q222.format(what=what, advice="Correct it."))


def match_files(system: FileSystem, path: str) -> tuple[str, list[str]]:
    """List the Parquet files that a path means, in order, and the folder that their names are relative to."""
    parts = PurePosixPath(path).parts
    wild = next((n for n, part in enumerate(parts) if any(sign in part for sign in "*?[")), None)
    if wild is not None:
        base = str(PurePosixPath(*parts[:wild]))
        return base, [file for file in list_files(system, base) if matches(file, path)]
    info: FileInfo = system.get_file_info(path)
    if info.type == FileType.Directory:
        return path, list_files(system, path)
    return str(PurePosixPath(path).parent), [path] if info.type == FileType.File else []


def list_files(system: FileSystem, folder: str) -> list[str]:
    """List the Parquet files under a folder."""
    found = system.get_file_info(FileSelector(folder, allow_not_found=True, recursive=True))
    return sorted(info.path for info in found if info.type == FileType.File and info.path.endswith(SUFFIX))


def matches(file: str, pattern: str) -> bool:
    """Say whether a path goes with a pattern; a * does not reach into folders, a ** does.

    >>> matches("/a/b.parquet", "/a/*.parquet"), matches("/a/b/c.parquet", "/a/*.parquet")
    (True, False)
    """
    return fnmatchcase(file, pattern) and ("**" in pattern or file.count("/") == pattern.count("/"))


def look_at(shard: Shard, *, job: ShardJob, force: bool) -> ShardReport | None:
    """Find out whether a shard is done; with `force`, whatever is there goes.

    Raises:
        UsageError: Q204, what is there cannot be replaced; Q224, it was done with other options; Q230, it is
            damaged.
    """
    if not force:
        return read_report(shard, job)
    try:
        job.sink.delete_file(shard.target)
    except FileNotFoundError:
        pass
    except OSError as err:
        raise UsageError(Msg.Q204.format(path=shard.target, reason=name_reason(err))) from err
    return None


def read_report(shard: Shard, job: ShardJob) -> ShardReport | None:
    """Read the report of a shard that is done; None if it is not.

    Raises:
        UsageError: Q204, it cannot be looked at; Q224, it is of a run with other options; Q230, it is damaged.
    """
    try:
        with job.sink.open_input_file(shard.target) as file, pq.ParquetFile(file) as quotes:
            about = json.loads((quotes.metadata.metadata or {}).get(METADATA, b"{}"))
        other = find_difference(about.get("run", {}), job.run)
        report = parse_report(about["report"]) if "report" in about else None
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ArrowException, OSError, AttributeError, KeyError, TypeError, ValueError) as err:
        if isinstance(err, OSError) and err.errno:  # what it holds has none
            raise UsageError(Msg.Q204.format(path=shard.target, reason=name_reason(err))) from err
        raise UsageError(Msg.Q230.format(part=shard.target)) from err
    if other:
        raise UsageError(Msg.Q224.format(path=shard.target, **other))
    return report


def parse_report(record: Mapping[str, Any]) -> ShardReport:
    """Make a report of its record."""
    failures = tuple(Failure(**failure) for failure in record["failures"])
    return ShardReport(record["name"], record["n_articles"], record["n_quotes"], failures)


def name_reason(err: Exception) -> str:
    """Say in one line what Arrow said."""
    said = err.strerror if isinstance(err, OSError) and err.strerror else str(err)
    return said.partition("\n")[0].rstrip(".")


def remove_parts(system: FileSystem, folder: str) -> None:
    """Remove what processes that have died left half done."""
    for info in system.get_file_info(FileSelector(folder, allow_not_found=True, recursive=True)):
        if info.type == FileType.File and PART.search(info.path):
            with suppress(OSError):
                system.delete_file(info.path)
