"""People who may be one person under two spellings: proposed to her, never joined in silence."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from mobility_app.core.matching import person_key

_SAME_DAY, _ONE_DAY, _OTHER_DAY = 72, 90, 92  # likeness of the names, of 100: the same birth date, one unknown, another
_MOST = 3  # people proposed for one row

Block = tuple[str, Any]


class Likeness:
    """The people of a dossier, looked for by those with whom they share a birth date, a name or its beginning."""

    def __init__(self) -> None:
        self._born: dict[str, dt.date | None] = {}
        self._blocks: dict[Block, dict[str, str]] = defaultdict(dict)  # the names of each person

    def add(self, id_: str, values: Mapping[str, Any]) -> None:
        self._born[id_] = values.get("birth_date")
        for block in _blocks(values):
            self._blocks[block][id_] = _names(values)

    def near(self, values: Mapping[str, Any]) -> list[str]:
        """The ids of those whom a new person resembles, the most alike first. Names may be swapped."""
        from rapidfuzz import fuzz, process

        born, scores = values.get("birth_date"), {}
        for block in _blocks(values):
            least = _SAME_DAY if block[0] == "born" else _ONE_DAY
            names = self._blocks.get(block, {})
            for _name, score, id_ in process.extract(
                _names(values), names, scorer=fuzz.ratio, score_cutoff=least, limit=2 * _MOST
            ):
                if score >= _least(born, self._born[id_]):
                    scores[id_] = score
        return sorted(scores, key=lambda id_: -scores[id_])[:_MOST]


def _blocks(values: Mapping[str, Any]) -> Iterator[Block]:
    """People who share none of these are not compared."""
    if values.get("birth_date"):
        yield "born", values["birth_date"]
    for name in {*person_key(values)} - {""}:
        yield "name", name
        yield "start", name[:4]


def _names(values: Mapping[str, Any]) -> str:
    return " ".join(sorted(person_key(values)))


def _least(one: dt.date | None, other: dt.date | None) -> float:
    """How like their names must be; out of reach for two dates that no slip of the pen explains."""
    if one is None or other is None:
        return _ONE_DAY
    if one == other:
        return _SAME_DAY
    same = (one.day == other.day) + (one.month == other.month) + (one.year == other.year)
    swapped = one.year == other.year and (one.day, one.month) == (other.month, other.day)
    return _OTHER_DAY if same == 2 or swapped else 101
