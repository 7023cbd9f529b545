"""The money of a project: its budget, its rates as a file, what another mix would cost."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mobility_app.actions import projects
from mobility_app.core import rate_checks, whatif
from mobility_app.core.basis import Basis
from mobility_app.core.facts import Finding, ProjectRow, Report, Stay
from mobility_app.errors import UserError
from mobility_app.i18n import _, plural_text
from mobility_app.jobs.dossiers import decimal
from mobility_app.store import queries, reference, reports
from mobility_app.store.database import Database
from mobility_app.store.journal import Label, counted


@dataclass(frozen=True)
class Imported:
    """What a rate sheet changed, and what deserves a look in it."""

    count: int
    findings: tuple[Finding, ...]


def budget_json(report: Report) -> dict[str, Any]:
    """Budget lines in euros as decimal strings; `incomplete` counts the mobilities with an unknown line."""
    incomplete = report.totals["incomplete"] or 0
    return {
        "lines": [
            {
                "key": line.key,
                "activity": line.activity,
                "awarded": decimal(line.awarded),
                "planned": decimal(line.planned),
                "engaged": decimal(line.engaged),
                "done": decimal(line.done),
                "paid": decimal(line.paid),
                "left": decimal(line.left),
            }
            for line in report.budget
        ],
        "complete": incomplete == 0 and not any(line.incomplete for line in report.budget),
        "incomplete": incomplete,
    }


def export_rates(db: Database, project: ProjectRow, path: Path, language: str = "fr") -> bool:
    """Writes the rate sheet of a project."""
    from mobility_app.exchange import rate_sheet

    with db.read() as s:
        rows = queries.rate_rows(s, project.id)
    return rate_sheet.write(path, f"{_('Rates')} · {project.reference}", rows, language)


def import_rates(db: Database, project: ProjectRow, path: Path) -> Imported:
    """Brings a rate sheet in as one step; what cannot be used is told and leaves the project's own rate alone."""
    from mobility_app.exchange import rate_sheet, reading

    book = reading.read(path)
    with db.read() as s:
        known = queries.rate_rows(s, project.id)
    sheet = rate_sheet.read(book, known, reference.expected_daily(project.call_year))
    if sheet.rows:
        with db.write(rates_label(len(sheet.rows))) as s:
            projects.apply_rates(s, project.id, sheet.rows)
    return Imported(len(sheet.rows), sheet.findings)


def rates_label(count: int) -> Label:
    return counted("{n} rate typed", "{n} rates typed", count)


def rates_json(db: Database, project: ProjectRow) -> dict[str, Any]:
    """Every rate of a project with its state, and what deserves a look."""
    from mobility_app.jobs.overview import finding_json

    with db.read() as s:
        rows = queries.rate_rows(s, project.id)
    expected = reference.expected_daily(project.call_year)
    found = (*rate_checks.rate_findings(rows, expected), *rate_checks.pair_findings(rows))
    return {
        "rates": [
            {
                "line": row.line,
                "subject": row.subject,
                "key": row.key,
                "variant": row.variant,
                "amount": decimal(row.cents),
                "state": row.state,
                "source": row.source,
            }
            for row in sorted(rows, key=rate_checks.order)
        ],
        "findings": [finding_json(finding) for finding in found],
    }


def imagined(
    activity: str,
    country: str,
    days: int,
    distance: int | None,
    travel_days: int,
    *,
    green: bool,
    accompanying: bool = False,
    fewer_opportunities: bool = False,
) -> Stay:
    """A stay from her words; raises UserError for what cannot be."""
    from mobility_app.jobs.overview import stay

    if not 1 <= days <= 365:
        raise UserError(
            _("A stay lasts from 1 to 365 days, not {days}.").format(days=days), _("Correct the number of days.")
        )
    some = dt.date.min  # the length was looked at above
    found = stay(activity, country, some, some, travel_days, distance, green=green, accompanying=accompanying)
    return whatif.imagined(
        found.activity or "",
        found.country or "",
        days,
        role=found.role,
        travel_days=travel_days,
        distance_km=distance,
        green=green,
        fewer_opportunities=fewer_opportunities,
    )


def places(db: Database, project: ProjectRow, stay: Stay, *, today: dt.date) -> whatif.Places:
    """How many more of this stay the project can pay; nothing is written."""
    with db.read() as s:
        basis = reports.basis(s, project.id, today)
    return places_in(basis, basis.report(), stay)


def places_in(basis: Basis, report: Report, stay: Stay) -> whatif.Places:
    """The same on figures that were read before."""
    return whatif.places(stay, basis.rates, report.budget, basis.planned)


def places_json(found: whatif.Places, count: int = 1) -> dict[str, Any]:
    """What one costs, what is left on its budget lines, how many that pays; with `count` what so many cost together."""
    each = found.money.total
    answer: dict[str, Any] = {"cost_each": decimal(each), "left": decimal(found.left), "places": found.places}
    if count != 1:
        answer["organisational_support_each"] = decimal(found.support_each)
        answer |= {"count": count, "cost": decimal(None if each is None else each * count)}
        answer["fits"] = None if found.places is None else count <= found.places
    return answer


def rates_changed(count: int) -> Any:
    """How many rates an import changed, as a sentence."""
    return plural_text("{n} rate taken from the sheet.", "{n} rates taken from the sheet.", "n", n=count)
