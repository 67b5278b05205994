"""Grouping: the outlet, folder or month that an article belongs to, by which counts stand side by side."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import PurePath

from quotex.errors import Msg, UsageError
from quotex.types import Article, fold_space
from quotex.write.columns import PREFIX

FOLDER = "folder"
PERIODS = {"year": 4, "month": 7, "day": 10}  # letters of 2026-03-31
PLAIN_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")  # 20260331 is one, too
MONTH_ONLY = re.compile(r"(\d{4})-(\d{2})$")


@dataclass(frozen=True, slots=True)
class Grouping:
    """By what articles are told apart.

    Attributes:
        key: A column that is carried along, or "folder".
        period: year, month or day where the column holds dates; "" where it is taken as it is.
    """

    key: str
    period: str = ""

    @property
    def name(self) -> str:
        """How the user calls it: date:month."""
        return f"{self.key}:{self.period}" if self.period else self.key

    @property
    def columns(self) -> tuple[str, ...]:
        """What has to be carried along from articles."""
        return () if self.key == FOLDER else (self.key,)

    def find(self, article: Article) -> str | None:
        """Find the group of an article; None where it does not say."""
        if self.key == FOLDER and not find_value(article.meta, FOLDER):
            return str(PurePath(article.id).parent)
        value = find_value(article.meta, self.key)
        text = fold_space("" if value is None else str(value))
        return (find_date(text)[: PERIODS[self.period]] if self.period else text) or None


def parse_grouping(given: str) -> Grouping:
    """Read what the user says: outlet, folder, date:month.

    Raises:
        UsageError: Q241, there is no such period.
    """
    key, colon, period = given.rpartition(":")
    if not colon:
        return Grouping(given)
    if not key or period not in PERIODS:
        raise UsageError(Msg.Q241.format(given=given, periods=", ".join(PERIODS)))
    return Grouping(key, period)


def find_value(meta: Mapping[str, object], key: str) -> object:
    """Find what was carried along under a key, in capitals or not; databases may call it meta_KEY."""
    by_name = {name.lower(): value for name, value in meta.items()}
    lower = key.lower()
    return meta.get(key, by_name.get(lower, by_name.get(PREFIX + lower)))


def find_date(text: str) -> str:
    """Find the date in a value of a column, as 2026-03-31; "" where there is none.

    >>> find_date("2026-03-31T08:00:00Z"), find_date("20260331"), find_date("Tue, 31 Mar 2026 08:00:00 GMT")
    ('2026-03-31', '2026-03-31', '2026-03-31')
    >>> find_date("2026-03"), find_date("soon"), find_date("2026-13-99")
    ('2026-03', '', '')
    """
    if month := MONTH_ONLY.match(text):
        return text if 1 <= int(month[2]) <= 12 else ""
    try:
        if plain := PLAIN_DATE.match(text):
            return datetime(*map(int, plain.groups())).date().isoformat()  # type: ignore[arg-type]
        return parsedate_to_datetime(text).date().isoformat()
    except (TypeError, ValueError, IndexError):
        return ""
