"""Who still owes the participant report, and by which way each person is reminded.

The Beneficiary Module's own status comes first (page 132252393), then our paper. Minors are reached through their
school, and so is a learner whose age is unknown.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mobility_app.core.evidence import REPORT, report_due
from mobility_app.core.facts import MobilityRow
from mobility_app.core.mailing import usable
from mobility_app.core.text import sort_key, words

State = Literal["undelivered", "asked", "unasked"]
Through = Literal["", "minor", "age_unknown", "no_email"]  # why through the school; "" for directly
_OF_AGE = 18
# The module's English words (db/reference/bm-code-lists.json); what it says in French is assumed.
_IN = re.compile(r"\b(submitted|soumis|excluded|exclu)\b")
_LOST = re.compile(r"\b(undelivered|non (remis|distribue|delivre|livre))\b")


@dataclass(frozen=True)
class Owing:
    """One stay whose report is not in. `status` is the module's own word, "" when no export told any."""

    row: MobilityRow
    state: State
    through: Through
    status: str = ""
    chased: dt.date | None = None

    @property
    def id(self) -> str:
        return self.row.id


@dataclass(frozen=True)
class School:
    """A sending organisation and those of its people who owe a report; `to` are its addresses."""

    id: str
    name: str
    to: tuple[str, ...]
    owing: tuple[Owing, ...]

    @property
    def undelivered(self) -> int:
        return sum(one.state == "undelivered" for one in self.owing)

    @property
    def chased(self) -> dt.date | None:
        """The last time that anybody of it was reminded."""
        return max((one.chased for one in self.owing if one.chased), default=None)

    @property
    def direct(self) -> tuple[Owing, ...]:
        return tuple(one for one in self.owing if not one.through)


def owing(
    rows: Iterable[MobilityRow],
    done: Mapping[str, Collection[str]],
    statuses: Mapping[str, str],
    chased: Mapping[str, dt.date],
    today: dt.date,
) -> tuple[Owing, ...]:
    """The undelivered first, then the longest back. `done`: papers that are in, `chased`: last reminders, by stay."""
    found = []
    for row in rows:
        status = statuses.get(row.id, "")
        state = _state(status)
        back = row.last_day is not None and row.last_day < today
        due = row.planned and report_due(row) and REPORT not in done.get(row.id, ())
        if due and state is not None and (back or state == "undelivered"):
            found.append(Owing(row, state, through(row, today), status, chased.get(row.id)))
    found.sort(key=lambda one: (one.state != "undelivered", one.row.last_day or today, sort_key(one.row.full_name)))
    return tuple(found)


def _state(status: str) -> State | None:
    """None once the module has the report, or asks for none."""
    folded = words(status)
    if _IN.search(folded):
        return None
    if _LOST.search(folded):
        return "undelivered"
    return "asked" if folded else "unasked"


def through(row: MobilityRow, today: dt.date) -> Through:
    """Why this person is reached through the school."""
    if row.birth_date is None and row.learner:
        return "age_unknown"
    if row.birth_date is not None and _age(row.birth_date, today) < _OF_AGE:
        return "minor"
    return "" if usable(row.email) else "no_email"


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def by_school(found: Sequence[Owing], names: Mapping[str, str], to: Mapping[str, Sequence[str]]) -> tuple[School, ...]:
    """By the name of the school; those of no school last, under ""."""
    groups: dict[str, list[Owing]] = {}
    for one in found:
        groups.setdefault(one.row.sending_id or "", []).append(one)
    schools = [
        School(id_, names.get(id_, ""), tuple(a.strip() for a in to.get(id_, ()) if usable(a)), tuple(mine))
        for id_, mine in groups.items()
    ]
    return tuple(sorted(schools, key=lambda school: (not school.id, sort_key(school.name))))
