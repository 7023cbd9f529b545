"""From one call to the next: an application with its needs, a new call from an old one, stays that change projects."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mobility_app.actions import mobilities, projects
from mobility_app.core import application as rules
from mobility_app.core.facts import ProjectRow
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.jobs.dossiers import NEW_PROJECT, check_reference, decimal
from mobility_app.store import accounts, queries, reference
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label, counted


def new_call(
    db: Database,
    project: ProjectRow,
    reference_: str,
    *,
    call_year: int | None = None,
    title: str = "",
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> str:
    """A project applied for with the members and the conventions of this one, and the published rates of its call."""
    from mobility_app.core.identifiers import project_code

    code = project_code(reference_)
    check_reference(reference_, call_year)
    year = call_year or (code.call_year if code else 0)
    rates = reference.rate_rows(year, project.agency[:2])
    with db.write(Label(NEW_PROJECT)) as s:
        return projects.new_call(
            s, project.id, reference=reference_, call_year=year, rates=rates, title=title, start=start, end=end
        )


def move(db: Database, ids: list[str], target: ProjectRow) -> mobilities.Moved:
    """Stays to another project, in one step that can be undone."""
    if not ids:
        raise UserError(_("No mobility is chosen."), _("Add --ids."))
    label = counted("one mobility moved to another project", "{count} mobilities moved to another project", len(ids))
    with db.write(label) as s:
        return mobilities.move_to_project(s, ids, target.id)


def set_state(db: Database, project: ProjectRow, state: str) -> None:
    with db.write(Label(N_("state of the project"))) as s:
        projects.set_state(s, project.id, state)


def application(db: Database, project: ProjectRow) -> rules.Application:
    """Requested, awarded and allotted per school; the estimate is at the rates of the last call that was granted."""
    with db.read() as s:
        awarded = queries.awarded(s, project.id)
        return rules.application(
            accounts.needs(s, project.id),
            accounts.members(s, project.id),
            queries.rate_table(s, _rates_from(s, project)),
            sum(awarded.values()) if awarded else None,
        )


def _rates_from(s: Session, project: ProjectRow) -> ProjectRow:
    """The project itself once it is granted; before, the newest other one that was."""
    if project.state != "application":
        return project
    granted = (row for row in queries.projects(s) if row.state != "application" and row.agency == project.agency)
    return next(granted, project)


def application_json(found: rules.Application) -> dict[str, Any]:
    return {
        "schools": [
            {
                "name": school.name,
                "requested_places": school.requested,
                "requested_adults": school.adults,
                "requested": decimal(school.grants),
                "allotted_places": school.places,
                "allotted": decimal(school.cents),
            }
            for school in found.schools
        ],
        "requested": decimal(found.requested),
        "awarded": decimal(found.awarded),
        "allotted": decimal(found.allotted),
    }
