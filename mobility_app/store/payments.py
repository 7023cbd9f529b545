"""Reads of the payments that were made: which they are, in order, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from mobility_app.store.names import SENDING
from mobility_app.store.parts import parts
from mobility_app.store.rows import Order
from mobility_app.store.schema import Mobility, Participant, Payment

_ORDERS: dict[str, Any] = {
    "name": Participant.sort,
    "school": SENDING.sort,
    "kind": Payment.kind,
    "cents": Payment.cents,
    "date": Payment.date,
    "payee": Payment.payee,
    "reference": Payment.reference,
}


@dataclass(frozen=True)
class PaidRow:
    """One payment that was made; `payee` is "" for the participant."""

    id: str
    version: int
    mobility_id: str
    last_name: str
    first_name: str
    school: str | None
    kind: str  # advance | balance | repayment | in_kind
    cents: int
    date: dt.date | None
    payee: str | None
    reference: str | None

    @property
    def full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


_COLUMNS: tuple[Any, ...] = (
    *(Payment.id, Payment.version, Payment.mobility_id),
    *(Participant.last_name, Participant.first_name, SENDING.name),
    *(Payment.kind, Payment.cents, Payment.date, Payment.payee, Payment.reference),
)


def ids(s: Session, project_id: str, order: Order = ()) -> list[str]:
    """The payments of a project; those without a value come last, like ones by the day."""
    query = _joined(select(Payment.id)).where(Mobility.project_id == project_id)
    for key, descending in order:
        column = _ORDERS[key]
        query = query.order_by(column.is_(None), column.desc() if descending else column.asc())
    return list(s.scalars(query.order_by(Payment.date.desc(), Participant.sort, Payment.id)))


def rows(s: Session, wanted: Sequence[str]) -> list[PaidRow]:
    """The payments with these ids, in their order."""
    query = _joined(select(*_COLUMNS))
    found = (PaidRow(*row) for part in parts(wanted) for row in s.execute(query.where(Payment.id.in_(part))))
    known = {row.id: row for row in found}
    return [known[each] for each in wanted if each in known]


def totals(s: Session, wanted: Sequence[str], today: dt.date) -> tuple[int, int]:
    """What these payments come to, money that came back counting against the rest; and those of a later day alone."""
    later = func.sum(case((Payment.date > today, Payment.cents), else_=0))
    query = select(func.coalesce(func.sum(Payment.cents), 0), func.coalesce(later, 0))
    found = [s.execute(query.where(Payment.id.in_(part))).one() for part in parts(wanted)]
    return sum(int(row[0]) for row in found), sum(int(row[1]) for row in found)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Payment)
        .join(Mobility, Mobility.id == Payment.mobility_id)
        .join(Participant, Participant.id == Mobility.participant_id)
        .outerjoin(SENDING, SENDING.id == Mobility.sending_id)
        .where(Payment.deleted.is_(None), Mobility.deleted.is_(None))
    )
