"""People who may be one person under two spellings: proposed to her, never joined in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from mobility_app.core.matching import person_key

_SAME_DAY, _ONE_DAY, _OTHER_DAY = 72, 90, 92  # likeness of the names, of 100: the same birth date, one unknown, another


def blocks(values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Under what a person is looked for among many: people who share none of these are not compared."""
    last, first = person_key(values)
    if values.get("birth_date"):
        yield "born", values["birth_date"]
    for name in {last, first} - {""}:
        yield "name", name
        yield "start", name[:4]


def likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """How well two people's names agree, of 100; 0 when they can hardly be one person. Names may be swapped."""
    born, also = one.get("birth_date"), other.get("birth_date")
    least = _ONE_DAY
    if born and also:
        least = _SAME_DAY if born == also else _OTHER_DAY
        if born != also and not _mistyped(born, also):
            return 0
    return _alike(_names(one), _names(other), least)


def _names(values: Mapping[str, Any]) -> str:
    return " ".join(person_key(values))


def _alike(one: str, other: str, least: float) -> float:
    from rapidfuzz import fuzz  # only where a sheet brings people that nobody knows

    return fuzz.token_sort_ratio(one, other, score_cutoff=least)


def _mistyped(one: dt.date, other: dt.date) -> bool:
    """One of day, month and year differs, or day and month changed places."""
    same = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    return same == 2 or (one.year == other.year and (one.day, one.month) == (other.month, other.day))
