"""Bringing a sheet in: `plan` compares and writes nothing, `apply` writes the plan as one step."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import mobilities, records
from mobility_app.core.facts import MobilityRow
from mobility_app.core.incoming import Decision, ImportRow, Plan, PlannedRow, Table
from mobility_app.core.matching import differs, person_key, same_kind, same_person, same_stay
from mobility_app.core.text import clean, compact
from mobility_app.fields import BY_KEY
from mobility_app.store import queries
from mobility_app.store.columns import Row, new_id
from mobility_app.store.journal import bulk_insert, table_of
from mobility_app.store.schema import Flow, Mobility, Organisation, Participant

Policy = str  # add_and_update | add | update


class _Known:
    """The stays of the project and the people of the dossier, found by name or by module ID."""

    def __init__(self, s: Session, project_id: str, today: dt.date) -> None:
        self.by_bm_id: dict[str, dict[str, Any]] = {}
        self.stays: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self.people: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in queries.mobilities(s, project_id=project_id, today=today) if project_id else ():
            self.remember(_values_of(row))
        for person in queries.participants(s):
            values = {key: getattr(person, key) for key in ("last_name", "first_name", "birth_date")}
            values |= {"participant_id": person.id, "sending_organisation": person.organisation}
            self.people[person_key(values)].append(values)

    def remember(self, values: dict[str, Any]) -> None:
        self.stays[person_key(values)].append(values)
        if values.get("bm_id"):
            self.by_bm_id[values["bm_id"]] = values

    def stay(self, values: Mapping[str, Any], claimed: Mapping[str, int]) -> dict[str, Any] | None:
        """The same stay: by module ID, then by person and start; else the person's only stay of that kind, moved."""
        if found := self.by_bm_id.get(values.get("bm_id") or ""):
            return found
        mine = [stay for stay in self.stays[person_key(values)] if same_person(values, stay)]
        for stay in mine:
            if same_stay(values, stay):
                return stay
        moved = [stay for stay in mine if "row" not in stay and same_kind(values, stay) and _no_other_id(values, stay)]
        if len(moved) == 1 and len(mine) == 1 and moved[0]["mobility_id"] not in claimed:
            return moved[0]
        return None

    def person(self, values: Mapping[str, Any]) -> str:
        for person in self.people[person_key(values)]:
            if same_person(values, person):
                return str(person["participant_id"])
        return ""


def _no_other_id(values: Mapping[str, Any], stay: Mapping[str, Any]) -> bool:
    return not (values.get("bm_id") and stay.get("bm_id") and values["bm_id"] != stay["bm_id"])


def _values_of(row: MobilityRow) -> dict[str, Any]:
    values = {key: getattr(row, key) for key, field in BY_KEY.items() if field.owner != "derived"}
    return values | {"mobility_id": row.id, "participant_id": row.participant_id, "own": row.own}


def plan(s: Session, table: Table, project_id: str, *, today: dt.date, policy: Policy = "add_and_update") -> Plan:
    """Every row of the table with its decision and reasons; nothing is written. `project_id` "" is a new project."""
    known = _Known(s, project_id, today)
    claimed: dict[str, int] = {}  # stay -> the row of this file that took it
    rows = [_decide(row, known, claimed) for row in table.rows]
    if policy == "add":
        rows = [replace(row, decision="unchanged") if row.decision == "change" else row for row in rows]
    if policy == "update":
        rows = [replace(row, decision="unchanged") if row.decision == "add" else row for row in rows]
    return Plan(table, tuple(rows))


def _decide(row: ImportRow, known: _Known, claimed: dict[str, int]) -> PlannedRow:
    if row.refused:
        return PlannedRow(row, "refused")
    stay = known.stay(row.values, claimed)
    if stay is None:
        mobility_id = new_id()
        person = known.person(row.values)
        values = {**row.values, "mobility_id": mobility_id, "row": row.number, "participant_id": person or new_id()}
        known.remember(values)
        if not person:  # a second stay of a new person finds the first
            known.people[person_key(values)].append(values)
        claimed[mobility_id] = row.number
        return PlannedRow(row, "add", mobility_id, values["participant_id"])
    id_ = stay["mobility_id"]
    if id_ in claimed:
        return PlannedRow(row, "duplicate", id_, stay["participant_id"], same_as=claimed[id_])
    claimed[id_] = row.number
    changes = _changes(row, stay)
    decision: Decision = "change" if changes else "unchanged"
    return PlannedRow(row, decision, id_, stay["participant_id"], changes)


def _changes(row: ImportRow, stay: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """An empty cell changes nothing."""
    found = {key: (stay.get(key), value) for key, value in row.values.items() if differs(key, stay.get(key), value)}
    own = stay.get("own") or {}
    return found | {
        f"own:{title}": (own.get(title), value)
        for title, value in row.own.items()
        if differs("", own.get(title), value)
    }


# ---- writing ---------------------------------------------------------------------------------------------------------


def apply(s: Session, plan: Plan, project_id: str) -> None:
    """Writes the rows to add and to change. A plan that changes nothing writes nothing."""
    if not plan.writes:
        return
    mobilities.keep_own_fields(s, plan.table.own_columns)
    _add(s, plan.chosen("add"), project_id)
    for row in plan.chosen("change"):
        _change(s, row)


def _change(s: Session, row: PlannedRow) -> None:
    values = {key: will for key, (_was, will) in row.changes.items() if not key.startswith("own:")}
    mobilities.change(s, row.mobility_id, **values)
    for key, (_was, will) in row.changes.items():
        if key.startswith("own:"):
            mobilities.set_own(s, row.mobility_id, key.removeprefix("own:"), will)


def _add(s: Session, rows: Iterable[PlannedRow], project_id: str) -> None:
    """New rows go in as one batch a table, parents first."""
    organisations = _Organisations(s)
    flows = _flows(s, project_id)
    people = {id_ for id_ in s.scalars(select(Participant.id))}
    new_people: list[dict[str, Any]] = []
    stays: list[dict[str, Any]] = []
    numbers = {kind: records.next_number(s, kind) for kind in (Participant, Mobility)}
    new_flows: list[dict[str, Any]] = []
    for planned in rows:
        values = planned.row.values
        sending = organisations.id("sender", values.get("sending_organisation"), uai=values.get("sending_uai"))
        place = {"country": values.get("country"), "town": values.get("town")}
        host = organisations.id("host", values.get("host"), **place)
        person = planned.participant_id
        if person not in people:
            people.add(person)
            number = numbers[Participant] + len(new_people)
            new_people.append(
                {"id": person, "number": number, "organisation_id": sending} | _columns("participant", values)
            )
        flow = values.get("flow")
        if flow and flow not in flows:
            flows[flow] = new_id()
            number = records.next_number(s, Flow) + len(new_flows)
            new_flows.append({"id": flows[flow], "number": number, "project_id": project_id, "name": flow})
        stays.append(
            {"role": "participant", "decision": "selected"}
            | _columns("mobility", values)
            | {"id": planned.mobility_id, "number": numbers[Mobility] + len(stays), "project_id": project_id}
            | {"participant_id": person, "sending_id": sending, "host_id": host, "own": dict(planned.row.own)}
            | {"flow_id": flows.get(flow or "")}
        )
    bulk_insert(s, Organisation, organisations.new)
    bulk_insert(s, Participant, new_people)
    bulk_insert(s, Flow, new_flows)
    bulk_insert(s, Mobility, stays)


def _columns(owner: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that one table holds, cleaned and cut to their columns' lengths, unknown ones left out."""
    kinds: dict[str, type[Row]] = {"mobility": Mobility, "participant": Participant}
    table = table_of(kinds[owner].__tablename__)
    found = {}
    for key, value in values.items():
        field = BY_KEY[key]
        if field.owner == owner and value is not None:
            length = getattr(table.c[field.stored_as].type, "length", None)
            found[field.stored_as] = clean(value)[:length] if isinstance(value, str) else value
    return found


def _flows(s: Session, project_id: str) -> dict[str, str]:
    query = select(Flow.name, Flow.id).where(Flow.project_id == project_id, Flow.deleted.is_(None))
    return {name: id_ for name, id_ in s.execute(query)}


class _Organisations:
    """Known and new organisations by the names that people write; a host of the same name elsewhere is another."""

    def __init__(self, s: Session) -> None:
        self.new: list[dict[str, Any]] = []
        self._number = records.next_number(s, Organisation)
        self._by_name: dict[str, list[Any]] = defaultdict(list)
        for row in s.scalars(select(Organisation).where(Organisation.deleted.is_(None))):
            self._by_name[compact(row.name)].append(row)

    def id(self, role: str, name: str | None, **facts: Any) -> str | None:
        if not name:
            return None
        flag = f"is_{role}"
        for known in self._by_name[compact(name)]:
            if role != "host" or _get(known, "country") in (None, facts.get("country")):
                self._complete(known, flag, facts)
                return str(_get(known, "id"))
        row = {"id": new_id(), "number": self._number + len(self.new), "name": clean(name)[:200], flag: True}
        row |= {key: value for key, value in facts.items() if value}
        self.new.append(row)
        self._by_name[compact(name)].append(row)
        return str(row["id"])

    def _complete(self, known: Any, flag: str, facts: Mapping[str, Any]) -> None:
        """A known organisation takes the role and the facts that it lacks."""
        for name, value in {flag: True, **facts}.items():
            if value and not _get(known, name):
                if isinstance(known, dict):
                    known[name] = value
                else:
                    setattr(known, name, value)


def _get(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name)
