"""Dates as people write them, day first: 15/02/2008, 1.02.27, 3 avr. 26, 12 March 2027, 2027-03-01, day numbers."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from mobility_app.core.text import words

EARLIEST, LATEST = 1900, 2100  # years outside are slips of the finger
_OLDEST_YOUNG = 10  # nobody leaves at a younger age: what decides between 1927 and 2027 for a birth in "27"
_LANGUAGES = ("fr", "en", "de", "es", "it", "pt")  # French first, then what hosts send back
_NUMBERS = re.compile(r"(\d{1,2})\s*[/.,\-\s]\s*(\d{1,2})\s*[/.,\-\s]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_SOLID = re.compile(r"\d{8}")
_DAY_NUMBER = re.compile(r"\d{5}(?:[.,]0+)?")
_IN_WORDS = re.compile(r"(\d{1,2}) (?:er |st |nd |rd |th |o )?(?:de |of )?([^\W\d]+) (?:de )?(\d{4}|\d{2})")
_MONTH_FIRST = re.compile(r"([^\W\d]+) (\d{1,2}) (?:st |nd |rd |th )?(\d{4})")
_CLOCK = re.compile(r"[T\s]+\d{1,2}\s*[:h]\s*\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$")
_SERIAL_DAYS = range(9_133, 73_416)  # 1925 to 2100
_EPOCH, _EPOCH_1904 = dt.date(1899, 12, 30), dt.date(1904, 1, 1)


def day(value: str, *, birth_before: int | None = None, since_1904: bool = False) -> dt.date | None:
    """The date that a text means; None when it means none for certain.

    `birth_before` is the year by which the person is old enough to leave: it chooses the century of a birth date whose
    year has two digits. Without it two digits are a year of this century.
    """
    text = _CLOCK.sub("", value.strip().strip("'"))
    if match := _ISO.fullmatch(text):
        return _date(match[1], match[2], match[3], birth_before)
    if match := _NUMBERS.fullmatch(text):
        return _date(match[3], match[2], match[1], birth_before)
    if _SOLID.fullmatch(text):
        return _date(text[:4], text[4:6], text[6:], None) or _date(text[4:], text[2:4], text[:2], None)
    if _DAY_NUMBER.fullmatch(text):
        return from_serial(int(text[:5]), since_1904=since_1904)
    return _from_words(text, birth_before)


def from_serial(number: float, *, since_1904: bool = False) -> dt.date | None:
    """The date of a spreadsheet's day number that lost its date format; None for a number that is none."""
    first = _EPOCH_1904 if since_1904 else _EPOCH
    return first + dt.timedelta(days=int(number)) if int(number) in _SERIAL_DAYS else None


def _from_words(text: str, birth_before: int | None) -> dt.date | None:
    folded = words(re.sub(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)", " ", text))
    first, _, rest = folded.partition(" ")
    folded = rest if first in _weekdays() else folded
    if (match := _IN_WORDS.fullmatch(folded)) and (month := _month(match[2])):
        return _date(match[3], month, match[1], birth_before)
    if (match := _MONTH_FIRST.fullmatch(folded)) and (month := _month(match[1])):
        return _date(match[3], month, match[2], birth_before)
    return None


def _date(year: str, month: str | int, day: str, birth_before: int | None) -> dt.date | None:
    full = int(year)
    if len(year) == 2:
        full += 2000
        if birth_before is not None and full > birth_before - _OLDEST_YOUNG:
            full -= 100
    try:
        return dt.date(full, int(month), int(day)) if EARLIEST <= full <= LATEST else None
    except ValueError:
        return None


def _month(word: str) -> int | None:
    """A month's name, its usual short form, or a beginning of it that no other month shares ("sept", "juil")."""
    names = _months()
    if word in names:
        return names[word]
    meant = {month for name, month in names.items() if name.startswith(word)} if len(word) >= 3 else set()
    return meant.pop() if len(meant) == 1 else None


@cache
def _months() -> dict[str, int]:
    return {words(name): month for language in _LANGUAGES for month, name in _named(language, "months")}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(words(name) for language in _LANGUAGES for _, name in _named(language, "days"))


def _named(language: str, what: str) -> list[tuple[int, str]]:
    from babel import Locale

    forms = getattr(Locale.parse(language), what)["format"]
    return [(number, name) for width in ("wide", "abbreviated") for number, name in forms[width].items()]
