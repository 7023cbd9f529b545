"""The deadlines of a project as a calendar that any agenda can subscribe to or read."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from pathlib import Path

from mobility_app.core.facts import Finding, ProjectRow
from mobility_app.exchange import calendar
from mobility_app.i18n import _, render
from mobility_app.jobs import todo
from mobility_app.store.database import Database

_NAMED = 60  # people listed in one entry


def write(db: Database, project: ProjectRow, path: Path, *, today: dt.date) -> int:
    """One entry for each kind of deadline and day, with the people concerned; returns how many there are."""
    _report, lines = todo.todo(db, project.id, today=today, horizon=None)
    dated = [finding for line in lines for finding in line.findings if finding.due]
    dated.sort(key=lambda finding: (finding.due or today, finding.code, finding.record))
    events = [
        _event(project, day, code, list(found))
        for (day, code), found in groupby(dated, key=lambda finding: (finding.due or today, finding.code))
    ]
    calendar.write(path, f"Erasmus+ {project.label}", events, today=today)
    return len(events)


def _event(project: ProjectRow, day: dt.date, code: str, found: list[Finding]) -> calendar.Event:
    title = render(found[0].text)
    if len(found) > 1:
        title = _("{text} ({count})").format(text=title, count=len(found))
    names = [finding.record for finding in found[:_NAMED]] + (["…"] if len(found) > _NAMED else [])
    text = "\n".join((render(found[0].remedy), "", *names))
    return calendar.Event(f"{project.id}-{code}-{day:%Y%m%d}", day, title, text)
