"""The table of `quotex verify`: what holds, and what was changed, with the words."""

from collections.abc import Sequence
from typing import TextIO

from rich.table import Table
from rich.text import Text

from quotex.cli.render import TableWriter
from quotex.text.printable import count, make_printable
from quotex.verification import CHANGES, Edit, Finding, Quotation

STYLES: dict[Edit, str] = {"same": "", "removed": "red strike", "added": "green underline"}
SIGNS: dict[Edit, tuple[str, str]] = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
NO_BLANK_BEFORE = frozenset(",.;:!?)]…'")


def show_findings(findings: Sequence[Finding], stream: TextIO) -> None:
    """Show what does not hold, and how much there is of each."""
    writer = TableWriter(stream)
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=14, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for finding in findings:
        if finding.changes:
            table.add_row(Text(", ".join(finding.changes), "bold"), describe(finding))
            table.add_row()
    if table.row_count:
        writer.show(table)
    writer.show(Text(summarise(findings), "bold"))


def summarise(findings: Sequence[Finding]) -> str:
    """Say how many hold, and how many do not in which way."""
    first = [finding for finding in findings if finding.first]
    n_same = sum(not finding.changes for finding in first)
    parts = [f"{n_same} of {count(len(first), 'quotation')} hold{'s' if n_same == 1 else ''}"]
    counts = {change: sum(change in finding.changes for finding in findings) for change in CHANGES}
    return "; ".join([*parts, *(f"{n} {change}" for change, n in counts.items() if n)])


def describe(finding: Finding) -> Text:
    """Show the words, those taken out and put in marked, and who says them."""
    shown = Text()
    if finding.words:
        show_words(finding, shown)
    else:
        one = finding.first or finding.second[0]
        shown.append(f"“{make_printable(' '.join(one.text.split()))}”")
    names = [name_speaker(finding.first)] if finding.first else []
    if not finding.first or "other speaker" in finding.changes:
        names.append(" and ".join(dict.fromkeys(map(name_speaker, finding.second))))
    return shown.append("\n" + " → ".join(names), "dim")


def show_words(finding: Finding, shown: Text) -> None:
    """Show the words of both, in signs that are seen without colours, too."""
    shown.append("“")
    edits = [edit for edit, _ in finding.words]
    for n, (edit, word) in enumerate(finding.words):
        opens = n == 0 or edits[n - 1] != edit
        closes = n == len(edits) - 1 or edits[n + 1] != edit
        blank = " " if n and not (edit == "same" and word in NO_BLANK_BEFORE) else ""
        left, right = SIGNS[edit]
        shown.append(blank + left * opens + make_printable(word) + right * closes, STYLES[edit])
    shown.append("”")


def name_speaker(one: Quotation | None) -> str:
    """Name who says it."""
    return make_printable(one.speaker.name) if one and one.speaker else "speaker not known"
