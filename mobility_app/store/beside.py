"""What an agency report tells beside its project's figures: payments, members, the call before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.facts import MobilityRow, ProjectRow, Report
from mobility_app.core.yearly import Beside, Member, Payment
from mobility_app.store import queries, reports
from mobility_app.store import schema as tables


def beside(s: Session, report: Report, today: dt.date, *, member: str = "") -> Beside:
    """`member`: only of the organisation of that name."""
    members = tuple(found for found in _members(s, report.project.id) if member in ("", found.name))
    return Beside(_payments(s, report.mobilities), members, None if member else _before(s, report.project, today))


def _payments(s: Session, rows: Sequence[MobilityRow]) -> tuple[Payment, ...]:
    known = {row.id: row for row in rows}
    query = select(tables.Payment).where(tables.Payment.deleted.is_(None))
    query = query.order_by(tables.Payment.date, tables.Payment.created, tables.Payment.id)
    return tuple(
        Payment(paid.date, paid.kind, row.full_name, row.sending_organisation or "", paid.cents, paid.reference or "")
        for paid in s.scalars(query)
        if (row := known.get(paid.mobility_id))
    )


def _members(s: Session, project_id: str) -> list[Member]:
    kept = tables.Membership
    query = select(kept, tables.Organisation).join(tables.Organisation, tables.Organisation.id == kept.organisation_id)
    query = query.where(kept.project_id == project_id, kept.deleted.is_(None)).order_by(tables.Organisation.sort)
    return [
        Member(school.name, school.uai or "", one.mandate_signed, one.convention_signed, one.places, one.cents)
        for one, school in s.execute(query)
    ]


def _before(s: Session, project: ProjectRow, today: dt.date) -> Report | None:
    """The project of the call before, of the same action where there is one."""
    earlier = [other for other in queries.projects(s) if other.call_year == project.call_year - 1]
    earlier.sort(key=lambda other: other.action != project.action)
    return reports.report(s, earlier[0].id, today) if earlier else None
