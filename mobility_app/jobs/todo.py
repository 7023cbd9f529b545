"""What there is to do in a project: its findings and its deadlines, brought together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mobility_app.actions import settings
from mobility_app.core import agenda, deadlines
from mobility_app.core.facts import Report
from mobility_app.jobs.dossiers import chosen_project
from mobility_app.jobs.overview import finding_json
from mobility_app.store import lists, queries, reports
from mobility_app.store.database import Database, Session

CUT_OFF = "cut-off"  # setting: {"day": "2026-09-01"}: papers of stays begun earlier were followed elsewhere


def todo(
    db: Database, project_id: str, *, today: dt.date, horizon: int | None = agenda.HORIZON
) -> tuple[Report, tuple[agenda.Line, ...]]:
    """The project's figures and what is late, due within `horizon` days, or to correct at any time."""
    with db.read() as s:
        report = reports.report(s, project_id, today)
        done = lists.papers_done(s, project_id)
        since = cut_off(s)
    found = list(report.findings)
    found += deadlines.project_due(report.project, today)
    for row in report.mobilities:
        found += deadlines.due(row, today, done.get(row.id, ()), horizon=horizon, since=since)
    return report, agenda.lines(found, today)


def todo_json(db: Database, project: str | None, *, today: dt.date) -> list[dict[str, Any]]:
    """What there is to do, in all projects or the one of that reference: the first page's lines, record by record."""
    with db.read() as s:
        rows = [chosen_project(s, project)] if project else queries.projects(s)
    return [
        finding_json(finding)
        | {"who": finding.who, "due": finding.due.isoformat() if finding.due else None, "late": line.late}
        for row in rows
        for line in todo(db, row.id, today=today)[1]
        for finding in line.findings
    ]


def cut_off(s: Session) -> dt.date | None:
    """The day from which papers are followed here."""
    day = settings.get(s, CUT_OFF).get("day")
    return dt.date.fromisoformat(day) if day else None
