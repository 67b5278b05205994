"""Slices: the parts of the quotes that are scored on their own."""

from enum import StrEnum


class Slice(StrEnum):
    """Which quotes are looked at: those in or beside double quotation marks, those that are not, or all."""

    quoted = "quoted"
    indirect = "indirect"
    all = "all"


SLICES = tuple(Slice)
