"""When people were last reminded of their participant report."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.store.schema import Contacted, Mobility

REPORT_REMINDER = "report_reminder"  # kind of an entry of the log


def last(s: Session, project_id: str) -> dict[str, dt.date]:
    """The last reminder of each stay of a project, by its id."""
    query = select(Contacted.mobility_id, func.max(Contacted.at)).join(Mobility, Mobility.id == Contacted.mobility_id)
    query = query.where(Mobility.project_id == project_id, Contacted.kind == REPORT_REMINDER)
    rows = s.execute(query.where(Contacted.deleted.is_(None)).group_by(Contacted.mobility_id))
    return {mobility_id: day for mobility_id, day in rows}
