"""Making a dossier, choosing a project in it, and what it holds at a glance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mobility_app.actions import projects, settings
from mobility_app.core import identifiers
from mobility_app.core.facts import ProjectRow, RateRow
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.store import backup, queries, reference, reports
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label

NEW_PROJECT = N_("new project")


def new_project(
    db: Database,
    reference_: str,
    *,
    call_year: int | None = None,
    action: str | None = None,
    title: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
    agency: str | None = None,
) -> str:
    """A project with its copy of the published rates; what is not given is read from the reference."""
    with db.write(Label(NEW_PROJECT)) as s:
        return add_project(
            s, reference_, call_year=call_year, action=action, title=title, start=start, end=end, agency=agency
        )


def check_reference(reference_: str, call_year: int | None) -> None:
    """Raises UserError when a project's call year is neither given nor read from its reference."""
    if call_year is None and identifiers.project_code(reference_) is None:
        raise UserError(
            _("The call year of “{reference}” is unknown.").format(reference=reference_),
            _("Give the call year (2024 for example)."),
        )


def add_project(
    s: Session,
    reference_: str,
    *,
    call_year: int | None = None,
    action: str | None = None,
    title: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
    agency: str | None = None,
    rates: Sequence[RateRow] | None = None,
) -> str:
    """The same inside a write; `rates` replaces the published ones."""
    check_reference(reference_, call_year)
    code = identifiers.project_code(reference_)
    year = call_year or (code.call_year if code else 0)
    agency = agency or (code.agency if code else "FR01")
    return projects.create(
        s,
        reference=reference_,
        call_year=year,
        action=action or (f"{code.action}-{code.field}" if code and code.field else "KA121-VET"),
        title=title,
        start=start,
        end=end,
        agency=agency,
        rates=reference.rate_rows(year, agency[:2]) if rates is None else rates,
    )


def chosen_project(s: Session, wanted: str | None) -> ProjectRow:
    """The project of that reference (or number), or the only one; raises UserError when the choice is not clear."""
    known = queries.projects(s)
    if wanted is None and len(known) == 1:
        return known[0]
    for row in known:
        if wanted is not None and wanted.strip().casefold() in (row.reference.casefold(), str(row.number)):
            return row
    names = ", ".join(row.reference for row in known) or _("none")
    if wanted is None:
        raise UserError(_("Which project? This dossier holds: {names}.").format(names=names), _("Add --project."))
    raise UserError(
        _("There is no project “{reference}” here.").format(reference=wanted),
        _("This dossier holds: {names}.").format(names=names),
    )


EXAMPLE = "example"  # setting: {"day": "2027-03-15"}, the day on which an example takes place


def example_day(db: Database) -> dt.date | None:
    """The day on which an example takes place, so that it shows the same at any time; None for a real file."""
    with db.read() as s:
        day = settings.get(s, EXAMPLE).get("day")
    return dt.date.fromisoformat(day) if day else None


def info(db: Database, project: str | None, *, today: dt.date) -> dict[str, Any]:
    """The dossier's (or one project's) figures. Planned mobilities; candidates and withdrawals are not counted."""
    with db.read() as s:
        rows = [chosen_project(s, project)] if project else queries.projects(s)
        found = [reports.report(s, row.id, today) for row in rows]
    countries: dict[str, int] = {}
    for report in found:
        for tally in report.by_country:
            countries[tally.key] = countries.get(tally.key, 0) + tally.mobilities
    planned = [row for report in found for row in report.mobilities if row.planned]
    last = backup.last(db.path) if isinstance(db.path, Path) else None
    return {
        "mobilities": len(planned),
        "persons": len({row.participant_id for row in planned}),
        "senders": len({row.sending_id for row in planned if row.sending_id}),
        "hosts": len({row.host_id for row in planned if row.host_id}),
        "total_days": sum(row.days or 0 for row in planned),
        "green": sum(row.green for row in planned),
        "inclusion": sum(row.fewer_opportunities for row in planned),
        "countries": dict(sorted(countries.items())),
        "findings": sum(not finding.answer for report in found for finding in report.findings),
        "known_total": decimal(sum(report.totals["known_total"] or 0 for report in found)),
        "incomplete": sum(report.totals["incomplete"] or 0 for report in found),
        "last_backup": last.at if last else None,
    }


def decimal(cents: int | None) -> str | None:
    """Money in JSON: a decimal string; unknown is null."""
    return None if cents is None else f"{cents // 100}.{cents % 100:02d}" if cents >= 0 else f"-{decimal(-cents)}"
