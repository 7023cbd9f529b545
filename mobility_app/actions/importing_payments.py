"""A list of payments: each line finds its stay by our number, the module's ID or the person, and is entered once."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import closed, payments
from mobility_app.actions.keeping import by_policy
from mobility_app.actions.pacing import Step, paced
from mobility_app.core.facts import MobilityRow
from mobility_app.core.incoming import ImportRow, Plan, PlannedRow, Policy, Problem, Table
from mobility_app.core.matching import person_key
from mobility_app.fields import PAYMENT, PAYMENT_KINDS, choice_title
from mobility_app.i18n import N_, Term, Text, text
from mobility_app.store import queries
from mobility_app.store.journal import bulk_insert
from mobility_app.store.parts import parts
from mobility_app.store.schema import Payment

_Paid = tuple[str, str, int, dt.date | None]  # stay, kind, cents, day
_ENTERED = tuple(field for field in PAYMENT if field.key != "entry:number")


def plan(
    s: Session,
    table: Table,
    project_id: str,
    *,
    today: dt.date,
    policy: Policy = "add_and_update",
    step: Step | None = None,
) -> Plan:
    """Every line with its stay, or with the reason why it has none; nothing is written."""
    book = _Ledger(s, table, queries.mobilities(s, project_id=project_id, today=today))
    return Plan(table, tuple(by_policy(book.decide(row), policy) for row in paced(table.rows, step)))


class _Ledger:
    """The stays of the project and what was paid for them; lines of the sheet join as they come."""

    def __init__(self, s: Session, table: Table, stays: Sequence[MobilityRow]) -> None:
        self._headers = {column.field_key: column.header for column in table.columns}
        self._numbered = {stay.number: stay for stay in stays}
        self._module = {stay.bm_id: stay for stay in stays if stay.bm_id}
        self._named: dict[tuple[str, str], list[MobilityRow]] = defaultdict(list)
        for stay in stays:
            self._named[_key(stay)].append(stay)
        self._entered: Counter[_Paid] = Counter()
        for part in parts([stay.id for stay in stays]):
            found = select(Payment).where(Payment.mobility_id.in_(part), Payment.deleted.is_(None))
            self._entered.update((paid.mobility_id, paid.kind, paid.cents, paid.date) for paid in s.scalars(found))
        self._advanced = {paid[0] for paid in self._entered if paid[1] == "advance"}
        self._claimed: dict[_Paid, ImportRow] = {}

    def decide(self, row: ImportRow) -> PlannedRow:
        if row.refused:
            return PlannedRow(row, "refused")
        stay, key, trouble = self._stay(row.values)
        if stay is None:
            return PlannedRow(self._told(row, key, trouble, refuses=True), "refused")
        row = self._with_kind(row, stay)
        row = replace(row, values={**row.values, "last_name": stay.last_name, "first_name": stay.first_name})
        values = row.values
        cents = payments.signed(values["entry:kind"], values["entry:cents"])
        paid = (stay.id, values["entry:kind"], cents, values["entry:date"])
        changes = {field.key: (None, values.get(field.key)) for field in _ENTERED} | {"entry:cents": (None, cents)}
        planned = PlannedRow(row, "add", stay.id, stay.participant_id, changes)
        if (first := self._claimed.get(paid)) is not None:
            return replace(planned, decision="duplicate", same_as=first.number, same_as_sheet=first.sheet)
        self._claimed[paid] = row
        if values["entry:kind"] == "advance":
            self._advanced.add(stay.id)
        return replace(planned, decision="unchanged") if self._entered[paid] else planned

    def _stay(self, said: Mapping[str, Any]) -> tuple[MobilityRow | None, str, Text]:
        """The stay that the line is for; else the field that does not name one, and why."""
        if number := said.get("entry:number"):
            found = self._numbered.get(number)
            if found is None:
                return None, "entry:number", text(N_("This project has no mobility no. {number}."), number=number)
            if said.get("last_name") and person_key(said)[0] != _key(found)[0]:
                template = N_("No. {number} is the mobility of {name}.")
                return None, "last_name", text(template, number=number, name=found.full_name)
            return found, "", text("")
        if said.get("bm_id"):
            template = N_("This project has no mobility with this ID.")
            return self._module.get(said["bm_id"]), "bm_id", text(template)
        mine = [stay for stay in self._named.get(person_key(said), ()) if _may_be(said, stay)]
        if not mine:
            return None, "last_name", text(N_("This project has no mobility of this person."))
        if len(mine) > 1:
            template = N_("This person has several mobilities: give the number of one of them.")
            return None, "last_name", text(template)
        return mine[0], "", text("")

    def _with_kind(self, row: ImportRow, stay: MobilityRow) -> ImportRow:
        """Money that comes back is a repayment; a first payment without a kind is the advance, the next the balance."""
        if row.values.get("entry:kind"):
            return row
        back = row.values["entry:cents"] < 0
        kind = "repayment" if back else "balance" if stay.id in self._advanced else "advance"
        row = replace(row, values={**row.values, "entry:kind": kind})
        said = text(N_("Without a kind: taken as {kind}."), kind=Term(choice_title(PAYMENT_KINDS, kind)))
        return self._told(row, "entry:kind", said, refuses=False)

    def _told(self, row: ImportRow, key: str, said: Text, *, refuses: bool) -> ImportRow:
        problem = Problem(self._headers.get(key, ""), key, said, refuses)
        return replace(row, problems=(*row.problems, problem))


def _key(stay: MobilityRow) -> tuple[str, str]:
    return person_key({"last_name": stay.last_name, "first_name": stay.first_name})


def _may_be(said: Mapping[str, Any], stay: MobilityRow) -> bool:
    """Not somebody of the same name who was born on another day."""
    born = said.get("birth_date")
    return born is None or stay.birth_date is None or born == stay.birth_date


def apply(s: Session, plan: Plan, project_id: str, step: Step | None = None) -> None:
    """Enters the payments that are new."""
    rows = plan.chosen("add")
    if not rows:
        return
    closed.refuse(s, project_id)
    entered = [
        {"mobility_id": row.mobility_id} | {field.stored_as: row.changes[field.key][1] for field in _ENTERED}
        for row in paced(rows, step)
    ]
    bulk_insert(s, Payment, entered)
