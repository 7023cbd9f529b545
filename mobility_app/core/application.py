"""What schools ask for before a project is granted, what it would cost at known rates, and what they then got."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mobility_app.core import whatif
from mobility_app.core.facts import Stay
from mobility_app.core.members import Allotted
from mobility_app.core.rates import RateTable
from mobility_app.core.sums import typed_sum, whole_sum

_FIRST = dt.date(2027, 1, 4)  # a stay that is only asked for needs some first day; no amount depends on it


@dataclass(frozen=True)
class Need:
    """Like stays that one school asks for. `inclusion` are of the participants; `green` travel first, then adults."""

    id: str
    organisation_id: str
    activity: str
    number: int
    days: int
    travel_days: int = 0
    adults: int = 0
    inclusion: int = 0
    green: int = 0
    country: str | None = None
    distance_km: int | None = None
    organisation: str = ""


@dataclass(frozen=True)
class School:
    """One school: places and euros asked for, then allotted. `grants` leave organisational support out: its tiers
    count over the whole project."""

    organisation_id: str
    name: str
    requested: int
    adults: int
    grants: int | None  # None: a rate or a fact is missing
    places: int | None = None
    cents: int | None = None


@dataclass(frozen=True)
class Application:
    """`estimate` has every line of the whole project; `awarded` is None until the agency answered."""

    schools: tuple[School, ...]
    estimate: whatif.Outcome
    awarded: int | None

    @property
    def requested(self) -> int | None:
        """Cents for everything that is asked for; None while a rate or a fact is missing."""
        return self.estimate.difference if self.estimate.complete else None

    @property
    def allotted(self) -> int:
        return sum(school.cents or 0 for school in self.schools)


def changes(need: Need) -> Iterator[whatif.Change]:
    """The stays of a need: participants, then the adults who go with them."""
    green = min(need.green, need.number)
    for travels_green, count in ((True, green), (False, need.number - green)):
        yield whatif.Change(_stay(need, "participant", green=travels_green), count)
    green = min(need.green - green, need.adults)
    for travels_green, count in ((True, green), (False, need.adults - green)):
        yield whatif.Change(_stay(need, "accompanying", green=travels_green), count)


def _stay(need: Need, role: str, *, green: bool) -> Stay:
    last = _FIRST + dt.timedelta(need.days - 1)
    return Stay(
        need.activity,
        role,
        need.country,
        _FIRST,
        last,
        need.travel_days,
        distance_km=need.distance_km,
        green=green,
        course_days=need.days,
    )


def application(
    needs: Sequence[Need], members: Sequence[Allotted], rates: RateTable, awarded: int | None
) -> Application:
    """Requested, awarded and allotted side by side; `rates` are usually those of the last call."""
    own: dict[str, list[Need]] = defaultdict(list)
    names = {member.organisation_id: member.name for member in members}
    for need in needs:
        own[need.organisation_id].append(need)
        names.setdefault(need.organisation_id, need.organisation)
    known = {member.organisation_id: member for member in members}
    schools = tuple(_school(id_, name, own[id_], known.get(id_), rates) for id_, name in names.items())
    return Application(schools, _outcome(needs, rates), awarded)


def total(schools: Sequence[School], name: str) -> School:
    """All schools as one, under this name; estimated grants that are unknown of one are unknown of all."""
    return School(
        "",
        name,
        sum(school.requested for school in schools),
        sum(school.adults for school in schools),
        whole_sum(school.grants for school in schools),
        typed_sum(school.places for school in schools),
        typed_sum(school.cents for school in schools),
    )


def grants(needs: Sequence[Need], rates: RateTable) -> int | None:
    """Cents that go to these stays themselves; None while a rate or a fact is missing."""
    found = _outcome(needs, rates)
    known = sum(line.after for line in found.lines if line.key != "organisational_support")
    return known if found.complete else None


def _outcome(needs: Sequence[Need], rates: RateTable) -> whatif.Outcome:
    return whatif.outcome("", [change for need in needs for change in changes(need) if change.count], (), rates, {})


def _school(id_: str, name: str, needs: Sequence[Need], member: Allotted | None, rates: RateTable) -> School:
    return School(
        id_,
        name,
        sum(need.number for need in needs),
        sum(need.adults for need in needs),
        grants(needs, rates),
        member.places if member else None,
        member.cents if member else None,
    )
