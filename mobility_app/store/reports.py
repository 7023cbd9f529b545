"""The figures of a project as one value, and the grants and findings behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from mobility_app.core import budget, commitment
from mobility_app.core.facts import Finding, Grant, Report
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import derived, queries


def report(s: Session, project_id: str, today: dt.date) -> Report:
    """Every figure of a project; the window, the sheets and the papers show this same value."""
    project = queries.project(s, project_id)
    if project is None:
        raise UserError(_("This project no longer exists."), _("Choose another project."))
    rows = queries.mobilities(s, project_id=project_id, today=today)
    rates = queries.rate_table(s, project)
    found = derived.of_project(s, project, rates, rows)
    by_stay = derived.Context(s, rows)
    grants = {row.id: by_stay.grant(row) for row in rows}
    found += tuple(finding for row in rows for finding in by_stay.findings(row, grants[row.id]))
    found += derived.of_all(s, project, rows)
    awarded, visits = queries.awarded(s, project_id), queries.preparatory_visitors(s, project_id)
    ceiling = awarded.pop(commitment.INTERNATIONAL, None)
    indicative = queries.indicative(s, project_id)
    made = budget.report(project, rows, rates, awarded, indicative, visits, today, found, grants)
    told = commitment.findings(project, made.budget, rows, grants, rates, ceiling, visits)
    return derived.of_money(s, made, told)


def findings(s: Session, ids: Sequence[str], today: dt.date) -> dict[str, tuple[Finding, ...]]:
    """The findings of each of these mobilities, answered ones too."""
    rows = queries.mobilities(s, ids, today=today)
    context = derived.Context(s, rows)
    found = {row.id: context.findings(row) for row in rows}
    for project in context.projects.values():
        everybody = queries.mobilities(s, project_id=project.id, today=today)
        for finding in derived.of_all(s, project, everybody):
            if finding.id in found:
                found[finding.id] += (finding,)
    return found


def grants(s: Session, ids: Sequence[str], today: dt.date) -> dict[str, Grant]:
    """The grant of each of these mobilities, line by line, lines set by hand included."""
    rows = queries.mobilities(s, ids, today=today)
    context = derived.Context(s, rows)
    return {row.id: context.grant(row) for row in rows}
