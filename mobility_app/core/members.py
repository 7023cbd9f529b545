"""What each member of a consortium was allotted, uses and returns; organisational support shared by a convention."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import budget
from mobility_app.core.facts import Grant, MobilityRow
from mobility_app.core.project_lines import organisational_support
from mobility_app.core.rates import RateTable
from mobility_app.core.sums import typed_sum, whole_sum
from mobility_app.core.text import sort_key


@dataclass(frozen=True)
class Allotted:
    """What the lead school gave a member: places, euros, papers signed, money sent, certified and sent back (cents)."""

    organisation_id: str
    name: str
    places: int | None = None
    cents: int | None = None
    mandate_signed: dt.date | None = None
    convention_signed: dt.date | None = None
    transferred: int = 0
    certified: int = 0
    recovered: int = 0
    joined: bool = True  # False: it sends people, and is no member of the consortium yet


@dataclass(frozen=True)
class Statement:
    """One member's places and euros; None: not allotted, or an amount is unknown."""

    member: Allotted
    used_places: int
    grants: int  # known amounts of its mobilities
    support: int | None  # its share of organisational support
    incomplete: int  # mobilities with an unknown amount
    engaged: int | None = 0  # grants and support of those whose contract is signed or who have left
    done: int | None = 0  # of those who are back

    @property
    def places_left(self) -> int | None:
        return None if self.member.places is None else self.member.places - self.used_places

    @property
    def used(self) -> int | None:
        return None if self.support is None or self.incomplete else self.grants + self.support

    @property
    def euros_left(self) -> int | None:
        """Of what was allotted; negative: the member uses more."""
        return None if self.member.cents is None or self.used is None else self.member.cents - self.used

    @property
    def to_return(self) -> int | None:
        """Of what was sent: what the member does not use, less what came back already."""
        if self.used is None:
            return None
        return max(0, self.member.transferred - self.used - self.member.recovered)


def shares(rows: Iterable[MobilityRow], rates: RateTable, convention: str) -> dict[str, int | None]:
    """Organisational support by mobility, to the cent the project's own lines; None where a rate is unknown.

    "average": everyone of an activity type weighs the same, odd cents go to those who leave first. "departure": in
    the order of departure each adds what the line grows by. No published rule: a convention between the members.
    """
    groups: dict[tuple[str, bool], list[MobilityRow]] = defaultdict(list)
    for row in rows:
        if row.planned and not row.accompanying:
            groups[row.activity or "", rates.international(row.country)].append(row)
    found: dict[str, int | None] = {}
    for people in groups.values():
        people.sort(key=lambda row: (row.first_day or dt.date.max, row.number))
        lines = organisational_support([row.stay for row in people], rates)
        if any(line.amount is None for line in lines):
            found |= dict.fromkeys((row.id for row in people), None)
        elif convention == "departure":
            each = [line.rate or 0 for line in lines for _ in range(line.quantity or 0)]
            found |= {row.id: cents for row, cents in zip(people, each, strict=True)}
        else:
            whole, odd = divmod(sum(line.amount or 0 for line in lines), len(people))
            found |= {row.id: whole + (n < odd) for n, row in enumerate(people)}
    return found


def statements(
    members: Sequence[Allotted],
    rows: Sequence[MobilityRow],
    money: Mapping[str, Grant],
    rates: RateTable,
    convention: str,
    today: dt.date,
) -> tuple[Statement, ...]:
    """One statement a member, in their order; sending organisations that are no members come last.

    Support is shared anew among those engaged and those done, so that all members together are the project's line.
    """
    stages = ([row for row in rows if chosen(row, today)] for chosen in (_planned, budget.engaged, budget.done))
    spent = [_Spent(stage, money, shares(stage, rates, convention)) for stage in stages]
    known = {member.organisation_id for member in members}
    others: dict[str, Allotted] = {}
    for row in rows:
        if row.planned and row.sending_id and row.sending_id not in known:
            name = row.sending_organisation or ""
            others.setdefault(row.sending_id, Allotted(row.sending_id, name, joined=False))
    return tuple(_statement(member, *spent) for member in (*members, *sorted(others.values(), key=_by_name)))


def _by_name(member: Allotted) -> str:
    return sort_key(member.name)


def _planned(row: MobilityRow, _today: dt.date) -> bool:
    return row.planned


class _Spent:
    """What the stays of one stage cost, by the school that sends."""

    def __init__(
        self, rows: Sequence[MobilityRow], money: Mapping[str, Grant], support: Mapping[str, int | None]
    ) -> None:
        self._money, self._support = money, support
        self._rows: dict[str, list[MobilityRow]] = defaultdict(list)
        for row in rows:
            self._rows[row.sending_id or ""].append(row)

    def rows(self, school: str) -> Sequence[MobilityRow]:
        return self._rows[school]

    def grants(self, school: str) -> list[Grant]:
        return [self._money[row.id] for row in self.rows(school)]

    def support(self, school: str) -> int | None:
        return whole_sum(self._support[row.id] for row in self.rows(school) if row.id in self._support)

    def whole(self, school: str) -> int | None:
        """Grants and support; None while one of them is unknown."""
        return whole_sum([*(grant.total for grant in self.grants(school)), self.support(school)])


def _statement(member: Allotted, planned: _Spent, engaged: _Spent, done: _Spent) -> Statement:
    school = member.organisation_id
    grants = planned.grants(school)
    return Statement(
        member,
        sum(not row.accompanying for row in planned.rows(school)),
        sum(grant.known_total for grant in grants),
        planned.support(school),
        sum(not grant.complete for grant in grants),
        engaged.whole(school),
        done.whole(school),
    )


def total(found: Sequence[Statement]) -> Statement:
    """All members as one: allotted is the sum of what is typed, the rest is unknown as soon as one of them is."""
    members = [one.member for one in found]
    sums = [sum(getattr(member, name) for member in members) for name in ("transferred", "certified", "recovered")]
    return Statement(
        Allotted("", "", typed_sum(m.places for m in members), typed_sum(m.cents for m in members), None, None, *sums),
        sum(one.used_places for one in found),
        sum(one.grants for one in found),
        whole_sum(one.support for one in found),
        sum(one.incomplete for one in found),
        whole_sum(one.engaged for one in found),
        whole_sum(one.done for one in found),
    )


def to_return(found: Iterable[Statement]) -> int | None:
    """What comes back from all members together: one that used more than it was sent owes nothing to the others."""
    return whole_sum(one.to_return for one in found)
