"""`quotex verify`: do the quotations of an article stand in what was made of it?"""

import json as json_
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quotex.cli.guard import run_or_exit
from quotex.cli.options import EncodingName, ModelFolder
from quotex.errors import InputError, Msg, UsageError
from quotex.read import Failure, ReadOptions, read_articles
from quotex.text.printable import shield
from quotex.types import Article
from quotex.write.output import open_stdout

if TYPE_CHECKING:
    from quotex.verification import Finding, Quotation

CHANGED = 1  # some quotation is not as it was


def verify_cli(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="The article. - is stdin.")],
    edited: Annotated[str, typer.Argument(metavar="EDITED", help="What was made of it. - is stdin.")],
    allow: Annotated[
        list[str] | None,
        typer.Option(
            "--allow",
            metavar="CHANGES",
            help="Changes that are all right, such as shortened,missing for a summary: listed, but no failure.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    model: ModelFolder = None,
    encoding: EncodingName = "utf-8",
) -> NoReturn:
    """Check that every quotation of ARTICLE stands word for word, and with the same speaker, in EDITED.

    A quotation is what stands in quotation marks and is speech. The style of marks, white space and the form of
    apostrophes do not count, nor does a comma or full stop before the closing mark; everything else does. Told are
    those that were shortened (what is left is verbatim), changed (with the words), have another speaker, are
    missing, or are new.

    \b
    Examples:
      quotex verify article.txt edited.txt
      quotex verify article.txt summary.txt --allow shortened,missing

    Exit status: 0 all quotations hold, 1 some do not, 2 it could not be told (such as a file that cannot be read).
    """  # noqa: D301
    allowed = run_or_exit(lambda: split_changes(allow or ()))
    findings = run_or_exit(lambda: run((article, edited), model, encoding))
    stdout = run_or_exit(open_stdout)
    if json:
        record = {"holds": holds(findings, allowed), "quotations": list(map(make_record, findings))}
        shield(stdout).write(json_.dumps(record, ensure_ascii=False) + "\n")
    else:
        from quotex.cli.changes import show_findings

        run_or_exit(lambda: show_findings(findings, stdout))
    raise typer.Exit(0 if holds(findings, allowed) else CHANGED)


def run(paths: tuple[str, str], model: Path | None, encoding: str) -> Sequence["Finding"]:
    """Read both texts, and compare their quotations."""
    from quotex.extraction import load
    from quotex.verification import verify

    first, second = (read_one(path, encoding) for path in paths)
    nlp = load(model)
    return verify(first, second, nlp=nlp)


def read_one(path: str, encoding: str) -> str:
    """Read the text of one article.

    Raises:
        InputError: It cannot be read; Q806, there is not one article in it.
    """
    items = read_articles([path], ReadOptions(encoding=encoding))
    first = next(items, None)
    if isinstance(first, Failure):
        raise InputError(first.message)
    if not isinstance(first, Article) or next(items, None) is not None:
        raise InputError(Msg.Q806.format(path=path))
    return first.text


def split_changes(given: Sequence[str]) -> set[str]:
    """Split the values of `--allow` at their commas.

    Raises:
        UsageError: Q807, there is no such change.
    """
    from quotex.verification import CHANGES

    asked = {one.strip() for value in given for one in value.split(",")} - {""}
    for one in asked.difference(CHANGES):
        raise UsageError(Msg.Q807.format(given=one, changes=", ".join(CHANGES)))
    return asked


def holds(findings: Sequence["Finding"], allowed: set[str]) -> bool:
    """Tell whether there is no change but those that are all right."""
    return all(allowed.issuperset(finding.changes) for finding in findings)


def make_record(finding: "Finding") -> dict[str, object]:
    """Make the record of a finding."""
    return {
        "changes": list(finding.changes),
        "first": make_quotation(finding.first) if finding.first else None,
        "second": [make_quotation(one) for one in finding.second],
        "words": [list(pair) for pair in finding.words],
    }


def make_quotation(one: "Quotation") -> dict[str, object]:
    """Make the record of a quotation; the speaker by name."""
    speaker = one.speaker.name if one.speaker else None
    return {"text": one.text, "start": one.start, "end": one.end, "quote": one.quote, "speaker": speaker}
