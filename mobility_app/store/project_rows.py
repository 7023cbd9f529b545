"""Reads of what belongs to a project itself: the agency's instalments, preparatory visits."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.core.instalments import Instalment as InstalmentFact
from mobility_app.core.visits import Visit
from mobility_app.store.schema import Instalment, Organisation, PreparatoryVisit


def instalments(s: Session, project_id: str) -> list[InstalmentFact]:
    """By the day on which they came or are expected; those without a day come last."""
    query = select(Instalment.id, Instalment.cents, Instalment.due, Instalment.received, Instalment.note)
    query = query.where(Instalment.project_id == project_id, Instalment.deleted.is_(None))
    day = func.coalesce(Instalment.received, Instalment.due)
    query = query.order_by(day.is_(None), day, Instalment.created, Instalment.id)
    return [InstalmentFact(*row) for row in s.execute(query)]


def visits(s: Session, project_id: str) -> list[Visit]:
    """Preparatory visits in the order of their days; drafts count nothing and are left out."""
    kind = PreparatoryVisit
    query = select(kind.id, kind.persons, kind.activity, func.coalesce(Organisation.name, ""), kind.start, kind.end)
    query = query.outerjoin(Organisation, Organisation.id == kind.host_id)
    query = query.where(kind.project_id == project_id, kind.deleted.is_(None), kind.draft.is_(False))
    query = query.order_by(kind.start.is_(None), kind.start, kind.created, kind.id)
    return [Visit(*row) for row in s.execute(query)]
