"""The money of a project along its calendar: engaged and paid, added up to each month's end and to today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import budget, project_lines
from mobility_app.core.basis import Basis
from mobility_app.core.facts import MobilityRow

_MONTHS = 12


@dataclass(frozen=True)
class Dated:
    """What happened on which day: when contracts were signed and payments made, by mobility, and visits by persons."""

    signed: Mapping[str, dt.date]
    payments: Sequence[tuple[str, dt.date, int]]
    visits: Sequence[tuple[dt.date | None, int]]


@dataclass(frozen=True)
class Point:
    """Cents engaged and paid up to the end of a day."""

    day: dt.date
    engaged: int
    paid: int


@dataclass(frozen=True)
class Spending:
    """`points` go from the beginning of the project to today, or to its end; `awarded`: None until it is typed."""

    start: dt.date
    end: dt.date
    today: dt.date
    points: tuple[Point, ...]
    awarded: int | None

    @property
    def elapsed(self) -> int:
        """Percent of the project's days that are over, 0 to 100."""
        whole = (self.end - self.start).days + 1
        gone = min(max((self.today - self.start).days + 1, 0), whole)
        return (200 * gone + whole) // (2 * whole)

    @property
    def last(self) -> Point:
        return self.points[-1]


def spending(basis: Basis, dated: Dated) -> Spending | None:
    """None when the project has no period. The last point has the totals of the budget, to the cent.

    A contract whose day nobody entered counts from the start of its stay, or from today; the guarantee and a visit
    without a day count from the beginning of the project.
    """
    start, end, today = basis.project.start, basis.project.end, basis.today
    if start is None or end is None or end < start:
        return None
    planned = {row.id: row for row in basis.rows if row.planned}
    engaged = [(day, row) for row in planned.values() if (day := engaged_on(row, dated.signed, today)) is not None]
    paid = [(day, cents) for id_, day, cents in dated.payments if id_ in planned and day <= today]
    points = [
        Point(
            day,
            _engaged(basis, [row for on, row in engaged if on <= day], _visits(dated, start, day, today)),
            sum(cents for on, cents in paid if on <= day),
        )
        for day in _days(start, today)
    ]
    awarded = sum(basis.awarded.values()) if basis.awarded else None
    return Spending(start, end, today, tuple(points), awarded)


def engaged_on(row: MobilityRow, signed: Mapping[str, dt.date], today: dt.date) -> dt.date | None:
    """The day from which a stay is engaged: its contract or its start, whichever came first; None when it is not."""
    if not budget.engaged(row, today):
        return None
    days = [row.first_day, signed.get(row.id) if row.contract_signed else None]
    return min((day for day in days if day is not None and day <= today), default=today)


def _engaged(basis: Basis, rows: Sequence[MobilityRow], visits: Sequence[int]) -> int:
    own = (
        *project_lines.project_lines((row.stay for row in rows), basis.rates),
        *project_lines.preparatory_visits(visits, basis.rates),
        *project_lines.financial_guarantee(basis.project.guarantee_cents, basis.rates),
    )
    return sum(basis.grants[row.id].known_total for row in rows) + sum(line.amount or 0 for line in own)


def _visits(dated: Dated, start: dt.date, day: dt.date, today: dt.date) -> list[int]:
    """Persons of the visits made by then. The budget counts a visit as soon as it is entered: at the latest today."""
    return [persons for on, persons in dated.visits if min(on or start, today) <= day]


def _days(start: dt.date, today: dt.date) -> Iterator[dt.date]:
    """The beginning, the end of each month, today."""
    day = start
    while day < today:
        yield day
        month = day + dt.timedelta(1)
        first = dt.date(month.year + month.month // _MONTHS, month.month % _MONTHS + 1, 1)
        day = first - dt.timedelta(1)
    yield today
