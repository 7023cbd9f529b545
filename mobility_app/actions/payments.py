"""Payments to participants, families, schools or suppliers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from mobility_app.actions import closed, records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Payment

KINDS = ("advance", "balance", "repayment", "in_kind")


def add(
    s: Session,
    mobility_id: str,
    kind: str,
    cents: int,
    date: dt.date | None,
    *,
    payee: str = "",
    reference: str = "",
) -> str:
    """A payment in cents; what comes back from the person (repayment) is negative."""
    closed.refuse_stay(s, mobility_id)
    if kind not in KINDS or cents == 0:
        raise UserError(_("A payment needs a kind and an amount."), _("Choose the kind and type the amount."))
    amount = -abs(cents) if kind == "repayment" else cents
    row = Payment(mobility_id=mobility_id, kind=kind, cents=amount, date=date)
    records.assign(row, {"payee": payee, "reference": reference})
    s.add(row)
    s.flush()
    return row.id


def remove(s: Session, id_: str) -> None:
    row = records.get(s, Payment, id_)
    closed.refuse_stay(s, row.mobility_id)
    records.to_bin([row])
