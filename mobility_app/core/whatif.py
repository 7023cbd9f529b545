"""What another mix of stays would cost, before anything is entered: places left, budgets moved, scenarios compared."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import duration, grant
from mobility_app.core.activities import COURSES
from mobility_app.core.budget import line_key
from mobility_app.core.facts import BudgetLine, Grant, GrantLine, Stay
from mobility_app.core.project_lines import project_lines
from mobility_app.core.rates import RateTable
from mobility_app.core.sums import whole_sum

_Key = tuple[str, str]  # budget line, activity type
_FIRST = dt.date(2027, 1, 4)  # a stay that is only thought of needs some first day; no amount depends on it


def imagined(
    activity: str,
    country: str,
    days: int,
    *,
    role: str = "participant",
    travel_days: int = 0,
    distance_km: int | None = None,
    green: bool = False,
    fewer_opportunities: bool = False,
) -> Stay:
    """A stay that nobody makes yet; a course lasts as long as its stay."""
    return Stay(
        activity,
        role,
        country,
        _FIRST,
        _FIRST + dt.timedelta(days - 1),
        travel_days,
        distance_km=distance_km,
        green=green,
        course_days=days if activity == COURSES else None,
        fewer_opportunities=fewer_opportunities,
    )


def length(stay: Stay) -> int:
    """Days of activity; 0 while they are not known."""
    return duration.activity_days(stay.start, stay.end, stay.interruption_days) or 0


@dataclass(frozen=True)
class Room:
    """One budget line that a stay draws on: its part of the cost, and what is awarded less what is planned there.

    None: a rate is not known, or nothing was awarded.
    """

    key: str
    cost: int | None
    left: int | None

    @property
    def places(self) -> int | None:
        """How many the money of this line alone pays."""
        return max(0, self.left // self.cost) if self.left is not None and self.cost else None


@dataclass(frozen=True)
class Places:
    """How many more of one stay the money left still pays; None: a rate or the awarded amount is not known.

    `left` is what is awarded less what is planned, on the budget lines that such a stay uses (`rooms`, one by one).
    Organisational support has its own line and goes to the organisations: `support_each` says what the next
    participant adds to it.
    """

    money: Grant
    left: int | None
    places: int | None
    support_each: int | None
    rooms: tuple[Room, ...] = ()


@dataclass(frozen=True)
class Change:
    """More of one stay, or fewer when `count` is negative (of those that are planned like it)."""

    stay: Stay
    count: int


@dataclass(frozen=True)
class Moved:
    """One budget line before and after a change of the mix."""

    key: str
    activity: str
    awarded: int | None
    before: int
    after: int


@dataclass(frozen=True)
class Outcome:
    """What a scenario does to the budget; `complete`: every rate that it needs is known."""

    title: str
    lines: tuple[Moved, ...]
    complete: bool

    @property
    def difference(self) -> int:
        return sum(line.after - line.before for line in self.lines)


def places(stay: Stay, rates: RateTable, budget: Iterable[BudgetLine], planned: Iterable[Stay] = ()) -> Places:
    """How many more of this stay can be paid; `planned` are the stays that the project has already."""
    money = grant.compute(stay, rates)
    lines = {(line.key, line.activity): line for line in budget}
    keys = dict.fromkeys(line_key(line) for line in money.lines)
    found = [_room(key, stay.activity or "", money, lines) for key in keys]
    before = tuple(planned)
    support = _total(project_lines([*before, stay], rates)), _total(project_lines(before, rates))
    each = support[0] - support[1] if support[0] is not None and support[1] is not None else None
    left = sum(cents for _room, cents in found) if any(room.left is not None for room, _cents in found) else None
    rooms = tuple(room for room, _cents in found)
    if left is None or not money.total:
        return Places(money, left, None, each, rooms)
    return Places(money, left, max(0, left // money.total), each, rooms)


def _room(key: str, activity: str, money: Grant, lines: Mapping[_Key, BudgetLine]) -> tuple[Room, int]:
    """One line, and what it adds to the money left: where nothing was awarded, what is planned weighs on the others.

    An amount awarded for a whole line counts all of its activity types.
    """
    cost = _total(line for line in money.lines if line_key(line) == key)
    own, whole = lines.get((key, activity)), lines.get((key, ""))
    if own is not None and own.awarded is not None:
        left = own.awarded - own.planned
    elif whole is not None and whole.awarded is not None:
        left = whole.awarded - sum(line.planned for (of, _activity), line in lines.items() if of == key)
    else:
        return Room(key, cost, None), -own.planned if own is not None else 0
    return Room(key, cost, left), left


def _total(lines: Iterable[GrantLine]) -> int | None:
    return whole_sum(line.amount for line in lines)


def outcome(
    title: str,
    changes: Sequence[Change],
    planned: Sequence[Stay],
    rates: RateTable,
    awarded: Mapping[_Key, int],
) -> Outcome:
    """The budget with and without the changes; stays taken away are those like the change's own, while they last."""
    after = Counter(planned)
    for change in changes:
        after[change.stay] = max(0, after[change.stay] + change.count)
    before_sums, before_known = _sums(Counter(planned), rates)
    after_sums, after_known = _sums(after, rates)
    keys = sorted({*before_sums, *after_sums, *awarded})
    return Outcome(
        title,
        tuple(Moved(*key, awarded.get(key), before_sums.get(key, 0), after_sums.get(key, 0)) for key in keys),
        before_known and after_known,
    )


def _sums(stays: Mapping[Stay, int], rates: RateTable) -> tuple[dict[_Key, int], bool]:
    """Known amounts by budget line; whether all of them are known. Equal stays are reckoned once."""
    found: Counter[_Key] = Counter()
    complete = True
    for stay, count in stays.items():
        if count:
            money = grant.compute(stay, rates)
            complete = complete and money.complete
            for line in money.lines:
                found[line_key(line), stay.activity or ""] += (line.amount or 0) * count
    everybody = (stay for stay, count in stays.items() for _ in range(count))
    for line in project_lines(everybody, rates):
        complete = complete and line.amount is not None
        found[line.key, line.activity] += line.amount or 0
    return dict(found), complete
