"""`quotex convert`: results to the formats of other tools, and back."""

from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quotex.cli.guard import run_or_exit, tell
from quotex.cli.options import EncodingName, Force, IdKey, TextKey
from quotex.errors import Msg, UsageError
from quotex.read import ReadOptions, check_encoding
from quotex.read.file import TEXT_KEY
from quotex.write import STDOUT

if TYPE_CHECKING:
    from quotex.convert import Done


class ResultFormat(StrEnum):
    """The formats of `--from` and `--to`; the last two are for `--from` alone."""

    jsonl = "jsonl"
    json = "json"
    tei = "tei"
    brat = "brat"
    xmi = "xmi"
    label_studio = "label-studio"
    prodigy = "prodigy"
    spacy = "spacy"
    conll = "conll"
    sqlite = "sqlite"
    parquet = "parquet"


def convert_cli(
    source: Annotated[str, typer.Argument(metavar="IN", help="Results; a file or folder. - is stdin.")],
    target: Annotated[
        str, typer.Argument(metavar="OUT", help="Where to write; - is stdout, JSON Lines without --to.")
    ],
    source_form: Annotated[
        ResultFormat | None, typer.Option("--from", help="Format of IN; if not given, by its suffix.")
    ] = None,
    target_form: Annotated[
        ResultFormat | None, typer.Option("--to", help="Format of OUT; if not given, by its suffix.")
    ] = None,
    texts: Annotated[
        list[str] | None,
        typer.Option(
            "--texts",
            metavar="PATH",
            help="What `extract` has read, or its --save-text folder; needed where IN has no texts, and they are "
            "not files of the names in it.",
        ),
    ] = None,
    text_key: TextKey = TEXT_KEY,
    id_key: IdKey = None,
    encoding: EncodingName = "utf-8",
    force: Force = False,
) -> None:
    """Convert results to the formats of other tools, and back.

    IN is what `quotex extract` wrote as JSON Lines, JSON, Parquet or a database, or a file of the other formats:
    TEI P5, brat, UIMA CAS XMI (INCEpTION), Label Studio, Prodigy, spaCy's DocBin, CoNLL-U Plus. JSON Lines are
    written with an article a line and its text in it, as `quotex evaluate`, `quotex train` and `quotex extract
    --corrections` read it; the last makes tables, databases and reports of it. What a format could not hold is
    counted on stderr. Texts are read with the same --text-key, --id-key and --encoding as for `quotex extract`.

    \b
    Examples:
      quotex convert quotes.jsonl quotes.tei.xml
      quotex convert quotes.jsonl for-brat/ --to brat
      quotex convert quotes.jsonl quotes.conllup --texts rows.csv --text-key body
      quotex convert export.json gold.jsonl --from label-studio

    Exit status: 0 done, 2 it could not be done.
    """  # noqa: D301
    reading = ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key)
    done = run_or_exit(lambda: run(source, target, source_form, target_form, texts or [], reading, force=force))
    for line in (describe(target, done), *done.list_remarks()):
        tell(line)


def run(
    source: str,
    target: str,
    source_form: str | None,
    target_form: str | None,
    texts: list[str],
    reading: ReadOptions,
    *,
    force: bool,
) -> "Done":
    """Convert, to a file or to stdout.

    Raises:
        UsageError: Q201, there is no such encoding; Q803, the format needs a folder; and as `convert` does.
    """
    from quotex.convert import convert as convert_file

    check_encoding(reading.encoding)
    convert = partial(convert_file, source, source_form=source_form, texts=texts, reading=reading)
    if target != STDOUT:
        return convert(target, target_form=target_form, force=force)
    from shutil import copyfileobj
    from tempfile import TemporaryDirectory

    from quotex.text.printable import shield
    from quotex.write.output import open_stdout

    with TemporaryDirectory() as folder:
        path = Path(folder) / "out"
        done = convert(str(path), target_form=target_form or ResultFormat.jsonl)
        if path.is_dir():
            raise UsageError(Msg.Q803.format(path="stdout"))
        stdout = open_stdout()
        if stdout.isatty():
            shield(stdout).write(path.read_bytes().decode("utf-8", errors="replace"))
        else:
            with path.open("rb") as file:
                copyfileobj(file, stdout.buffer)
    return done


def describe(target: str, done: "Done") -> str:
    """Say how much was converted."""
    from quotex.text.printable import count

    return f"{target}: {count(done.n_quotes, 'quote')} in {count(done.n_articles, 'article')}"
