"""Closing a project: what is still open in it, read together."""

from __future__ import annotations

import datetime as dt

from mobility_app.core import instalments
from mobility_app.core.closing import Open, still_open
from mobility_app.core.facts import ProjectRow
from mobility_app.core.instalments import Received
from mobility_app.i18n import N_
from mobility_app.jobs import accounts
from mobility_app.store import lists, project_rows, queries, reports
from mobility_app.store.database import Database, Session

# What a closed project keeps as it is, and what may still be noted in it (`actions.closed`).
FROZEN = N_(
    "Closing keeps the figures as they are: dates, grants, payments, rates, awards, places, needs, "
    "instalments and visits no longer change."
)
FREE = N_("Papers, notes, titles and contacts can still be changed, and the project can be opened again.")


def open_points(db: Database, project: ProjectRow, *, today: dt.date) -> tuple[Open, ...]:
    """The check list before closing, empty when nothing is open."""
    members = accounts.statements(db, project, today=today)
    unpaid = {one.row.id for one in accounts.owed(db, project, today=today) if one.steps}
    with db.read() as s:
        report = reports.report(s, project.id, today)
        papers, money = lists.papers_done(s, project.id), received(s, project.id, today)
    return still_open(report, papers, unpaid, money, sum(one.to_return or 0 for one in members), today)


def received(s: Session, project_id: str, today: dt.date) -> Received:
    """The agency's instalments against what it awarded."""
    awarded = queries.awarded(s, project_id)
    return instalments.received(
        project_rows.instalments(s, project_id), sum(awarded.values()) if awarded else None, today
    )
