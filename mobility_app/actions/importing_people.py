"""A sheet of people without stays: each row is somebody new, a correction of somebody known, or nobody's business."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import adding, bank_details, organisations, participants
from mobility_app.actions.keeping import by_policy, keep_hers
from mobility_app.actions.known import IDENTITY, Known, remember_people
from mobility_app.actions.pacing import Step, paced
from mobility_app.core.incoming import ImportRow, Near, Plan, PlannedRow, Policy, Table
from mobility_app.core.matching import differs
from mobility_app.fields import SHEETS
from mobility_app.store import queries
from mobility_app.store.columns import new_id

_FIELDS = tuple(field for field in SHEETS["participants"] if field.owner == "participant")


def plan(
    s: Session, table: Table, *, today: dt.date, policy: Policy = "add_and_update", step: Step | None = None
) -> Plan:
    """Every row with its decision and reasons; nothing is written."""
    known = _People(s, today)
    rows = [known.decide(row) for row in paced(table.rows, step)]
    return Plan(table, tuple(by_policy(row, policy) for row in keep_hers(s, rows)))


class _People:
    """Those whom the dossier knows with all their facts; new people of the sheet join as they come."""

    def __init__(self, s: Session, today: dt.date) -> None:
        self._known = Known(s, "", today)
        self._accounts = bank_details.Accounts(s)
        self._claimed: dict[str, ImportRow] = {}
        self._facts: dict[str, dict[str, Any]] = {}
        for row in queries.participants(s):
            facts = {field.key: getattr(row, field.stored_as) for field in _FIELDS}
            self._facts[row.id] = facts | {"sending_organisation": row.organisation}

    def decide(self, row: ImportRow) -> PlannedRow:
        if row.refused:
            return PlannedRow(row, "refused")
        person, told = self._known.person(row.values)
        if person:
            planned = self._somebody(row, person, told=told)
        else:
            near = tuple(self._near(row, other) for other in self._known.near(row.values))
            planned = PlannedRow(row, "add", participant_id=new_id(), near=near)
            self._known.meet({**row.values, "participant_id": planned.participant_id})
        self._claimed.setdefault(planned.participant_id, row)
        self._accounts.give(row, planned.participant_id)
        return planned

    def _somebody(self, row: ImportRow, person: str, *, told: bool) -> PlannedRow:
        if (first := self._claimed.get(person)) is not None:
            return PlannedRow(row, "duplicate", "", person, {}, first.number, first.sheet, known_as=told)
        facts = self._facts.get(person, {})
        account, row = self._accounts.changes(row, person)
        changes = _changes(row.values, facts, but=IDENTITY if told else ()) | account
        return PlannedRow(row, "change" if changes else "unchanged", "", person, changes, known_as=told)

    def _near(self, row: ImportRow, person: Mapping[str, Any]) -> Near:
        """What becomes of the row if it speaks of this person."""
        id_ = person["participant_id"]
        planned = self._somebody(row, id_, told=True)
        name = f"{person['last_name']} {person['first_name']}"
        return Near(id_, name, person.get("birth_date"), person.get("sending_organisation") or "", planned)


def _changes(said: Mapping[str, Any], facts: Mapping[str, Any], but: tuple[str, ...]) -> dict[str, tuple[Any, Any]]:
    """An empty cell changes nothing."""
    keys = (*(field.key for field in _FIELDS), "sending_organisation")
    return {
        key: (facts.get(key), said[key])
        for key in keys
        if key not in but and key in said and differs(key, facts.get(key), said[key])
    }


def apply(s: Session, plan: Plan, step: Step | None = None) -> None:
    """Writes the people to add and to change. A plan that changes nothing writes nothing."""
    if not plan.writes:
        return
    adding.add_people(s, plan.chosen("add"), step)
    changed = plan.chosen("change")
    for row in paced(changed, step):
        values = {field.stored_as: row.changes[field.key][1] for field in _FIELDS if field.key in row.changes}
        if "sending_organisation" in row.changes:
            school = row.changes["sending_organisation"][1]
            values["organisation_id"] = organisations.find_or_add(s, "sender", school)
        participants.change(s, row.participant_id, **values)
    bank_details.enter(s, changed)
    remember_people(s, plan)
