"""`quotex speakers`: who gets to speak, over an article or a folder."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from quotex.cli import options as opt
from quotex.cli.run import RunOptions, extract_paths, run_command
from quotex.errors import Msg, UsageError
from quotex.read import MAX_CHARS, ReadOptions
from quotex.select import make_selection
from quotex.text.printable import count
from quotex.write import STDOUT, Output, SpooledWriter, Writer, open_page

if TYPE_CHECKING:
    from quotex.batch.journal import State
    from quotex.grouping import Grouping
    from quotex.results import Results
    from quotex.tally import Tally
    from quotex.write.voices import WriteTally

TOP = 20  # speakers in the table


def speakers_cli(
    context: typer.Context,
    paths: opt.Paths = None,
    output: opt.OutputName = STDOUT,
    form: opt.FormatName = opt.Format.auto,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="JSON Lines, one speaker a row.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV, one speaker a row.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="TSV, one speaker a row.")] = False,
    raw: opt.Raw = False,
    top: Annotated[int, typer.Option("--top", min=0, help="Speakers in the table; 0 for all.")] = TOP,
    aliases: Annotated[
        Path | None,
        typer.Option("--aliases", metavar="FILE", help="Who is who: a line each, Ann Lee = Annie Lee; Lee"),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="KEY",
            help="Side by side: a column (outlet), folder, or the month of a date (date:month).",
        ),
    ] = None,
    suggestions: Annotated[
        Path | None,
        typer.Option(
            "--suggest-aliases", metavar="FILE", help="Names that may be one speaker's, to edit for --aliases."
        ),
    ] = None,
    types: opt.TypeNames = None,
    min_confidence: opt.MinConfidence = 0.0,
    thoughts: opt.Thoughts = False,
    model: opt.ModelFolder = None,
    text_key: opt.TextKey = "text",
    id_key: opt.IdKey = None,
    encoding: opt.EncodingName = "utf-8",
    max_chars: opt.MaxChars = MAX_CHARS,
    errors: opt.ErrorsFile = None,
    workers: opt.Workers = None,
    timeout: opt.ArticleTimeout = None,
    force: opt.Force = False,
    quiet: opt.Quiet = False,
) -> NoReturn:
    """Count who gets to speak in PATHS, and how much.

    PATHS are articles, or what `quotex extract` wrote of them (JSON Lines, JSON, a database, Parquet), which is
    counted without reading the articles again. A person with the same full name in two articles is counted as one,
    unless what is said of the two clashes; --aliases corrects that. Words that one speaker quotes of another count
    for both.

    \b
    Examples:
      quotex speakers news/
      quotex speakers quotes.db --by outlet -o speakers.csv
      quotex speakers quotes.jsonl --suggest-aliases names.txt

    Exit status: 0 all read, 1 some inputs failed (each is named, the rest is done), 2 it could not start.
    """  # noqa: D301

    def run(given: list[str]) -> "State":
        from quotex.grouping import parse_grouping
        from quotex.results import find_results

        grouping = parse_grouping(by) if by else None
        keep = grouping.columns if grouping else ()
        reading = ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key, keep=keep, max_chars=max_chars)
        if aliases:
            opt.check_output(output, [str(aliases)], errors)
        if suggestions:
            read = [*given, *([str(aliases)] if aliases else [])]
            opt.check_input("--suggest-aliases", str(suggestions), read)
            opt.check_apart(output, {"--errors": errors, "--suggest-aliases": suggestions})
            check_new(suggestions, force=force)
        found = find_results(given, reading)
        counting = Counting(aliases, grouping, found, top, raw=raw, suggestions=suggestions)
        options = RunOptions(
            given,
            output,
            reading,
            make_selection(types=types or (), min_confidence=min_confidence, thoughts=thoughts),
            described=opt.list_options(context),
            model=model,
            workers=workers,
            timeout_s=timeout,
            force=force,
            errors=errors,
            quiet=quiet,
            found=found,
            list_remarks=counting.list_remarks,
        )
        form_name = opt.choose_format(form, {"json": json, "jsonl": jsonl, "csv": csv, "tsv": tsv}, output)
        return extract_paths(options, form_name, counting.open_writer)

    run_command(context, paths, run)


def check_new(path: Path, *, force: bool) -> None:
    """Raise UsageError (Q211) where a file is there already, which somebody may have edited."""
    if path.exists() and not force:
        raise UsageError(Msg.Q211.format(path=path))


class Counting:
    """What is counted, and how it is written.

    Attributes:
        tally: What has been counted, when all is done.
    """

    def __init__(
        self,
        aliases: Path | None,
        grouping: "Grouping | None",
        found: "Results | None",
        top: int,
        *,
        raw: bool,
        suggestions: Path | None,
    ) -> None:
        """Make one.

        Args:
            aliases: File that says who is who.
            grouping: By what articles are told apart.
            found: What is counted, where it was extracted before.
            top: Speakers in the table, 0 for all.
            raw: See `write_records`.
            suggestions: File to write names to that may be one speaker's.
        """
        from quotex.aliases import read_aliases

        self._names = read_aliases(aliases) if aliases else {}
        self._grouping, self._found, self._suggestions = grouping, found, suggestions
        self._top, self._raw = top, raw
        self._by = grouping.name if grouping else None
        self._n_suggested = 0
        self.tally: Tally | None = None

    def open_writer(self, format_name: str, output: Output) -> Writer:
        """Make the writer of a format.

        Raises:
            UsageError: Q218, Q226.
        """
        if format_name == "sqlite":
            if output.part is None:
                raise UsageError(Msg.Q218.format(form=format_name))
            from quotex.write.voices_sqlite import write_database

            return SpooledWriter(output, lambda path: self._count(lambda tally: write_database(path, tally)))
        return open_page(output, lambda stream: self._count(self._choose_output(format_name, stream)))

    def _count(self, write: "WriteTally") -> Writer:
        from quotex.tally import Tally
        from quotex.write.voices import VoicesWriter

        self.tally = Tally(self._names, self._grouping.find if self._grouping else None)
        return VoicesWriter(self.tally, self._look_at_source, write, self._suggest)

    def _choose_output(self, name: str, stream: TextIO) -> "WriteTally":
        """Choose what writes a format; the table is the only one that needs rich."""
        if name == "table":
            from quotex.cli.bars import write_table

            return lambda tally: write_table(stream, tally, top=self._top, by=self._by)
        if name == "html":
            from quotex.write.html import write_voices

            return lambda tally: write_voices(stream, tally, by=self._by)
        if name not in ("json", "jsonl", "csv", "tsv"):
            raise UsageError(Msg.Q226.format(form=name))
        from quotex.write.voices import write_records

        return lambda tally: write_records(name, stream, tally, by=self._by, raw=self._raw)

    def _look_at_source(self, tally: "Tally") -> None:
        tally.lists_silent = self._found is None or self._found.lists_silent

    def _suggest(self, tally: "Tally") -> None:
        if self._suggestions:
            from quotex.aliases import write_suggestions

            with self._suggestions.open("w", encoding="utf-8", newline="\n") as stream:
                self._n_suggested = write_suggestions(tally.list_voices(), stream)

    def list_remarks(self, state: "State") -> list[str]:
        """Say what could not be counted, and what is in the file of suggestions."""
        tally, grouping = self.tally, self._grouping
        if tally is None or not tally.n_articles:
            return []
        remarks = [] if tally.lists_silent else [Msg.Q153]
        if self._found and tally.repeats.n_again:  # of articles it is told where they are read
            again = count(tally.repeats.n_again, "article")
            remarks.append(Msg.Q154.format(articles=again, example=repr(tally.repeats.example)))
        if self._suggestions:
            remarks.append(f"{self._suggestions}: {count(self._n_suggested, 'pair')} of names that may be one")
        if grouping and set(tally.groups) == {None}:
            what = f"a date in it that can be read ({grouping.period})" if grouping.period else "it"
            advice = "Look at how the columns of the input are called."
            if self._found:
                kept = ", ".join(map(repr, state.kept)) or "none"
                advice = f"Kept by `extract --keep` are: {kept}."
            remarks.append(Msg.Q242.format(key=grouping.key, what=what, advice=advice))
        return remarks
