"""Lists, checks and grants as plain values: what the command line prints and other programs read."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mobility_app.core import asking, checks, grant
from mobility_app.core.facts import Finding, Grant, GrantLine, MobilityRow, ProjectRow, Stay
from mobility_app.core.rates import RateTable
from mobility_app.errors import UserError
from mobility_app.fields import ACTIVITIES
from mobility_app.i18n import _, country_names, render
from mobility_app.jobs.dossiers import chosen_project, decimal
from mobility_app.store import queries, reference, reports
from mobility_app.store.database import Database

# What can be said of a stay alone, without a person, a host or a project.
STAY_CODES = frozenset({"too_short", "too_long", "travel_days_above_limit", "activity_not_in_call"})


def mobility_ids(
    db: Database, project: str | None, question: str, *, today: dt.date, wanted: str | None = None
) -> list[str]:
    """The stays that match a typed filter; `wanted` are ids or numbers separated by commas."""
    asked = asking.ask(question)
    if asked.problems:
        raise UserError(render(asked.problems[0]), _("Example: pays:ES départ>=01/03/2027"))
    with db.read() as s:
        project_id = chosen_project(s, project).id if project else None
        ids = queries.mobility_ids(s, project_id=project_id, search=asked.search, filters=asked.filters, today=today)
        if wanted is None:
            return ids
        rows = {row.id: row for row in queries.mobilities(s, ids, today=today)}
    by_name = {row.id: row.id for row in rows.values()} | {str(row.number): row.id for row in rows.values()}
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    if missing := [name for name in names if name not in by_name]:
        raise UserError(
            _("There is no mobility “{name}” here.").format(name=missing[0]),
            _("Give ids or numbers as “list” shows them."),
        )
    return [by_name[name] for name in names]


def listing(db: Database, ids: list[str], *, today: dt.date) -> list[dict[str, Any]]:
    with db.read() as s:
        rows = queries.mobilities(s, ids, today=today)
    return [
        {
            "id": row.id,
            "number": row.number,
            "bm_id": row.bm_id,
            "last_name": row.last_name,
            "first_name": row.first_name,
            "activity": row.activity,
            "country": row.country,
            "start": row.start.isoformat() if row.start else None,
            "end": row.end.isoformat() if row.end else None,
            "days": row.days,
            "stage": row.stage,
            "total": decimal(row.total),
        }
        for row in rows
    ]


def check(db: Database, project: str | None, *, today: dt.date) -> dict[str, Any]:
    """The file's integrity and the findings that nobody has answered."""
    with db.read() as s:
        rows = [chosen_project(s, project)] if project else queries.projects(s)
        found = [finding for row in rows for finding in reports.report(s, row.id, today).findings]
    return {
        "integrity": "ok" if db.sound() else "damaged",
        "findings": [finding_json(finding) for finding in found if not finding.answer],
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "record": finding.record,
        "id": finding.id,
        "field": finding.field,
        "severity": finding.severity,
        "text": render(finding.text),
        "remedy": render(finding.remedy),
    }


def stay(
    activity: str,
    country: str,
    start: dt.date,
    end: dt.date,
    travel_days: int,
    distance: int | None,
    *,
    green: bool,
    accompanying: bool,
) -> Stay:
    """A stay from the command line's words; raises UserError for a word that is not known."""
    code = next((c.code for c in ACTIVITIES if activity in (c.code, *c.aliases)), None)
    if code is None:
        raise UserError(
            _("The activity “{name}” is not known.").format(name=activity),
            _("One of: {names}.").format(names=", ".join(choice.code for choice in ACTIVITIES)),
        )
    if country.upper() not in country_names("en"):
        raise UserError(_("Unknown country: “{name}”.").format(name=country), _("Two letters, such as ES."))
    if end < start:
        raise UserError(_("The stay would end before it starts."), _("Correct one of the two dates."))
    if travel_days < 0 or (distance is not None and distance < 0):
        raise UserError(_("Days and kilometres cannot be negative."), _("Correct the number."))
    role = "accompanying" if accompanying else "participant"
    return Stay(code, role, country.upper(), start, end, travel_days, 0, distance, green)


def stay_findings(call_year: int, rates_of: str, asked: Stay) -> tuple[Finding, ...]:
    """What deserves a look in a stay that belongs to no dossier: its length and its travel days."""
    row = MobilityRow(
        activity=asked.activity,
        role=asked.role,
        country=asked.country,
        start=asked.start,
        end=asked.end,
        travel_days=asked.travel_days,
        distance_km=asked.distance_km,
        green=asked.green,
    )
    project = ProjectRow("", 0, 0, "", "", call_year, "KA121-VET")
    found = checks.findings(row, project, RateTable(reference.rate_rows(call_year, rates_of)))
    return tuple(finding for finding in found if finding.code in STAY_CODES)


def published_grant(call_year: int, rates_of: str, stay: Stay) -> tuple[Grant, tuple[GrantLine, ...]]:
    """A grant at the published rates of a call and of a country's agency, without any dossier."""
    if call_year not in reference.CALL_YEARS:
        years = f"{reference.CALL_YEARS.start}–{reference.CALL_YEARS.stop - 1}"
        raise UserError(
            _("Nothing is known of call {year}.").format(year=call_year), _("Calls {years}.").format(years=years)
        )
    table = RateTable(reference.rate_rows(call_year, rates_of))
    return grant.compute(stay, table), grant.project_lines([stay], table)


def grant_json(found: Grant, project_lines: tuple[GrantLine, ...], findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "lines": [line_json(line) for line in found.lines],
        "total": decimal(found.total),
        "known_total": decimal(found.known_total),
        "complete": found.complete,
        "project_lines": [line_json(line) for line in project_lines],
        "findings": [finding_json(finding) for finding in findings],
    }


def line_json(line: GrantLine) -> dict[str, Any]:
    return {
        "key": line.key,
        "quantity": line.quantity,
        "unit": line.unit,
        "rate": decimal(line.rate),
        "amount": decimal(line.amount),
        "source": line.source,
        "state": line.state,
        "sentence": render(line.sentence),
    }
