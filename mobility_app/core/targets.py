"""The Beneficiary Module's Targets tables T1 and T2 per activity type: indicative, planned, implemented."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from mobility_app.core import activities, duration
from mobility_app.core.facts import MobilityRow, TargetLine
from mobility_app.core.rates import RateTable

# Accompanying persons count in their own rows and among the persons travelling green, nowhere else.
T1 = ("participants", "total_days", "average_days", "accompanying", "accompanying_days", "preparatory_visits")
T2 = ("fewer_opportunities", "blended", "green", "international")
_Figures = Counter[tuple[str, str]]  # (key, activity type) -> figure; "" for the total


def lines(
    planned: Sequence[MobilityRow],
    rates: RateTable,
    indicative: Mapping[tuple[str, str, str], int],
    preparatory_visits: int,
    today: dt.date,
) -> tuple[TargetLine, ...]:
    """Each indicator's total, then its activity types; implemented = stays that are over (visits: all recorded)."""
    all_, over = _Figures(), _Figures()
    for row in planned:
        figures = tuple(_figures(row, rates))
        is_over = row.last_day is not None and row.last_day < today
        for activity in dict.fromkeys(("", row.activity or "")):
            for key, number in figures:
                all_[key, activity] += number
                if is_over:
                    over[key, activity] += number
    for figures_ in (all_, over):
        figures_["preparatory_visits", ""] = preparatory_visits
        _average(figures_)
    present = {row.activity for row in planned} | {activity for _, _, activity in indicative}
    shown = [code for code in activities.WHO if code in present]
    return tuple(
        TargetLine(
            table,
            key,
            activity,
            _indicative(indicative, table, key, activity),
            all_[key, activity],
            over[key, activity],
        )
        for table, keys in (("T1", T1), ("T2", T2))
        for key in keys
        for activity in ("", *shown)
        if not activity or key != "preparatory_visits" or (table, key, activity) in indicative
    )


def _figures(row: MobilityRow, rates: RateTable) -> Iterator[tuple[str, int]]:
    days = duration.activity_days(row.first_day, row.last_day, row.interruption_days) or 0
    yield "green", int(row.green)
    if row.accompanying:
        yield "accompanying", 1
        yield "accompanying_days", days
        return
    yield "participants", 1
    yield "total_days", days
    yield "fewer_opportunities", int(row.fewer_opportunities)
    yield "blended", int(bool(row.virtual_hours))
    yield "international", int(rates.international(row.country))


def _average(figures: _Figures) -> None:
    for (key, activity), number in list(figures.items()):
        if key == "participants":
            figures["average_days", activity] = _half_up(figures["total_days", activity], number)


def _half_up(whole: int, parts: int) -> int:
    return (2 * whole + parts) // (2 * parts) if parts else 0


def _indicative(indicative: Mapping[tuple[str, str, str], int], table: str, key: str, activity: str) -> int | None:
    """What was typed; a total that was not is the sum of its activity types, an average its quotient."""
    typed = indicative.get((table, key, activity))
    if typed is not None:
        return typed
    if key == "average_days":
        days = _indicative(indicative, table, "total_days", activity)
        people = _indicative(indicative, table, "participants", activity)
        return _half_up(days, people) if days is not None and people else None
    parts = [number for (t, k, a), number in indicative.items() if (t, k) == (table, key) and a] if not activity else []
    return sum(parts) if parts else None
