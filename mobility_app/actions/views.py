"""Saved views: kept, renamed, thrown away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import SavedView


def save(s: Session, page: str, title: str, definition: dict[str, Any]) -> str:
    """Keeps a view under a title; the same title on the same page is replaced."""
    if not title.strip():
        raise UserError(_("A view needs a name."), _("Type its name."))
    known = select(SavedView).where(
        SavedView.page == page, SavedView.title == title.strip(), SavedView.deleted.is_(None)
    )
    row = s.scalar(known)
    if row is None:
        last = s.scalar(select(func.max(SavedView.position))) or 0
        row = SavedView(page=page, title="", definition={}, position=last + 1)
        s.add(row)
    records.assign(row, {"title": title, "definition": definition})
    s.flush()
    return row.id


def rename(s: Session, id_: str, title: str) -> None:
    if not title.strip():
        raise UserError(_("A view needs a name."), _("Type its name."))
    records.assign(records.get(s, SavedView, id_), {"title": title})


def remove(s: Session, id_: str) -> None:
    records.to_bin([records.get(s, SavedView, id_)])
