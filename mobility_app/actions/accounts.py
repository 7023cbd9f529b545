"""Verbs on money that goes round a project: transfers to members, invoices, co-funding, conventions of payment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import closed, members, organisations, records
from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import CoFunding, Expense, Flow, Instalment, Membership, Mobility, Project, Transfer

TRANSFERS = ("instalment", "statement", "recovery")


def transfer(
    s: Session,
    project_id: str,
    organisation_id: str,
    kind: str,
    cents: int,
    date: dt.date | None,
    reference: str = "",
) -> str:
    """Money sent to a member, its certified statement, or money sent back; each a positive amount in cents."""
    closed.refuse(s, project_id)
    member = members.find(s, project_id, organisation_id)
    if member is None:
        raise UserError(_("This school is no member of the consortium."), _("Allot places to it first."))
    _check(kind, cents)
    row = Transfer(membership_id=member.id, kind=kind, cents=cents, date=date)
    records.assign(row, {"reference": reference})
    s.add(row)
    s.flush()
    return row.id


def change_transfer(s: Session, id_: str, kind: str, cents: int, date: dt.date | None, reference: str = "") -> None:
    row = records.get(s, Transfer, id_)
    closed.refuse(s, _project_of(s, row))
    _check(kind, cents)
    records.assign(row, {"kind": kind, "cents": cents, "date": date, "reference": reference})


def _check(kind: str, cents: int) -> None:
    if kind not in TRANSFERS or cents <= 0:
        raise UserError(_("A transfer needs a kind and an amount."), _("Choose the kind and type the amount."))


def expense(
    s: Session,
    kind: str,
    cents: int,
    *,
    flow_id: str | None = None,
    mobility_id: str | None = None,
    **values: Any,
) -> str:
    """An invoice of a departure or of one mobility (exactly one of the two), a credit note being negative.

    `values` are columns of the invoice; `supplier` is a name, found again or entered as an organisation.
    """
    row = Expense(flow_id=flow_id, mobility_id=mobility_id, cents=cents, kind=kind)
    _check_expense(s, row)
    records.assign(row, _with_supplier(s, values))
    s.add(row)
    s.flush()
    return row.id


def change_expense(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    row = records.get(s, Expense, id_, seen)
    closed.refuse(s, _project_of(s, row))
    records.assign(row, _with_supplier(s, values))
    _check_expense(s, row)


def _check_expense(s: Session, row: Expense) -> None:
    if (row.flow_id is None) == (row.mobility_id is None) or row.cents == 0:
        raise UserError(
            _("An expense belongs to a departure or to a mobility, and needs an amount."),
            _("Choose one of them and type the amount."),
        )
    closed.refuse(s, _project_of(s, row))


def _with_supplier(s: Session, values: dict[str, Any]) -> dict[str, Any]:
    if "supplier" not in values:
        return values
    name = clean(values["supplier"] or "")
    supplier = organisations.find_or_add(s, "intermediary", name) if name else None
    return {key: value for key, value in values.items() if key != "supplier"} | {"supplier_id": supplier}


def co_fund(s: Session, mobility_id: str, source: str, cents: int, note: str = "") -> str:
    """What another funder (one of core.cost_shares.FUNDERS) pays for a mobility."""
    closed.refuse_stay(s, mobility_id)
    row = CoFunding(mobility_id=mobility_id, cents=cents)
    records.assign(row, {"source": source, "note": note})
    _check_co_funding(row)
    s.add(row)
    s.flush()
    return row.id


def change_co_funding(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    row = records.get(s, CoFunding, id_, seen)
    closed.refuse_stay(s, row.mobility_id)
    records.assign(row, values)
    _check_co_funding(row)


def _check_co_funding(row: CoFunding) -> None:
    if row.cents <= 0 or not row.source:
        raise UserError(_("Co-funding needs a funder and an amount."), _("Type both."))


def set_conventions(
    s: Session, project_id: str, *, support_split: str, advance_percent: int, advance_days: int, balance_days: int
) -> None:
    """How members share organisational support, and when participants are paid."""
    closed.refuse(s, project_id)
    if support_split not in ("average", "departure") or not 0 <= advance_percent <= 100:
        raise UserError(_("An advance is from 0 to 100 % of the grant."), _("Correct the percentage."))
    if min(advance_days, balance_days) < 0:
        raise UserError(_("A delay cannot be negative."), _("Correct the number of days."))
    values = {"support_split": support_split, "advance_percent": advance_percent}
    records.assign(
        records.get(s, Project, project_id), {**values, "advance_days": advance_days, "balance_days": balance_days}
    )


def remove(s: Session, kind: type[Transfer] | type[Expense] | type[CoFunding] | type[Instalment], id_: str) -> None:
    """To the bin."""
    row = records.get(s, kind, id_)
    closed.refuse(s, _project_of(s, row))
    records.to_bin([row])


def _project_of(s: Session, row: Transfer | Expense | CoFunding | Instalment) -> str:
    if isinstance(row, Instalment):
        return row.project_id
    if isinstance(row, Transfer):
        return records.get(s, Membership, row.membership_id).project_id
    if isinstance(row, Expense) and row.flow_id:
        return records.get(s, Flow, row.flow_id).project_id
    return records.get(s, Mobility, row.mobility_id or "").project_id
