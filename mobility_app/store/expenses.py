"""Reads of real costs and of those who pay them: invoices with supplier and file, co-funding line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mobility_app.core.cost_shares import CoFunded
from mobility_app.core.facts import MobilityRow
from mobility_app.core.real_costs import Invoice
from mobility_app.store import contents, queries
from mobility_app.store.schema import CoFunding, Expense, File, Flow, Mobility, Organisation

_INVOICE = ("id", "version", "kind", "cents", "flow_id", "mobility_id", "order_number", "invoice_number", "date")
_FUNDED = ("id", "version", "mobility_id", "source", "cents", "note")


def invoices(s: Session, project_id: str) -> list[Invoice]:
    """The invoices of a project's departures and mobilities, the oldest first."""
    flows = select(Flow.id).where(Flow.project_id == project_id)
    stays = select(Mobility.id).where(Mobility.project_id == project_id)
    return _invoices(s, Expense.flow_id.in_(flows) | Expense.mobility_id.in_(stays))


def invoices_of(s: Session, row: MobilityRow) -> list[Invoice]:
    """The invoices that one mobility has a part in: its own and its departure's."""
    mine = Expense.mobility_id == row.id
    return _invoices(s, mine | (Expense.flow_id == row.flow_id) if row.flow_id else mine)


def _invoices(s: Session, wanted: Any) -> list[Invoice]:
    query = (
        select(
            *(getattr(Expense, name) for name in _INVOICE),
            Organisation.name.label("supplier"),
            File.id.label("file_id"),
            File.name.label("file_name"),
        )
        .outerjoin(Organisation, Organisation.id == Expense.supplier_id)
        .outerjoin(File, File.id == Expense.file_id)
        .where(Expense.deleted.is_(None), wanted)
        .order_by(Expense.date.is_(None), Expense.date, Expense.created, Expense.id)
    )
    return [Invoice(**row) for row in s.execute(query).mappings()]


def suppliers(s: Session) -> list[str]:
    """The names of those who sent an invoice before, to be offered again."""
    query = select(Organisation.name).join(Expense, Expense.supplier_id == Organisation.id)
    found = query.where(Organisation.deleted.is_(None)).order_by(Organisation.name).distinct()
    return list(s.scalars(found))


def co_funding(s: Session, *, project_id: str = "", mobility_id: str = "") -> list[CoFunded]:
    """What other funders pay, of a project or of one mobility."""
    query: Select[Any] = select(*(getattr(CoFunding, name) for name in _FUNDED)).where(CoFunding.deleted.is_(None))
    if project_id:
        stays = select(Mobility.id).where(Mobility.project_id == project_id)
        query = query.where(CoFunding.mobility_id.in_(stays))
    if mobility_id:
        query = query.where(CoFunding.mobility_id == mobility_id)
    rows = s.execute(query.order_by(CoFunding.created, CoFunding.id)).mappings()
    return [CoFunded(**row) for row in rows]


def companions(s: Session, row: MobilityRow, today: dt.date) -> Sequence[MobilityRow]:
    """All the mobilities of this one's departure; itself alone when it has none."""
    if not row.flow_id:
        return (row,)
    ids = s.scalars(select(Mobility.id).where(Mobility.flow_id == row.flow_id, Mobility.deleted.is_(None)))
    return queries.mobilities(s, list(ids), today=today)


def file_content(s: Session, file_id: str) -> bytes | None:
    """The bytes of an attached file; None when they are gone."""
    sha256 = s.scalar(select(File.sha256).where(File.id == file_id))
    return contents.read(s, sha256) if sha256 else None
