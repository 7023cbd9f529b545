"""The agency report and her own tables as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mobility_app.actions import settings
from mobility_app.core import budget
from mobility_app.core.facts import MobilityRow, ProjectRow, Report
from mobility_app.core.text import compact
from mobility_app.core.views import View
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY, MOBILITY
from mobility_app.i18n import _
from mobility_app.jobs import views
from mobility_app.jobs.importing import SHEET
from mobility_app.store import beside, dump, lists, queries, reports, tracked
from mobility_app.store.database import Database, Session

if TYPE_CHECKING:
    from mobility_app.exchange.headings import Heading

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
    member: str = "",
    kept: Sequence[View] = (),
    progress: Progress | None = None,
) -> bool:
    """Writes the workbook, of the whole project or of one of its schools; False when she cancelled.

    `kept`: her saved views, each a sheet more.
    """
    from mobility_app.exchange import agency_report as sheets

    with db.read() as s:
        found = _figures(s, project, member, today)
        more = beside.beside(s, found, today, member=found.filter_text)
        ids = {row.id for row in found.mobilities}
        more = replace(more, views=views.listed(s, kept, project, today=today, among=ids))
    return sheets.write(path, found, language, progress, more)


def summary(
    db: Database,
    project: ProjectRow,
    path: Path,
    *,
    today: dt.date,
    language: str = "fr",
    member: str = "",
    progress: Progress | None = None,
) -> bool:
    """Two pages for a steering committee, of the whole project or of one of its schools; False when she cancelled."""
    from mobility_app.documents import summary as paper
    from mobility_app.exchange.headings import heading

    with db.read() as s:
        found = _figures(s, project, member, today)
    about = heading(
        "",
        project,
        today,
        language=language,
        rates_state=found.rates_state,
        incomplete=found.totals.get("incomplete") or 0,
        findings=len(found.findings),
    )
    if progress is not None and not progress(1, 2):
        return False
    paper.write(path, found, language, about.warnings)
    return True


def _figures(s: Session, project: ProjectRow, member: str, today: dt.date) -> Report:
    """Those of the whole project, or of the school that `member` names."""
    whole = reports.report(s, project.id, today)
    return _of_member(s, project, whole, member, today) if member else whole


def _of_member(s: Session, project: ProjectRow, whole: Report, name: str, today: dt.date) -> Report:
    """The same figures for the stays of one school; what was awarded and foreseen is the project's alone."""
    schools = {row.sending_organisation for row in whole.mobilities if row.sending_organisation}
    meant = [school for school in schools if compact(school) == compact(name)]
    meant = meant or [school for school in schools if compact(name) in compact(school)]
    if len(meant) != 1:
        raise UserError(
            _("No single school of this project is called “{name}”.").format(name=name),
            _("Schools: {names}.").format(names=", ".join(sorted(schools))),
        )
    rows = [row for row in whole.mobilities if row.sending_organisation == meant[0]]
    ids = {row.id for row in rows}
    findings = [finding for finding in whole.findings if finding.id in ids]
    rates = queries.rate_table(s, project)
    bare = replace(project, guarantee_cents=None)
    made = budget.report(bare, rows, rates, {}, {}, (), today, findings, reports.grants(s, list(ids), today))
    return replace(made, filter_text=meant[0])


def her_headers(db: Database) -> list[tuple[str, str]]:
    """The columns of the last sheet she brought in, in her order: (header, field key or "")."""
    with db.read() as s:
        return headers_of(s)


def headers_of(s: Session) -> list[tuple[str, str]]:
    """Bank details came in with her sheet, and do not go out again: the payment list alone shows them."""
    headers = [(header, key) for header, key in settings.get(s, SHEET).get("headers", [])]
    return [(header, key) for header, key in headers if not key or BY_KEY[key].owner != "account"]


def export_table(
    db: Database,
    path: Path,
    ids: Sequence[str],
    *,
    today: dt.date,
    keys: Sequence[str] = (),
    her_columns: bool = False,
    title: str = "",
    filter_text: str = "",
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
        if not keys:
            with db.read() as s:
                columns += tuple(map(workbook.own_column, lists.own_titles(s)))
    with db.read() as s:
        rows = queries.mobilities(s, ids, today=today)
        about = _heading(s, rows, title, today, language, filter_text)
    return workbook.write_table(path, title, columns, rows, language=language, heading=about, progress=progress)


def _heading(
    s: Session, rows: Sequence[MobilityRow], title: str, today: dt.date, language: str, filter_text: str
) -> Heading:
    """Where the table comes from: its project (if one alone), the day, the filter, how sure the amounts are."""
    from mobility_app.exchange.headings import heading

    ids = {row.project_id for row in rows}
    project = queries.project(s, ids.pop()) if len(ids) == 1 else None
    return heading(
        title,
        project,
        today,
        language=language,
        rates_state=queries.rate_table(s, project).weakest_state if project else "",
        filter_text=filter_text,
        incomplete=sum(row.planned and row.total is None for row in rows),
        findings=sum(row.findings_count for row in rows),
    )


def open_export(db: Database, path: Path, *, today: dt.date, language: str = "fr") -> None:
    """Everything that the dossier holds, in a zip that needs no program of ours."""
    from mobility_app.exchange import open_export as archive

    with db.read() as s:
        dumps = [(table.name, table.columns, table.rows) for table in dump.tables(s)]
        archive.write(path, dumps, dump.contents(s), today=today, language=language)
