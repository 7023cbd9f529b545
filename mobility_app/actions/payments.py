"""Payments to participants, families, schools or suppliers."""

from __future__ import annotations

import datetime as dt
from typing import Any

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
    _check(kind, cents)
    row = Payment(mobility_id=mobility_id, kind=kind, cents=signed(kind, cents), date=date)
    records.assign(row, {"payee": payee, "reference": reference})
    s.add(row)
    s.flush()
    return row.id


def change(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    """Corrects kind, cents, date, payee or reference. A payment without its day would count as not made."""
    row = records.get(s, Payment, id_, seen)
    closed.refuse_stay(s, row.mobility_id)
    kind, cents = values.get("kind", row.kind), values.get("cents", row.cents)
    _check(kind, cents)
    if values.get("date", row.date) is None:
        raise UserError(_("A payment that was made has its day."), _("Type the day, or remove the payment."))
    if row.kind == "repayment":
        cents = abs(cents)  # its sign is that of its kind
    records.assign(row, values | {"cents": signed(kind, cents)})


def remove(s: Session, id_: str) -> None:
    row = records.get(s, Payment, id_)
    closed.refuse_stay(s, row.mobility_id)
    records.to_bin([row])


def _check(kind: str | None, cents: int | None) -> None:
    if kind not in KINDS or not cents:
        raise UserError(_("A payment needs a kind and an amount."), _("Choose the kind and type the amount."))


def signed(kind: str, cents: int) -> int:
    """What comes back is negative."""
    return -abs(cents) if kind == "repayment" else cents
