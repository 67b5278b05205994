"""A quote in the making."""

from dataclasses import dataclass

from quotex.types import Range


@dataclass(eq=False, slots=True)
class Draft:
    """What is known of a quote while the rules work on it.

    Attributes:
        pieces: Its content, in order.
        cue: The words that report it; empty where the text has none.
        source: The words that stand for the speaker; empty where the text has none.
        confidence: Probability that content and source are right.
        closed: False when it has a quotation mark that is never closed.
        goes_on: A quotation that follows it was taken for part of it, and is a quote of its own.
        spoken: A turn of a transcript: all of it is said, without marks.
        floor: The quote whose speaker is this one's, where the text names none.
        within: The quote in whose content it stands.
    """

    pieces: list[Range]
    cue: list[Range]
    source: list[Range]
    confidence: float
    closed: bool = True
    goes_on: bool = False
    spoken: bool = False
    floor: "Draft | None" = None
    within: "Draft | None" = None
