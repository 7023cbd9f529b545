"""Verbs on preparatory visits."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import closed, organisations, records
from mobility_app.core.activities import WHO
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import PreparatoryVisit


def add(
    s: Session,
    project_id: str,
    *,
    persons: int,
    activity: str | None,
    start: dt.date | None,
    end: dt.date | None = None,
    host: str | None = None,
) -> str:
    """A visit that counts; `host` is found by its name, or added."""
    closed.refuse(s, project_id)
    row = PreparatoryVisit(project_id=project_id, persons=persons, activity=activity, start=start, end=end, draft=False)
    row.host_id = organisations.find_or_add(s, "host", host) if host else None
    _check(row)
    s.add(row)
    s.flush()
    return row.id


def change(s: Session, id_: str, **values: Any) -> None:
    """Changes some of its facts; `host` is a name, or None for no host."""
    row = closed.changeable(s, PreparatoryVisit, id_)
    if "host" in values:
        host = values.pop("host")
        values["host_id"] = organisations.find_or_add(s, "host", host) if host else None
    records.assign(row, values)
    _check(row)


def remove(s: Session, id_: str) -> None:
    """To the bin."""
    row = closed.changeable(s, PreparatoryVisit, id_)
    records.to_bin([row])


def _check(row: PreparatoryVisit) -> None:
    """Raises UserError for what no visit can be."""
    if row.persons is None or row.persons < 1:
        raise UserError(_("A preparatory visit is made by at least one person."), _("Correct the number."))
    if row.start and row.end and row.end < row.start:
        raise UserError(_("The visit would end before it starts."), _("Correct one of the two dates."))
    if row.activity is not None and row.activity not in WHO:
        raise UserError(
            _("The activity “{name}” is not known.").format(name=row.activity),
            _("One of: {names}.").format(names=", ".join(WHO)),
        )
