"""A project with other stays than it has: every figure of it anew, by the same rules as the real one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mobility_app.core import grant
from mobility_app.core.basis import Basis
from mobility_app.core.facts import Finding, MobilityRow, Report, Stay
from mobility_app.core.whatif import Change, imagined, length

_BEYOND = ("over:", "international_ceiling")  # the findings that tell more planned than awarded


@dataclass(frozen=True)
class Scenario:
    """Changes to the stays of a project, under a name of hers."""

    id: str
    name: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Imagined:
    """What a scenario makes of the project.

    `over`: what is planned beyond the agreement; `short`: by the place of a change that takes stays away, how many of
    them there are not.
    """

    report: Report
    over: tuple[Finding, ...]
    short: dict[int, int]


def imagine(basis: Basis, changes: tuple[Change, ...] = ()) -> Imagined:
    """The project after the changes; without any, the project as it is."""
    rows, grants, short = list(basis.rows), dict(basis.grants), {}
    for place, change in enumerate(changes):
        if change.count < 0:
            gone = _alike(rows, change.stay)[: -change.count]
            away = {row.id for row in gone}
            rows = [row for row in rows if row.id not in away]
            if len(gone) < -change.count:
                short[place] = -change.count - len(gone)
    for place, change in enumerate(changes):
        added = [_row(change.stay, f"{place}+{n}") for n in range(change.count)]
        rows += added
        grants |= dict.fromkeys((row.id for row in added), grant.compute(change.stay, basis.rates))
    after = replace(basis, rows=rows, grants=grants)
    report = after.report()
    over = (found for found in after.commitments(report) if found.code.startswith(_BEYOND))
    return Imagined(report, tuple(over), short)


def usual(planned: Iterable[Stay]) -> dict[str, Stay]:
    """By country, and "" for all of them, the stay that most of these are like."""
    known = (stay for stay in planned if stay.activity and stay.country and length(stay))
    counted = Counter(
        imagined(
            stay.activity or "",
            stay.country or "",
            length(stay),
            role=stay.role,
            travel_days=stay.travel_days or 0,
            distance_km=stay.distance_km,
            green=stay.green,
        )
        for stay in known
    )
    found: dict[str, Stay] = {}
    for stay, _count in counted.most_common():
        for place in ("", stay.country or ""):
            found.setdefault(place, stay)
    return found


def alike(basis: Basis, stay: Stay) -> int:
    """How many planned stays a change could take away."""
    return len(_alike(basis.rows, stay))


def _alike(rows: Sequence[MobilityRow], stay: Stay) -> list[MobilityRow]:
    """Planned stays of the same activity, role and country; the most similar ones first, the last to leave first."""
    wanted = length(stay)
    same = [
        row
        for row in rows
        if row.planned and (row.activity, row.role, row.country) == (stay.activity, stay.role, stay.country)
    ]

    def distance(row: MobilityRow) -> tuple[int, bool, bool, int, int]:
        leaves = row.first_day.toordinal() if row.first_day else 0
        fewer = row.fewer_opportunities != stay.fewer_opportunities
        return abs(length(row.stay) - wanted), row.green != stay.green, fewer, -leaves, -row.number

    return sorted(same, key=distance)


def _row(stay: Stay, id_: str) -> MobilityRow:
    """A person nobody knows yet, with the facts that money and targets depend on."""
    return MobilityRow(
        id=id_,
        activity=stay.activity,
        role=stay.role,
        country=stay.country,
        start=stay.start,
        end=stay.end,
        travel_days=stay.travel_days,
        distance_km=stay.distance_km,
        green=stay.green,
        course_days=stay.course_days,
        fewer_opportunities=stay.fewer_opportunities,
    )
