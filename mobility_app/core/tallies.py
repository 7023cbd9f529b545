"""Figures by country, by organisation and by month, and the totals of a project."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core.facts import Grant, GrantLine, MobilityRow, Tally
from mobility_app.core.sums import whole_sum

_MONTHS = 48  # a longer span is a slip in a date: its empty months are not drawn


@dataclass
class _Count:
    mobilities: int = 0
    accompanying: int = 0
    days: int = 0
    green: int = 0
    inclusion: int = 0
    known_total: int = 0
    incomplete: int = 0

    def add(self, row: MobilityRow, money: Grant) -> None:
        self.mobilities += 1
        self.accompanying += row.accompanying
        self.days += row.days or 0
        self.green += row.green
        self.inclusion += row.fewer_opportunities
        self.known_total += money.known_total
        self.incomplete += not money.complete


def of(
    planned: Sequence[MobilityRow], money: Sequence[Grant], by: Callable[[MobilityRow], tuple[str, str]]
) -> tuple[Tally, ...]:
    """A tally for each identity that `by` gives, shown by the name beside it; the most numerous first."""
    counts: dict[tuple[str, str], _Count] = {}
    for row, one in zip(planned, money, strict=True):
        counts.setdefault(by(row), _Count()).add(row, one)
    found = [
        Tally(
            name, c.mobilities, c.mobilities - c.accompanying, c.accompanying, c.days, c.green, c.inclusion,
            c.known_total, c.incomplete,
        )
        for (_, name), c in counts.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda tally: (-tally.mobilities, tally.key)))


def departures(planned: Sequence[MobilityRow]) -> tuple[tuple[dt.date, int], ...]:
    """Stays beginning in each month, from the first month to the last, empty ones too."""
    counts = Counter(row.first_day.replace(day=1) for row in planned if row.first_day)
    if not counts:
        return ()
    first, last = min(counts), max(counts)
    span = (last.year - first.year) * 12 + last.month - first.month
    if span > _MONTHS:
        return tuple(sorted(counts.items()))
    months = [
        dt.date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(span + 1)
    ]
    return tuple((month, counts[month]) for month in months)


def totals(
    rows: Sequence[MobilityRow], money: Sequence[Grant], support: Sequence[GrantLine], today: dt.date
) -> Mapping[str, int | None]:
    """The figures of `facts.Report.totals`; `money` belongs to the planned rows."""
    planned = [row for row in rows if row.planned]
    whole = _Count()
    for row, one in zip(planned, money, strict=True):
        whole.add(row, one)
    done = sum(row.last_day is not None and row.last_day < today for row in planned)
    under_way = sum(_abroad(row, today) for row in planned)
    amounts = [line.amount for line in support if line.key == "organisational_support"]
    return {
        "persons": len({row.participant_id for row in planned}),
        "senders": len({row.sending_id for row in planned if row.sending_id}),
        "hosts": len({row.host_id for row in planned if row.host_id}),
        "countries": len({row.country for row in planned if row.country}),
        "mobilities": whole.mobilities,
        "total_days": whole.days,
        "green": whole.green,
        "inclusion": whole.inclusion,
        "done": done,
        "under_way": under_way,
        "to_come": whole.mobilities - done - under_way,
        "accompanying": whole.accompanying,
        "known_total": whole.known_total,
        "organisational_support": whole_sum(amounts),
        "incomplete": whole.incomplete,
        "candidates": sum(row.decision in ("candidate", "waiting") for row in rows),
    }


def _abroad(row: MobilityRow, today: dt.date) -> bool:
    return row.first_day is not None and row.last_day is not None and row.first_day <= today <= row.last_day
