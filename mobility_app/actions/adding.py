"""New stays and people of a sheet, written as one batch a table with the organisations and flows that they need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.actions.pacing import Step, paced
from mobility_app.core.incoming import PlannedRow
from mobility_app.core.text import clean, compact
from mobility_app.fields import BY_KEY
from mobility_app.store.columns import Row, new_id
from mobility_app.store.journal import bulk_insert, table_of
from mobility_app.store.schema import Flow, Mobility, Organisation, Participant


def add(s: Session, rows: Sequence[PlannedRow], project_id: str, step: Step | None = None) -> None:
    """New rows go in as one batch a table, parents first."""
    organisations = _Organisations(s)
    people = _People(s, organisations)
    flows = _flows(s, project_id)
    stays: list[dict[str, Any]] = []
    first_number = records.next_number(s, Mobility)
    new_flows: list[dict[str, Any]] = []
    for planned in paced(rows, step):
        values = planned.row.values
        sending = people.meet(planned)
        place = {"country": values.get("country"), "town": values.get("town")}
        host = organisations.id("host", values.get("host"), **place)
        flow = values.get("flow")
        if flow and flow not in flows:
            flows[flow] = new_id()
            number = records.next_number(s, Flow) + len(new_flows)
            new_flows.append({"id": flows[flow], "number": number, "project_id": project_id, "name": flow})
        stays.append(
            {"role": "participant", "decision": "selected"}
            | _columns("mobility", values)
            | {"id": planned.mobility_id, "number": first_number + len(stays), "project_id": project_id}
            | {
                "participant_id": planned.participant_id,
                "sending_id": sending,
                "host_id": host,
                "own": dict(planned.row.own),
            }
            | {"flow_id": flows.get(flow or "")}
        )
    bulk_insert(s, Organisation, organisations.new)
    bulk_insert(s, Participant, people.new)
    bulk_insert(s, Flow, new_flows)
    bulk_insert(s, Mobility, stays)


def add_people(s: Session, rows: Sequence[PlannedRow], step: Step | None = None) -> None:
    """New people without stays, and the schools that they come from."""
    organisations = _Organisations(s)
    people = _People(s, organisations)
    for planned in paced(rows, step):
        people.meet(planned)
    bulk_insert(s, Organisation, organisations.new)
    bulk_insert(s, Participant, people.new)


def _columns(owner: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values that one table holds, cleaned and cut to their columns' lengths, unknown ones left out."""
    kinds: dict[str, type[Row]] = {"mobility": Mobility, "participant": Participant, "account": Participant}
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


class _People:
    """Those whom the dossier knows, and the new ones with their schools."""

    def __init__(self, s: Session, organisations: _Organisations) -> None:
        self.new: list[dict[str, Any]] = []
        self._organisations = organisations
        self._known = set(s.scalars(select(Participant.id)))
        self._number = records.next_number(s, Participant)

    def meet(self, planned: PlannedRow) -> str | None:
        """Notes the person down when they are new; returns the id of the school that the row names."""
        values, person = planned.row.values, planned.participant_id
        uai = values.get("sending_uai")
        school = self._organisations.id("sender", values.get("sending_organisation"), uai=uai)
        if person not in self._known:
            self._known.add(person)
            named = {"id": person, "number": self._number + len(self.new), "organisation_id": school}
            self.new.append(named | _columns("participant", values) | _columns("account", values))
        return school


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
