"""What every verb needs: find a record or say which one is gone, refuse a stale form, clean what was typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import Numbered, Row, now
from mobility_app.store.journal import table_of
from mobility_app.store.schema import ChangeSet

R = TypeVar("R", bound=Row)


def get(s: Session, kind: type[R], id_: str, seen: int | None = None) -> R:
    """The living record; raises UserError when it is gone, or when it changed since the version that was seen."""
    row = s.get(kind, id_)
    if row is None or row.deleted is not None:
        raise UserError(_("This record no longer exists."), _("It is in the bin, or its creation was undone."))
    if seen is not None and row.version != seen:
        step = s.get(ChangeSet, row.version)
        who = step.os_user if step else "?"
        raise UserError(
            _("This record was changed meanwhile by {who}.").format(who=who),
            _("Nothing was overwritten: look at the new values, then change them again."),
        )
    return row


def assign(row: Row, values: dict[str, Any]) -> None:
    """Sets cleaned values; texts that are too long for their column are refused in words, empty ones are None."""
    table = table_of(row.__tablename__)
    for name, value in values.items():
        column = table.c[name]
        if isinstance(value, str):
            value = clean(value)
            length = getattr(column.type, "length", None)
            if length and len(value) > length:
                raise UserError(
                    _("“{start}…” is too long: {count} characters, {limit} at most.").format(
                        start=value[:30], count=len(value), limit=length
                    ),
                    _("Shorten it."),
                )
            value = value or (None if column.nullable else "")
        if value is None and not column.nullable:
            raise UserError(_("This field cannot be empty."), _("Type a value, or undo."))
        if getattr(row, name) != value:
            setattr(row, name, value)


def next_number(s: Session, kind: type[Numbered]) -> int:
    return (s.scalar(select(func.max(kind.number))) or 0) + 1


def to_bin(rows: Iterable[Row]) -> None:
    stamp: dt.datetime = now()
    for row in rows:
        row.deleted = stamp


def restore(s: Session, kind: type[R], id_: str) -> R:
    """Out of the bin; a record whose creation was undone cannot come back."""
    row = s.get(kind, id_)
    if row is None:
        raise UserError(_("This record no longer exists."), _("Its creation was undone."))
    row.deleted = None
    return row
