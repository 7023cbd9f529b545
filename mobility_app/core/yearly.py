"""Figures of a project's report by means of travel, by length and for people with fewer opportunities; two years."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mobility_app.core.facts import MobilityRow, Report
from mobility_app.core.views import Listed


@dataclass(frozen=True)
class Payment:
    """One payment as the report lists it; what came back is negative."""

    day: dt.date | None
    kind: str
    person: str
    school: str
    cents: int
    reference: str = ""


@dataclass(frozen=True)
class Member:
    """A member of the consortium: its papers, its places, what it sends."""

    name: str
    uai: str = ""
    mandate: dt.date | None = None
    convention: dt.date | None = None
    places: int | None = None
    allotted: int | None = None  # cents


@dataclass(frozen=True)
class Beside:
    """What the report tells beside the figures of its project. `before`: the report of the call before, if any."""

    payments: tuple[Payment, ...] = ()
    members: tuple[Member, ...] = ()
    before: Report | None = None
    views: tuple[Listed, ...] = ()


@dataclass(frozen=True)
class Travel:
    """One means of transport; kilometres go there and back, of the stays whose distance is known."""

    means: str
    mobilities: int
    green: int
    kilometres: int
    unknown: int


@dataclass(frozen=True)
class Lengths:
    """The lengths in days of one activity type; `role` tells accompanying people."""

    activity: str
    role: str
    mobilities: int
    shortest: int
    median: int
    longest: int
    days: int


@dataclass(frozen=True)
class Inclusion:
    """Counts alone: of an activity type, how many participants have fewer opportunities."""

    activity: str
    participants: int
    fewer: int
    days: int


def _groups(rows: Iterable[MobilityRow], key: Callable[[MobilityRow], Hashable]) -> list[tuple[Any, list[MobilityRow]]]:
    """The largest group first."""
    found: dict[Hashable, list[MobilityRow]] = defaultdict(list)
    for row in rows:
        if row.planned:
            found[key(row)].append(row)
    return sorted(found.items(), key=lambda group: (-len(group[1]), str(group[0])))


def travels(rows: Iterable[MobilityRow]) -> tuple[Travel, ...]:
    return tuple(
        Travel(
            str(means),
            len(group),
            sum(row.green for row in group),
            sum(2 * row.distance_km for row in group if row.distance_km is not None),
            sum(row.distance_km is None for row in group),
        )
        for means, group in _groups(rows, lambda row: row.means or "")
    )


def lengths(rows: Iterable[MobilityRow]) -> tuple[Lengths, ...]:
    """Of the stays whose dates are known."""
    dated = (row for row in rows if row.days is not None)
    return tuple(
        _lengths(kind[0], kind[1], group) for kind, group in _groups(dated, lambda row: (row.activity or "", row.role))
    )


def _lengths(activity: str, role: str, group: Sequence[MobilityRow]) -> Lengths:
    days = sorted(row.days or 0 for row in group)
    return Lengths(activity, role, len(days), days[0], days[(len(days) - 1) // 2], days[-1], sum(days))


def inclusion(rows: Iterable[MobilityRow]) -> tuple[Inclusion, ...]:
    participants = (row for row in rows if not row.accompanying)
    return tuple(
        Inclusion(
            str(activity),
            len(group),
            sum(row.fewer_opportunities for row in group),
            sum(row.days or 0 for row in group if row.fewer_opportunities),
        )
        for activity, group in _groups(participants, lambda row: row.activity or "")
    )


COMPARED = (
    *("mobilities", "persons", "accompanying", "total_days", "green", "inclusion"),
    *("countries", "hosts", "senders", "known_total"),
)


def compared(now: Report, before: Report) -> tuple[tuple[str, int | None, int | None], ...]:
    """The key figures of both years: key, now, before."""
    return tuple((key, now.totals.get(key), before.totals.get(key)) for key in COMPARED)
