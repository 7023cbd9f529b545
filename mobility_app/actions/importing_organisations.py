"""A sheet of schools or hosts: each row is a new one, a correction of a known one, or says nothing new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import closed, organisations, records
from mobility_app.actions.keeping import by_policy, keep_hers, with_remarks
from mobility_app.actions.pacing import Step, paced
from mobility_app.core.incoming import Decision, ImportRow, Plan, PlannedRow, Policy, Table
from mobility_app.core.matching import differs
from mobility_app.core.text import clean, compact
from mobility_app.fields import ORGANISATION
from mobility_app.store.columns import new_id
from mobility_app.store.journal import bulk_insert
from mobility_app.store.schema import Membership, Organisation

_CODES = ("oid", "pic", "uai", "siret")  # what names one organisation alone
_ROLE, _NOTES = "organisation:role", "organisation:notes"
_FIELDS = tuple(field for field in ORGANISATION if field.key != _ROLE)


def plan(s: Session, table: Table, *, policy: Policy = "add_and_update", step: Step | None = None) -> Plan:
    """Every row with its decision and reasons; nothing is written."""
    known = _Known(s)
    rows = [known.decide(row) for row in paced(table.rows, step)]
    return Plan(table, tuple(by_policy(row, policy) for row in keep_hers(s, rows)))


class _Known:
    """Organisations found by a code of theirs or by name; those of the sheet join as they come."""

    def __init__(self, s: Session) -> None:
        self._facts: dict[str, Mapping[str, Any]] = {}
        self._coded: dict[tuple[str, str], str] = {}
        self._named: dict[str, list[str]] = defaultdict(list)
        self._claimed: dict[str, ImportRow] = {}
        for row in s.scalars(select(Organisation).where(Organisation.deleted.is_(None)).order_by(Organisation.number)):
            roles = {f"is_{choice.code}": getattr(row, f"is_{choice.code}") for choice in _roles()}
            self._meet(row.id, {field.stored_as: getattr(row, field.stored_as) for field in _FIELDS} | roles)

    def _meet(self, id_: str, facts: Mapping[str, Any]) -> None:
        self._facts[id_] = facts
        self._named[compact(facts["name"])].append(id_)
        self._learn(id_, facts)

    def _learn(self, id_: str, facts: Mapping[str, Any]) -> None:
        for code in _CODES:
            if facts.get(code):
                self._coded.setdefault((code, facts[code]), id_)

    def decide(self, row: ImportRow) -> PlannedRow:
        if row.refused:
            return PlannedRow(row, "refused")
        said = {field.stored_as: row.values.get(field.key) for field in ORGANISATION}
        id_ = self._find(said)
        row = _with_notes(row, self._facts.get(id_, {}).get("notes"))
        if not id_ and not said["role"]:
            row = replace(row, values={**row.values, _ROLE: _likely_role(said)})
        if (first := self._claimed.get(id_)) is not None:
            return PlannedRow(row, "duplicate", same_as=first.number, same_as_sheet=first.sheet, organisation_id=id_)
        changes = self._changes(row, self._facts[id_]) if id_ else {}
        decision: Decision = "change" if changes else "unchanged" if id_ else "add"
        planned = PlannedRow(row, decision, changes=changes, organisation_id=id_ or new_id())
        if id_:
            self._learn(id_, said)
        else:
            self._meet(planned.organisation_id, said)
        self._claimed[planned.organisation_id] = row
        return planned

    def _find(self, said: Mapping[str, Any]) -> str:
        """By a code that both know; else by name, in the same country where both tell it."""
        coded = (self._coded.get((code, said[code]), "") for code in _CODES if said[code])
        return next(filter(None, coded), "") or next(
            (id_ for id_ in self._named[compact(said["name"])] if self._may_be(said, self._facts[id_])), ""
        )

    def _may_be(self, said: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
        """Not one with another code or in another country."""
        told = ("country", *_CODES)
        return all(said[name] == facts.get(name) for name in told if said[name] and facts.get(name))

    def _changes(self, row: ImportRow, facts: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
        """An empty cell changes nothing; a role is only ever added."""
        found = {
            field.key: (facts.get(field.stored_as), row.values[field.key])
            for field in _FIELDS
            if field.key in row.values and differs(field.stored_as, facts.get(field.stored_as), row.values[field.key])
        }
        role = row.values.get(_ROLE)
        return found if not role or facts.get(f"is_{role}") else found | {_ROLE: (None, role)}


def _likely_role(said: Mapping[str, Any]) -> str:
    """Of a new one of which the sheet does not tell: a school has a UAI or is in France, a host is abroad."""
    return "sender" if said["uai"] or said["country"] in (None, "FR") else "host"


def _with_notes(row: ImportRow, known: str | None) -> ImportRow:
    """Her other columns, comments of cells and the like join the notes."""
    remarks = (*(f"{title} : {value}" for title, value in row.own.items()), *row.remarks)
    if not remarks:
        return row
    notes = with_remarks(row.values.get(_NOTES) or known, remarks)
    return replace(row, values={**row.values, _NOTES: notes}, remarks=remarks)


def _roles() -> Any:
    return next(field.choices for field in ORGANISATION if field.key == _ROLE)


def apply(s: Session, plan: Plan, project_id: str, step: Step | None = None) -> None:
    """Writes what is new and what changed; new schools are members of the project."""
    if not plan.writes:
        return
    number = records.next_number(s, Organisation)
    new = []
    for place, row in enumerate(paced(plan.chosen("add"), step)):
        new.append({"id": row.organisation_id, "number": number + place} | _columns(row.row.values))
    bulk_insert(s, Organisation, new)
    members = [row["id"] for row in new if row.get("is_sender")] if project_id else []
    if members:
        closed.refuse(s, project_id)
        bulk_insert(s, Membership, [{"project_id": project_id, "organisation_id": id_} for id_ in members])
    for row in paced(plan.chosen("change"), step):
        changed = {key: will for key, (_was, will) in row.changes.items()}
        organisations.change(s, row.organisation_id, **_columns(changed))


def _columns(values: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in _FIELDS:
        value = values.get(field.key)
        if value is not None:
            found[field.stored_as] = clean(value)[: field.length] if isinstance(value, str) else value
    return found | ({f"is_{values[_ROLE]}": True} if values.get(_ROLE) else {})
