"""Reads of projects: what they are, their rates, what was awarded and foreseen."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.core.facts import ProjectRow, RateRow
from mobility_app.core.rates import RateTable
from mobility_app.store.rows import shared_columns
from mobility_app.store.schema import (
    BudgetAward,
    File,
    FileContent,
    Mobility,
    Organisation,
    PreparatoryVisit,
    Project,
    Rate,
    Target,
)


def projects(s: Session) -> list[ProjectRow]:
    """All projects, the newest call first."""
    stays = (
        select(func.count())
        .where(Mobility.project_id == Project.id, Mobility.deleted.is_(None))
        .correlate(Project)
        .scalar_subquery()
    )
    query = (
        select(
            *shared_columns(ProjectRow, Project),
            func.coalesce(Organisation.name, "").label("coordinator"),
            func.coalesce(Organisation.town, "").label("coordinator_town"),
            func.coalesce(Organisation.oid, "").label("coordinator_oid"),
            FileContent.content.label("logo"),
            stays.label("mobilities"),
        )
        .select_from(Project)
        .outerjoin(Organisation, Organisation.id == Project.coordinator_id)
        .outerjoin(File, File.id == Project.logo_id)
        .outerjoin(FileContent, FileContent.sha256 == File.sha256)
        .where(Project.deleted.is_(None))
        .order_by(Project.call_year.desc(), Project.number)
    )
    return [ProjectRow(**row) for row in s.execute(query).mappings()]


def project(s: Session, id_: str) -> ProjectRow | None:
    return next((row for row in projects(s) if row.id == id_), None)


def rate_rows(s: Session, project_id: str) -> list[RateRow]:
    query = select(
        Rate.id, Rate.line, Rate.subject, Rate.key, Rate.variant, Rate.cents, Rate.state, Rate.source, Rate.note
    ).where(Rate.project_id == project_id, Rate.deleted.is_(None))
    rows = s.execute(query.order_by(Rate.line, Rate.subject, Rate.key, Rate.variant)).mappings()
    return [RateRow(**{**row, "note": row["note"] or ""}) for row in rows]


def rate_table(s: Session, project: ProjectRow) -> RateTable:
    return RateTable(rate_rows(s, project.id), travel_days_in_count=project.travel_days_in_count)


def awarded(s: Session, project_id: str) -> dict[tuple[str, str], int]:
    """What the agency awarded, in cents, by (line, activity)."""
    query = select(BudgetAward.line, BudgetAward.activity, BudgetAward.cents)
    query = query.where(BudgetAward.project_id == project_id, BudgetAward.deleted.is_(None))
    return {(line, activity): cents for line, activity, cents in s.execute(query)}


def indicative(s: Session, project_id: str) -> dict[tuple[str, str, str], int]:
    """The indicative figures by (table, key, activity)."""
    query = select(Target.table_code, Target.key, Target.activity, Target.value)
    query = query.where(Target.project_id == project_id, Target.deleted.is_(None))
    return {(table, key, activity): value for table, key, activity, value in s.execute(query)}


def preparatory_visits(s: Session, project_id: str) -> list[tuple[dt.date | None, int]]:
    """The first day and the persons of each preparatory visit that is no draft."""
    query = select(PreparatoryVisit.start, PreparatoryVisit.persons).where(
        PreparatoryVisit.project_id == project_id,
        PreparatoryVisit.deleted.is_(None),
        PreparatoryVisit.draft.is_(False),
    )
    found = s.execute(query.order_by(PreparatoryVisit.created, PreparatoryVisit.id))
    return [(day, persons) for day, persons in found]
