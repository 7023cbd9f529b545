"""Verbs on the agency's payments to the consortium."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import closed, records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Instalment


def add(
    s: Session, project_id: str, cents: int, received: dt.date | None, note: str = "", *, due: dt.date | None = None
) -> str:
    """One payment, in hand since `received` or expected; negative when money goes back to the agency."""
    closed.refuse(s, project_id)
    row = Instalment(project_id=project_id, cents=cents, due=due, received=received, note=note or None)
    _check(row)
    s.add(row)
    s.flush()
    return row.id


def change(s: Session, id_: str, **values: Any) -> None:
    row = closed.changeable(s, Instalment, id_)
    records.assign(row, values)
    _check(row)


def remove(s: Session, id_: str) -> None:
    """To the bin."""
    row = closed.changeable(s, Instalment, id_)
    records.to_bin([row])


def _check(row: Instalment) -> None:
    if not row.cents:
        raise UserError(_("An instalment needs an amount."), _("Type the amount, or take the instalment away."))
