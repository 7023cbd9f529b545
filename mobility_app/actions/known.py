"""The stays and the people of a dossier as the rows of a sheet are compared with them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import likeness, participants, settings
from mobility_app.core.facts import MobilityRow
from mobility_app.core.incoming import Plan
from mobility_app.core.matching import person_key, same_kind, same_person, same_stay, spelling
from mobility_app.fields import MOBILITY
from mobility_app.store import queries
from mobility_app.store.tracked import values as tracked_values

_STORED = tuple(field.key for field in MOBILITY if field.owner != "derived")
IDENTITY = ("last_name", "first_name", "birth_date")
SPELLINGS = "known spellings"  # setting: fingerprint of a spelling -> the person whom she said it is

Values = dict[str, Any]


class Known:
    """Found by name, by module ID, or by a spelling that she explained; new people of the sheet join as they come."""

    def __init__(self, s: Session, project_id: str, today: dt.date, *, tracked: bool = False) -> None:
        """`tracked`: the papers and payments of the stays are known too."""
        self.stays: dict[str, list[Values]] = defaultdict(list)  # of each person
        self.people: dict[str, Values] = {}
        self._by_bm_id: dict[str, Values] = {}
        self._by_id: dict[str, Values] = {}
        self._named: dict[tuple[str, str], list[Values]] = defaultdict(list)
        self._likeness: likeness.Likeness | None = None
        self._spellings: Mapping[str, str] = settings.get(s, SPELLINGS)
        for person in queries.participants(s):
            values = {key: getattr(person, key) for key in ("last_name", "first_name", "birth_date")}
            self.meet(values | {"participant_id": person.id, "sending_organisation": person.organisation})
        papers = tracked_values(s, project_id) if tracked and project_id else {}
        for row in queries.mobilities(s, project_id=project_id, today=today) if project_id else ():
            self.remember(_values_of(row) | papers.get(row.id, {}))

    def meet(self, person: Values) -> None:
        """A person, once; a school known from any of their stays stands for one that the person lacks."""
        if person["participant_id"] in self.people:
            return
        self.people[person["participant_id"]] = person
        self._named[person_key(person)].append(person)
        if self._likeness is not None:
            self._likeness.add(person["participant_id"], person)

    def remember(self, stay: Values) -> None:
        self.meet(stay)
        self.stays[stay["participant_id"]].append(stay)
        self._by_id[stay["mobility_id"]] = stay
        if stay.get("bm_id"):
            self._by_bm_id[stay["bm_id"]] = stay

    def person(self, values: Mapping[str, Any]) -> tuple[str, bool]:
        """The person's id or "", and whether only her word says that the spelling is theirs."""
        name_alone = not (values.get("birth_date") or values.get("sending_organisation"))
        if name_alone and (found := self._only_one(values)):
            return found, False
        for person in self._named.get(person_key(values), ()):
            if same_person(values, person) or any(same_person(values, stay) for stay in self._stays_of(person)):
                return str(person["participant_id"]), False
        told = self._spellings.get(spelling(values), "")
        return (told, True) if told in self.people else ("", False)

    def _only_one(self, values: Mapping[str, Any]) -> str:
        """Nothing but the name is told: the only one who has it, or the only one of those who makes this very stay."""
        named = self._named.get(person_key(values), [])
        if len(named) > 1 and values.get("start"):
            named = [person for person in named if any(same_stay(values, stay) for stay in self._stays_of(person))]
        return str(named[0]["participant_id"]) if len(named) == 1 else ""

    def _stays_of(self, person: Values) -> list[Values]:
        return self.stays.get(person["participant_id"], [])

    def by_id(self, mobility_id: str) -> Values | None:
        return self._by_id.get(mobility_id) if mobility_id else None

    def by_module(self, values: Mapping[str, Any]) -> Values | None:
        return self._by_bm_id.get(values.get("bm_id") or "")

    def stay(self, values: Mapping[str, Any], person: str, claimed: Mapping[str, Any]) -> Values | None:
        """The person's same stay; else their only one of that kind, moved."""
        mine = self.stays.get(person, [])
        for stay in mine:
            if same_stay(values, stay):
                return stay
        moved = [stay for stay in mine if "row" not in stay and same_kind(values, stay) and _no_other_id(values, stay)]
        if len(moved) == 1 and len(mine) == 1 and moved[0]["mobility_id"] not in claimed:
            return moved[0]
        return None

    def near(self, values: Mapping[str, Any]) -> list[Values]:
        """People whom a new one resembles, the most alike first."""
        if self._likeness is None:
            self._likeness = likeness.Likeness()
            for id_, person in self.people.items():
                self._likeness.add(id_, person)
        return [self.people[id_] for id_ in self._likeness.near(values)]


def remember_people(s: Session, plan: Plan) -> None:
    """Her word on people with like names: neither question is asked again."""
    for row in plan.rows:
        for other in row.distinct if row.decision in ("add", "change") else ():
            participants.not_the_same(s, row.participant_id, other)
    told = [row for row in plan.rows if row.known_as and row.decision in ("add", "change", "unchanged")]
    if told:
        spellings = {spelling(row.row.values): row.participant_id for row in told}
        settings.put(s, SPELLINGS, {**settings.get(s, SPELLINGS), **spellings})


def _no_other_id(values: Mapping[str, Any], stay: Mapping[str, Any]) -> bool:
    return not (values.get("bm_id") and stay.get("bm_id") and values["bm_id"] != stay["bm_id"])


def _values_of(row: MobilityRow) -> Values:
    values = {key: getattr(row, key) for key in _STORED}
    return values | {"mobility_id": row.id, "participant_id": row.participant_id, "own": row.own}
