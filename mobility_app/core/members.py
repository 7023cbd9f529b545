"""What each member of a consortium was allotted, uses and returns; organisational support shared by a convention."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core.facts import Grant, MobilityRow
from mobility_app.core.project_lines import organisational_support
from mobility_app.core.rates import RateTable


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


@dataclass(frozen=True)
class Statement:
    """One member's places and euros; None: not allotted, or an amount is unknown."""

    member: Allotted
    used_places: int
    grants: int  # known amounts of its mobilities
    support: int | None  # its share of organisational support
    incomplete: int  # mobilities with an unknown amount

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
) -> tuple[Statement, ...]:
    """One statement a member, in their order; sending organisations that are no members come last."""
    support = shares(rows, rates, convention)
    known = {member.organisation_id for member in members}
    own: dict[str, list[MobilityRow]] = defaultdict(list)
    others: dict[str, Allotted] = {}
    for row in rows:
        if row.planned and row.sending_id:
            own[row.sending_id].append(row)
            if row.sending_id not in known:
                others.setdefault(row.sending_id, Allotted(row.sending_id, row.sending_organisation or ""))
    return tuple(
        _statement(member, own[member.organisation_id], money, support) for member in (*members, *others.values())
    )


def _statement(
    member: Allotted, rows: Sequence[MobilityRow], money: Mapping[str, Grant], support: Mapping[str, int | None]
) -> Statement:
    mine = [support[row.id] for row in rows if row.id in support]
    return Statement(
        member,
        sum(not row.accompanying for row in rows),
        sum(money[row.id].known_total for row in rows),
        None if None in mine else sum(cents for cents in mine if cents is not None),
        sum(not money[row.id].complete for row in rows),
    )
