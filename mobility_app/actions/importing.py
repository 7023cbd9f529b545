"""Bringing a sheet in: `plan` compares and writes nothing, `apply` writes the plan as one step.

Between the two she may decide otherwise on any row: see `deciding`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import adding, bank_details, closed, mobilities, tracking
from mobility_app.actions.keeping import by_policy, keep_hers, with_remarks
from mobility_app.actions.known import IDENTITY, Known, Values, remember_people
from mobility_app.actions.pacing import Step, paced
from mobility_app.core.incoming import Decision, ImportRow, Near, Plan, PlannedRow, Policy, Table
from mobility_app.core.matching import differs
from mobility_app.fields import BY_KEY
from mobility_app.store.columns import new_id
from mobility_app.store.parts import parts
from mobility_app.store.schema import Mobility, Participant, Project

_TRACKED = ("paper", "payment")
_BESIDE = (*_TRACKED, "account")  # what a row brings beside the fields of a stay and of a person
_PERSON = ("participant", "account")


def plan(
    s: Session,
    table: Table,
    project_id: str,
    *,
    today: dt.date,
    policy: Policy = "add_and_update",
    cut_off: dt.date | None = None,
    step: Step | None = None,
) -> Plan:
    """Every row of the table with its decision and reasons; nothing is written. `project_id` "" is a new project.

    Papers of stays begun (or, for what follows a stay, ended) before `cut_off` are taken as followed elsewhere.
    """
    tracked = cut_off is not None or any(_owner(column.field_key or "") in _TRACKED for column in table.columns)
    known = Known(s, project_id, today, tracked=tracked)
    money = tracking.money_of(s, project_id) if tracked else None
    paid_to = any(_owner(column.field_key or "") == "account" for column in table.columns)
    beside = _Beside(money, cut_off, tracked, bank_details.Accounts(s) if paid_to else None)
    claimed: dict[str, ImportRow] = {}  # stay -> the row of this file that took it
    rows = []
    for row in paced(table.rows, step):
        rows.append(_decide(row, known, claimed, beside))
        _claim(rows[-1], known, claimed, beside)
    rows = [by_policy(row, policy) for row in keep_hers(s, rows)]
    return Plan(table, tuple(_with_otherwise(row, known, claimed, beside) for row in rows))


@dataclass(frozen=True)
class _Beside:
    """What a row may bring beside its fields: papers, payments, bank details and remarks."""

    money: tracking.Money | None
    cut_off: dt.date | None
    tracked: bool
    accounts: bank_details.Accounts | None

    def changes(self, row: ImportRow, stay: Values, person: str) -> tuple[dict[str, tuple[Any, Any]], ImportRow]:
        """`person` is "" for somebody new, whose account comes with them."""
        found: dict[str, tuple[Any, Any]] = {}
        if self.tracked:
            found, row = tracking.changes(row, stay, self.money, self.cut_off)
        if self.accounts and person:
            account, row = self.accounts.changes(row, person)
            found |= account
        if row.remarks:
            notes = with_remarks(row.values.get("notes") or stay.get("notes"), row.remarks)
            row = replace(row, values={**row.values, "notes": notes})
        return found, row


def _claim(planned: PlannedRow, known: Known, claimed: dict[str, ImportRow], beside: _Beside) -> None:
    """The rows below find what this one brings: a second one for the same stay doubles it."""
    if planned.decision == "add":
        ids = {"mobility_id": planned.mobility_id, "participant_id": planned.participant_id}
        known.remember({**planned.row.values, **ids, "row": planned.row.number})
    if planned.decision != "refused":
        claimed.setdefault(planned.mobility_id, planned.row)
        if beside.accounts:
            beside.accounts.give(planned.row, planned.participant_id)


def _decide(row: ImportRow, known: Known, claimed: Mapping[str, ImportRow], beside: _Beside) -> PlannedRow:
    if row.refused:
        return PlannedRow(row, "refused")
    stay = known.by_id(row.known_id) or known.by_module(row.values)
    person, told = (stay["participant_id"], False) if stay else known.person(row.values)
    stay = stay or known.stay(row.values, person, claimed)
    if stay is not None:
        return _same_stay(row, stay, claimed, beside, told=told)
    near = () if person else tuple(_near(row, other, known, claimed, beside) for other in known.near(row.values))
    changes, row = beside.changes(row, {}, person)
    return PlannedRow(row, "add", new_id(), person or new_id(), changes, near=near, known_as=told)


def _same_stay(
    row: ImportRow, stay: Values, claimed: Mapping[str, ImportRow], beside: _Beside, *, told: bool
) -> PlannedRow:
    id_, person = stay["mobility_id"], stay["participant_id"]
    more, row = beside.changes(row, stay, person)
    changes = _changes(row, stay, but=IDENTITY if told else ()) | more
    if (first := claimed.get(id_)) is not None:
        return PlannedRow(row, "duplicate", id_, person, changes, first.number, first.sheet, known_as=told)
    decision: Decision = "change" if changes else "unchanged"
    return PlannedRow(row, decision, id_, person, changes, known_as=told)


def _near(row: ImportRow, person: Values, known: Known, claimed: Mapping[str, ImportRow], beside: _Beside) -> Near:
    """What becomes of the row if it speaks of this person: the claims of other rows stay as they are."""
    id_ = person["participant_id"]
    stay = known.stay(row.values, id_, claimed)
    if stay is None:
        changes, row = beside.changes(row, {}, id_)
        planned = PlannedRow(row, "add", new_id(), id_, changes, known_as=True)
    else:
        planned = _same_stay(row, stay, claimed, beside, told=True)
    name = f"{person['last_name']} {person['first_name']}"
    return Near(id_, name, person.get("birth_date"), person.get("sending_organisation") or "", planned)


def _changes(row: ImportRow, stay: Values, but: tuple[str, ...] = ()) -> dict[str, tuple[Any, Any]]:
    """An empty cell changes nothing."""
    found = {
        key: (stay.get(key), value)
        for key, value in row.values.items()
        if key not in but and _owner(key) not in _BESIDE and differs(key, stay.get(key), value)
    }
    own = stay.get("own") or {}
    return found | {
        f"own:{title}": (own.get(title), value)
        for title, value in row.own.items()
        if differs("", own.get(title), value)
    }


def _with_otherwise(row: PlannedRow, known: Known, claimed: Mapping[str, ImportRow], beside: _Beside) -> PlannedRow:
    """A refused row that has a name can still come in, without the values that nobody can read."""
    if row.decision != "refused" or not (row.row.values.get("last_name") and row.row.values.get("first_name")):
        return row
    refused = {problem.field: None for problem in row.row.problems if problem.refuses}
    notes = tuple(replace(problem, refuses=False) for problem in row.row.problems)
    bare = replace(row.row, values={**row.row.values, **refused}, problems=notes)
    return replace(row, otherwise=_decide(bare, known, claimed, beside))


# ---- writing ---------------------------------------------------------------------------------------------------------


def apply(s: Session, plan: Plan, project_id: str, step: Step | None = None) -> None:
    """Writes the rows to add and to change. A plan that changes nothing writes nothing."""
    if not plan.writes:
        return
    closed.refuse(s, project_id)
    mobilities.keep_own_fields(s, plan.table.own_columns)
    adding.add(s, plan.chosen("add"), project_id, step)
    changed = plan.chosen("change")
    _held = [*_load(s, changed), s.get(Project, project_id)]  # whether it is closed is asked of every stay
    for row in paced(changed, step):
        _change(s, row)
    tracking.enter(s, [*plan.chosen("add"), *changed])
    bank_details.enter(s, [*plan.chosen("add"), *changed])
    remember_people(s, plan)


def _load(s: Session, rows: Sequence[PlannedRow]) -> list[Any]:
    """The records that will change, read many at once; whoever keeps the list finds each without a query."""
    stays = {row.mobility_id for row in rows}
    people = {row.participant_id for row in rows if any(_owner(key) in _PERSON for key in row.changes)}
    wanted = ((Mobility, stays), (Participant, people))
    return [
        record
        for kind, ids in wanted
        for part in parts(sorted(ids))
        for record in s.scalars(select(kind).where(kind.id.in_(part)))
    ]


def _owner(key: str) -> str:
    return BY_KEY[key].owner if key in BY_KEY else ""


def _elsewhere(key: str) -> bool:
    return key.startswith("own:") or _owner(key) in _BESIDE


def _change(s: Session, row: PlannedRow) -> None:
    values = {key: will for key, (_was, will) in row.changes.items() if not _elsewhere(key)}
    mobilities.change(s, row.mobility_id, **values)
    for key, (_was, will) in row.changes.items():
        if key.startswith("own:"):
            mobilities.set_own(s, row.mobility_id, key.removeprefix("own:"), will)
