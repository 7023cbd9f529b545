"""The subjects and texts of messages as she words them, kept in the dossier."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Template

Words = tuple[str, str]  # subject and text


def kept(s: Session, kind: str) -> Words | None:
    """Her own words for this kind of message; None while they are those of the program."""
    row = _row(s, kind)
    return (row.title, row.text or "") if row else None


def keep(s: Session, kind: str, subject: str, text: str) -> None:
    """Uses these words from now on."""
    if not clean(subject) or not clean(text):
        raise UserError(_("A message needs a subject and a text."), _("Type both, or go back to the program's text."))
    row = _row(s, kind)
    if row is None:
        row = Template(kind=kind, title="")
        s.add(row)
    records.assign(row, {"title": " ".join(clean(subject).split()), "text": text})


def forget(s: Session, kind: str) -> None:
    """Goes back to the words of the program."""
    row = _row(s, kind)
    if row is not None:
        records.to_bin([row])


def _row(s: Session, kind: str) -> Template | None:
    return s.scalar(select(Template).where(Template.kind == kind, Template.deleted.is_(None)))
