"""What `quotex evaluate` prints: figures, and the disagreements behind them."""

import json
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Literal

from rich.text import Text

from quotex.cli.disagreements import layout
from quotex.cli.render import TableWriter
from quotex.evaluation import Disagreement, NameKind, Rates, Scores
from quotex.text.printable import count
from quotex.write.output import open_stdout

RateName = Literal["overlap", "exact", "attributed", "char", "char_attr", "char_named", "named"]
FigureName = Literal["gold", "pred", "source_overlap", "source_exact", "cue_overlap", "cue_exact", "named_acc"]

RATES: tuple[RateName, ...] = ("overlap", "exact", "attributed", "char", "char_attr", "char_named", "named")
FIGURES: tuple[tuple[FigureName, str], ...] = (
    ("source_overlap", "source overlap"),
    ("source_exact", "source exact"),
    ("cue_overlap", "cue overlap"),
    ("cue_exact", "cue exact"),
    ("named_acc", "named_acc"),
    ("gold", "quotes in GOLD"),
    ("pred", "quotes found"),
)
LABEL, FIGURE, GAP = 14, 6, 2  # columns
SLICE = 3 * FIGURE  # precision, recall, F1
NOTHING = "–"


def print_json(scores: Mapping[str, Scores] | Mapping[NameKind, Rates]) -> None:
    """Print one JSON object: slice or kind of names -> figures."""
    open_stdout().write(json.dumps(leave_out_nan(scores), indent=2) + "\n")


def leave_out_nan(value: object) -> object:
    """Make what JSON has: null where there is nothing to judge."""
    if isinstance(value, Mapping):
        return {key: leave_out_nan(one) for key, one in value.items()}
    return None if isinstance(value, float) and isnan(value) else value


def print_report(
    scores: Sequence[Scores], n_articles: int, errors: Sequence[Disagreement], n_errors: int | None
) -> None:
    """Print the figures in columns, and beneath them the worst errors unless `n_errors` is None."""
    width = LABEL + len(scores) * (SLICE + GAP)
    writer = TableWriter(open_stdout())
    for parts in [scores] if writer.console.width >= width else [[part] for part in scores]:
        writer.show(tabulate(parts))
    writer.show(Text(f"Per cent, over {count(n_articles, 'article')}.\n", "dim"))
    if n_errors is not None:
        for number, item in enumerate(errors[:n_errors], start=1):
            writer.show(layout(item, number))
        shown = min(n_errors, len(errors))
        writer.show(Text(f"{count(len(errors), 'disagreement')}; {shown} shown, the worst first", "bold"))


def print_names(scores: Mapping[NameKind, Rates], n_articles: int) -> None:
    """Print the figures of names, a line a kind."""
    text = Text(no_wrap=True)
    text.append(line("", [show_rates(("P", "R", "F1"))]), "dim")
    for kind, rates in scores.items():
        text.append(line(kind, [show_rates((rates["P"], rates["R"], rates["F1"]))]))
    writer = TableWriter(open_stdout())
    writer.show(text)
    writer.show(Text(f"Per cent, over {count(n_articles, 'article')}.\n", "dim"))


def tabulate(parts: Sequence[Scores]) -> Text:
    """Set the figures of the slices side by side."""
    text = Text(no_wrap=True)
    text.append(line("", [part["slice"].center(SLICE) for part in parts]), "bold")
    text.append(line("", [show_rates(("P", "R", "F1"))] * len(parts)), "dim")
    for name in RATES:
        cells = [show_rates((part[name]["P"], part[name]["R"], part[name]["F1"])) for part in parts]
        text.append(line(name, cells), "bold" if name == "attributed" else "")
    text.append("\n")
    for key, label in FIGURES:
        text.append(line(label, [show_figure(part[key]).rjust(SLICE) for part in parts]))
    return text


def show_figure(figure: float) -> str:
    """Show a number of things, or per cent; a dash where there is nothing to judge."""
    return NOTHING if isnan(figure) else f"{figure:,}"


def show_rates(rates: tuple[str, str, str] | tuple[float, float, float]) -> str:
    """Set precision, recall and F1, or their names, side by side."""
    return "".join((rate if isinstance(rate, str) else show_figure(rate)).rjust(FIGURE) for rate in rates)


def line(label: str, cells: Sequence[str]) -> str:
    """Put one line together."""
    return (label.ljust(LABEL) + "".join(" " * GAP + cell for cell in cells)).rstrip() + "\n"
