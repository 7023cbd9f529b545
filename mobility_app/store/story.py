"""What happened: the names of steps for undo and redo, and the history of one record."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.bank import masked
from mobility_app.i18n import N_, Term, Text
from mobility_app.store.journal import Label
from mobility_app.store.schema import Change, ChangeSet, Flow, Mobility, Organisation, Participant, Project

ERASED = Term(N_("erased person"))


@dataclass(frozen=True)
class Entry:
    """One step that touched a record. `changes` are (column, before, after), empty for a creation or a removal."""

    set_id: int
    at: dt.datetime  # naive UTC
    who: str
    op: str  # I | U | D
    label: Text
    changes: tuple[tuple[str, Any, Any], ...]
    undone: bool


def label_text(s: Session, label: Label) -> Text:
    """The step in words; the name of its record is looked up now."""
    values: list[tuple[str, Any]] = []
    if label.table:
        values.append(("name", name_of(s, label.table, label.id) or ERASED))
    if label.count is not None:
        values.append(("count", label.count))
    return Text(label.template, tuple(values), label.plural, "count" if label.plural else "")


def name_of(s: Session, table: str, id_: str) -> str:
    """How people call a record; empty when it is gone for good."""
    if table == "mobility":
        found = s.execute(
            select(Participant.first_name, Participant.last_name)
            .join(Mobility, Mobility.participant_id == Participant.id)
            .where(Mobility.id == id_)
        ).first()
        return f"{found[0]} {found[1]}" if found else ""
    if table == "participant":
        person = s.get(Participant, id_)
        return f"{person.first_name} {person.last_name}" if person else ""
    if table == "organisation":
        return s.scalar(select(Organisation.name).where(Organisation.id == id_)) or ""
    if table == "flow":
        return s.scalar(select(Flow.name).where(Flow.id == id_)) or ""
    if table == "project":
        return s.scalar(select(Project.reference).where(Project.id == id_)) or ""
    return ""


def history(s: Session, *record_ids: str) -> list[Entry]:
    """The steps that touched these records (a stay and its person are read together), the newest first."""
    query = (
        select(ChangeSet, Change)
        .join(Change, Change.set_id == ChangeSet.id)
        .where(Change.row_id.in_(record_ids))
        .order_by(ChangeSet.id.desc(), Change.n.desc())
    )
    return [
        Entry(
            step.id,
            step.at,
            step.os_user,
            change.op,
            label_text(s, Label(**step.label)),
            tuple(
                (name, _told(name, (change.before or {}).get(name)), _told(name, value))
                for name, value in (change.after or {}).items()
            )
            if change.op == "U"
            else (),
            step.state in ("undone", "dropped"),
        )
        for step, change in s.execute(query).all()
    ]


def _told(name: str, value: Any) -> Any:
    """Bank details are for payment lists alone."""
    return masked(value) if name == "iban" else value
