"""The agency report and her own tables as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path

from mobility_app.actions import settings
from mobility_app.core.facts import ProjectRow, Report
from mobility_app.fields import MOBILITY
from mobility_app.jobs.importing import SHEET
from mobility_app.store import dump, queries, reports, tracked
from mobility_app.store.database import Database, Session

Progress = Callable[[int, int], bool]


def figures(db: Database, project: ProjectRow, *, today: dt.date) -> Report:
    with db.read() as s:
        return reports.report(s, project.id, today)


def agency_report(
    db: Database,
    project: ProjectRow,
    path: Path,
    *,
    today: dt.date,
    language: str = "fr",
    progress: Progress | None = None,
) -> bool:
    """Writes the workbook; False when she cancelled."""
    from mobility_app.exchange import agency_report as sheets

    return sheets.write(path, figures(db, project, today=today), language, progress)


def her_headers(db: Database) -> list[tuple[str, str]]:
    """The columns of the last sheet she brought in, in her order: (header, field key or "")."""
    with db.read() as s:
        return headers_of(s)


def headers_of(s: Session) -> list[tuple[str, str]]:
    return [(header, key) for header, key in settings.get(s, SHEET).get("headers", [])]


def export_table(
    db: Database,
    path: Path,
    ids: Sequence[str],
    *,
    today: dt.date,
    keys: Sequence[str] = (),
    her_columns: bool = False,
    title: str = "",
    language: str = "fr",
    progress: Progress | None = None,
) -> bool:
    """“Exporter vers Excel”: the columns `keys` (all but sensitive ones when empty), or her own sheet's columns."""
    from mobility_app.exchange import workbook

    headers = her_headers(db) if her_columns else []
    if headers:
        with db.read() as s:
            followed = tracked.values(s)
        columns = workbook.her_columns(headers, language, followed)
    else:
        columns = workbook.field_columns(keys or [f.key for f in MOBILITY if not f.sensitive], language)
    with db.read() as s:
        rows = queries.mobilities(s, ids, today=today)
    return workbook.write_table(path, title, columns, rows, language=language, progress=progress)


def open_export(db: Database, path: Path, *, today: dt.date, language: str = "fr") -> None:
    """Everything that the dossier holds, in a zip that needs no program of ours."""
    from mobility_app.exchange import open_export as archive

    with db.read() as s:
        dumps = [(table.name, table.columns, table.rows) for table in dump.tables(s)]
        archive.write(path, dumps, dump.contents(s), today=today, language=language)
