"""Convert: results to the formats of other tools, and back. One module a format, each with `read` and `write`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from os.path import isdir
from pathlib import Path
from shutil import rmtree
from typing import cast

from quotex.convert.parts import Losses
from quotex.convert.texts import Texts
from quotex.errors import InputError, Msg, QuotexError, UsageError
from quotex.read import STDIN, Failure, ReadOptions
from quotex.read.paths import find_file, is_same, unreadable
from quotex.records import check_article
from quotex.repeats import Repeats
from quotex.text.printable import count
from quotex.types import Article
from quotex.write import find_format

__all__ = ["FORMATS", "Done", "Form", "convert", "read_results", "write_results"]

Read = Callable[[Path, Losses], Iterator[Article]]
Write = Callable[[Path, Iterable[Article], Losses], None]


@dataclass(frozen=True, slots=True)
class Form:
    """A format.

    Attributes:
        name: As in `--from` and `--to`.
        suffixes: Of its files; the longest that fits decides.
        module: Where its functions are.
        ending: What the names of its functions end in, where a module has several formats.
        in_folder: It has files for each article, and is written into a folder.
        is_read_only: It is not written here.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    ending: str = ""
    in_folder: bool = False
    is_read_only: bool = False

    def read(self, path: Path, losses: Losses, texts: Texts) -> Iterator[Article]:
        """Read the articles of a file or folder.

        Raises:
            InputError: Q1xx, Q4xx, Q801, Q802, Q805, Q810, it is not as it should be.
            UsageError: Q106, Q108, it cannot be read; Q808, this format is not read from stdin.
        """
        if isinstance(found := find_file(str(path)), Failure):
            raise UsageError(found.message)
        if str(path) == STDIN and (self.module != "results" or self.is_read_only):
            raise UsageError(Msg.Q808.format(form=self.name))
        read = getattr(import_module(f"quotex.convert.{self.module}"), f"read{self.ending}")
        if self.module == "results":
            read = partial(read, find_texts=texts.find)
        try:
            is_empty = True
            for article in cast(Read, read)(path, losses):
                check_article(article)
                is_empty = False
                yield article
            if self.in_folder and is_empty:
                raise InputError(Msg.Q810.format(path=path, suffix=self.suffixes[0]))
        except OSError as err:
            raise UsageError(unreadable(str(err.filename or path), err).message) from err
        except (QuotexError, MemoryError):
            raise
        except Exception as err:  # whatever is made of files of others, and by the packages that read them
            raise InputError(Msg.Q802.format(path=path, form=self.name, reason=repr(err))) from err

    def write(self, path: Path, articles: Iterable[Article], losses: Losses) -> None:
        """Write articles to a file, or into a folder."""
        write = getattr(import_module(f"quotex.convert.{self.module}"), f"write{self.ending}")
        cast(Write, write)(path, articles, losses)


FORMATS = {
    form.name: form
    for form in (
        Form("jsonl", (".jsonl", ".ndjson"), "results", "_jsonl"),
        Form("json", (".json",), "results", "_json"),
        Form("tei", (".tei.xml", ".tei", ".xml"), "tei"),
        Form("brat", (".ann",), "brat", in_folder=True),
        Form("xmi", (".xmi",), "xmi", in_folder=True),
        Form("label-studio", (".label-studio.json",), "label_studio"),
        Form("prodigy", (".prodigy.jsonl",), "prodigy"),
        Form("spacy", (".spacy",), "docbin"),
        Form("conll", (".conllup", ".conllu", ".conll"), "conll"),
    )
}
# What `quotex extract` writes, too, and what is read alone.
STORED = {
    form.name: form
    for form in (
        Form("sqlite", (".db", ".sqlite", ".sqlite3"), "results", "_sqlite", is_read_only=True),
        Form("parquet", (".parquet",), "results", "_parquet", is_read_only=True),
    )
}


@dataclass(slots=True)
class Done:
    """What was converted.

    Attributes:
        n_articles: How many articles.
        n_quotes: How many quotes.
        losses: What the format could not hold, in words, and how often.
        repeats: Articles with the id of an earlier one.
    """

    n_articles: int = 0
    n_quotes: int = 0
    losses: Losses = field(default_factory=Losses)
    repeats: Repeats = field(default_factory=Repeats)

    def watch(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Count articles on their way."""
        for article in articles:
            self.n_articles += 1
            self.n_quotes += len(article.quotes)
            self.repeats.add(article.id)
            yield article

    def list_remarks(self) -> Iterator[str]:
        """Say what is good to know."""
        for what, number in (+self.losses).items():
            yield f"Lost: {number:,} × {what}."
        if n_again := self.repeats.n_again:
            yield Msg.Q809.format(articles=count(n_again, "article"), example=repr(self.repeats.example))


def convert(
    source: str,
    target: str,
    *,
    source_form: str | None = None,
    target_form: str | None = None,
    texts: Sequence[str] = (),
    reading: ReadOptions | None = None,
    force: bool = False,
) -> Done:
    """Convert results from one format to another.

    Args:
        source: A file, or a folder of them; "-" is stdin, JSON Lines or JSON.
        target: A file, or a folder for formats that have files for each article.
        source_form: A name of FORMATS; None goes by the suffix.
        target_form: Likewise.
        texts: Where the texts are, if not in the results: what was read, or a folder of `--save-text`.
        reading: How the texts are read; None as `quotex extract` does without options.
        force: Replace what is there.

    Raises:
        InputError: Q1xx, Q4xx, Q801, Q802, Q805, Q810, the source cannot be read.
        UsageError: Q106, Q108, Q204, Q205, Q211, Q221, Q803, Q804, Q808, Q811.
    """
    old = choose_form(source, source_form, "--from")
    new = choose_form(target, target_form, "--to")
    check_target(target, new, [source, *texts])
    done = Done()
    articles = done.watch(old.read(Path(source), done.losses, Texts(texts, reading)))
    write_results(articles, target, new, done.losses, force=force)
    return done


def read_results(
    source: str, *, form: str | None = None, texts: Sequence[str] = (), reading: ReadOptions | None = None
) -> Iterator[Article]:
    """Read results in any of the formats, as articles with their quotes; see `convert`."""
    return choose_form(source, form, "--from").read(Path(source), Losses(), Texts(texts, reading))


def write_results(
    articles: Iterable[Article], target: str, form: Form, losses: Losses, *, force: bool = False
) -> None:
    """Write articles; a file has its name only when it is complete.

    Raises:
        UsageError: Q204, it cannot be written; Q211, it is there already.
    """
    path = Path(target)
    try:
        if not force and path.exists() and (path.is_file() or any(path.iterdir())):
            raise UsageError(Msg.Q211.format(path=target))
        if form.in_folder:
            write_folder(articles, path, form, losses)
            return
        part = name_part(path)
        try:
            form.write(part, articles, losses)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as err:
        raise UsageError(Msg.Q204.format(path=target, reason=err.strerror or err)) from err


def name_part(path: Path) -> Path:
    """Name the file that grows while one is written."""
    return path.with_name(f"{path.name}.part")


def check_target(target: str, form: Form, paths: Iterable[str]) -> None:
    """Raise UsageError (Q205) where what is written would take the place of what is read, or what is around it."""
    path = Path(target)
    written = [path, name_part(path)] if path.name else [path]
    read = [name for name in paths if name != STDIN]
    is_around = form.in_folder and any(path.resolve() in Path(name).resolve().parents for name in read)
    if is_around or any(is_same(name, one) for name in read for one in written):
        raise UsageError(Msg.Q205.format(path=target, option="OUT"))


def write_folder(articles: Iterable[Article], path: Path, form: Form, losses: Losses) -> None:
    """Write articles into a folder; where that fails, one that was not there or empty is gone again."""
    is_ours = not path.exists() or not any(path.iterdir())
    try:
        form.write(path, articles, losses)
    except BaseException:
        if is_ours:
            rmtree(path, ignore_errors=True)
        raise


def choose_form(path: str, given: str | None, option: str) -> Form:
    """Choose a format by name, by the suffix of a file, or by the files in a folder.

    Raises:
        UsageError: Q804, none fits; Q811, it is not written here.
    """
    is_target = option == "--to"
    if is_target and (given in STORED or (given is None and find_format(path) not in (None, *FORMATS))):
        raise UsageError(Msg.Q811.format(path=path))
    known = FORMATS if is_target else FORMATS | STORED
    if given in known:
        return known[given]
    if given is None:
        is_folder = isdir(path)  # noqa: PTH112  (that of pathlib raises where a name is too long)
        forms = [form for form in known.values() if form.in_folder or not is_folder]
        names = (
            [one.name for one in Path(path).rglob("*")] if is_folder else ["-.jsonl" if path == STDIN else path]
        )
        for name in names:
            fits = {one: form for form in forms for one in form.suffixes if name.lower().endswith(one)}
            if fits:
                return fits[max(fits, key=len)]
    hint = "" if is_target else " Of `quotex extract`, JSON Lines, JSON, databases and Parquet are read."
    raise UsageError(Msg.Q804.format(path=path, option=option, names=", ".join(known), hint=hint))
