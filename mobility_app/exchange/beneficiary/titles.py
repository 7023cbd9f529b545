"""Which column of the Beneficiary Module a header means, in English, French or the words of Mobility Tool+."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mobility_app.core.beneficiary.columns import CHOOSABLE, COLUMNS
from mobility_app.core.text import words
from mobility_app.exchange import headers

_SURE, _AHEAD = 92, 4  # of 100, and ahead of the best title of another column
_LEAST = 8  # letters that a title needs before a resemblance says anything
_SIDES = {
    "sending": "sending", "sender": "sending", "envoi": "sending", "origine": "sending",
    "receiving": "receiving", "host": "receiving", "hosting": "receiving", "accueil": "receiving",
    "destination": "receiving",
}  # fmt: skip
# Titles of a school's own sheet that mean another thing here.
_NOT_OURS = frozenset({"number", "status", "class_name", "decision", "stage", "notes", "phone", "days", "total"})


def key_of(title: str, group: str = "") -> str | None:
    """The key of a column by its title, or by the title of its group and its own; None when nobody can tell."""
    attempts = [f"{group} {title}", title] if group else [title]
    for attempt in attempts:
        for written in _readings(attempt):
            if key := _titles().get(written):
                return key
    return next((key for attempt in attempts if (key := _resembles(attempt))), None)


def _readings(title: str) -> Iterator[str]:
    """The title folded; without what stands in brackets; without "flag" and a code's dots and capitals."""
    parted = re.sub(r"(?<=[a-zà-ÿ])(?=[A-Z])", " ", title)
    outside = re.sub(r"[(\[].*?[)\]]", " ", parted)
    for written in (title, parted, outside):
        yield words(written)
        yield re.sub(r"\s+", " ", re.sub(r"\b(flag|code|yes no|oui non)\b", " ", words(written))).strip()


@cache
def _titles() -> dict[str, str]:
    found: dict[str, str] = {}
    for column in COLUMNS:
        for alias in column.aliases:
            found.setdefault(words(alias), column.key)
    for column in COLUMNS:
        for alias in column.aliases:
            found.setdefault(words(re.sub(r"\(.*?\)", " ", alias)), column.key)
    return found


def _resembles(title: str) -> str | None:
    """One letter in twelve may differ; the side (sending, receiving) never; else the words of any school's sheet."""
    from rapidfuzz import fuzz, process

    folded = words(title)
    if len(folded) < _LEAST:
        return _in_a_sheet(title)
    near = process.extract(folded, _likely(), scorer=fuzz.token_sort_ratio, score_cutoff=_SURE - _AHEAD, limit=10)
    best: dict[str, float] = {}
    for alias, score, _index in near:
        if _side(alias) == _side(folded):
            key = _titles()[alias]
            best[key] = max(score, best.get(key, 0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _SURE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _AHEAD):
        return _in_a_sheet(title)
    return ranked[0][0]


@cache
def _likely() -> list[str]:
    return [title for title, key in _titles().items() if key in CHOOSABLE and len(title) >= _LEAST]


def _side(folded: str) -> str:
    return next((_SIDES[word] for word in folded.split() if word in _SIDES), "")


def _in_a_sheet(title: str) -> str | None:
    """An exact title of a school's own sheet, where it names a column that the module has too."""
    key = headers.field_of(title)
    return key if key in CHOOSABLE and key not in _NOT_OURS else None
