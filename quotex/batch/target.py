"""What a run writes: the output, its journal and the file of failures; anew, or where a run broke off."""

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from quotex import __version__
from quotex.batch.failures import FailuresFile
from quotex.batch.journal import SUFFIX, Journal, State
from quotex.errors import Msg, UsageError
from quotex.write import Output, find_part, find_target
from quotex.write.spool import MADE


class Target:
    """What a run writes, and how far it is.

    Attributes:
        output: Where the records go.
        journal: Of a run to go on with, or a new one; None where the output cannot be gone on with.
        failures: Where failures go as records, if they shall.
        state: How far the run is.
    """

    def __init__(self, output: Output, journal: Journal | None, failures: FailuresFile | None) -> None:
        self.output = output
        self.journal = journal
        self.failures = failures
        self.state = journal.state if journal else State()

    @property
    def files(self) -> list[Path]:
        """The output, what grows beside it, and the file of failures."""
        files = (self.output.path, *list_beside(self.output.path), self.failures and self.failures.path)
        return [path for path in files if path]

    def save(self) -> None:
        """Put what was done in safety: what is on the disk first, then the journal, which says so."""
        if self.journal:
            n_bytes = self.output.save()
            n_error_bytes = self.failures.save() if self.failures else 0
            self.state = replace(self.state, n_bytes=n_bytes, n_error_bytes=n_error_bytes)
            self.journal.save(self.state)

    def complete(self) -> None:
        """Give the output its name: the run is done."""
        if self.failures:
            self.failures.close()
        self.output.complete()
        if self.journal:
            self.journal.remove()

    def put_away(self) -> str:
        """Close everything in the middle of a run; returns a sentence on what is kept, if there is anything."""
        self.output.abandon()
        if self.failures:
            self.failures.close()
        if not self.journal or not self.output.part:
            return ""
        if self.state.n_items:
            self.journal.close()
            return Msg.KEPT.format(part=self.output.part) if self.output.part.exists() else ""
        with suppress(OSError):  # the folder may be gone
            self.output.part.unlink(missing_ok=True)
            self.journal.remove()
        return ""


def open_target(
    name: str, describe: Callable[[], Mapping[str, object]], *, force: bool = False, failures: Path | None = None
) -> Target:
    """Open what a run writes.

    Args:
        name: Of the output; "-" is stdout, which like pipes and devices has no journal.
        describe: Tells what the run is: everything that its output depends on.
        force: Start over, and replace what is there.
        failures: The file of failures, if there shall be one.

    Raises:
        UsageError: Q204, it cannot be written; Q211, it is there already; Q212, the earlier run was another one;
            Q217, there is a part file without a journal; Q220, another run is writing.
    """
    path = find_target(name)
    part = find_part(path)
    if path and part:
        run = {**describe(), "--errors": failures and str(failures)}
        journal: Journal | None = open_journal(name, path, part, run, force=force, failures=failures)
    else:
        journal = None
        check_free(failures, force=force)
    state = journal.state if journal else State()
    try:
        output = Output(name, start=state.n_bytes)
    except UsageError:
        if journal and not state.n_items:
            journal.remove()
        elif journal:
            journal.close()
        raise
    try:
        return Target(output, journal, FailuresFile(failures, start=state.n_error_bytes) if failures else None)
    except UsageError:
        Target(output, journal, None).put_away()
        raise


def list_beside(path: Path | None) -> list[Path]:
    """List what grows beside an output while it is written."""
    part = find_part(path)
    return [part, *(part.with_name(part.name + suffix) for suffix in (SUFFIX, MADE))] if part else []


def open_journal(
    name: str, path: Path, part: Path, run: Mapping[str, object], *, force: bool, failures: Path | None
) -> Journal:
    """Open the journal of a run that was broken off, or a new one; nothing is touched before we have its lock.

    Raises:
        UsageError: Q204, there is no such folder; Q211, it is there already; Q217, there is a part file without a
            journal; Q220, another run is writing there.
    """
    place = part.with_name(part.name + SUFFIX)
    if not force:
        if journal := Journal.resume(place, run, part, failures):
            return journal
        check_free(path, force=force)
        if part.exists() and part.stat().st_size:
            raise UsageError(Msg.Q217.format(path=part))
    check_free(failures, force=force)
    if not path.parent.is_dir():
        raise UsageError(Msg.Q204.format(path=name, reason="No such file or directory"))
    journal = Journal.begin(place, run)
    with suppress(OSError):
        part.unlink(missing_ok=True)
    return journal


def check_free(path: Path | None, *, force: bool) -> None:
    """Raise UsageError (Q211) where a file is there that must not be replaced; pipes and devices may be."""
    if path and path.is_file() and not force:
        raise UsageError(Msg.Q211.format(path=path))


def describe_run(options: Mapping[str, object], model: Path | None) -> dict[str, object]:
    """Describe what the output of a run depends on besides its inputs, as JSON has it.

    Raises:
        ModelError: There is no such model.
    """
    return {"quotex": __version__, "model": describe_model(model), **options}


def describe_model(folder: Path | None) -> str:
    """Name a model by its contents: its meta.json has the digests of the other files."""
    from quotex.model.session import META_FILE, find_installed_model, read_file

    return hashlib.sha256(read_file((folder or find_installed_model()) / META_FILE)).hexdigest()[:16]
