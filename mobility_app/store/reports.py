"""The figures of a project as one value, and the grants and findings behind them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core import commitment
from mobility_app.core.basis import Basis
from mobility_app.core.facts import Finding, Grant, Report
from mobility_app.core.spending import Dated, Spending, spending
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import accounts, derived, queries
from mobility_app.store.schema import Mobility, Payment

_CONTRACT = "CONTRAT"


def basis(s: Session, project_id: str, today: dt.date) -> Basis:
    """What the figures of a project are reckoned from."""
    return _read(s, project_id, today)[0]


def figures(s: Session, project_id: str, today: dt.date) -> Report:
    """The very figures of `report`, without looking for findings: half the time."""
    return basis(s, project_id, today).report()


def spent(s: Session, basis: Basis) -> Spending | None:
    """Engaged and paid along the calendar of a project; None while it has no period."""
    project_id = basis.project.id
    paid = select(Payment.mobility_id, Payment.date, Payment.cents).join(Mobility, Mobility.id == Payment.mobility_id)
    paid = paid.where(Mobility.project_id == project_id, Payment.deleted.is_(None))
    contracts = {
        mobility_id: day for (mobility_id, kind), day in accounts.paper_days(s, project_id).items() if kind == _CONTRACT
    }
    visits = queries.preparatory_visits(s, project_id)
    payments = [(id_, day, cents) for id_, day, cents in s.execute(paid) if day is not None]
    return spending(basis, Dated(contracts, payments, visits))


def report(s: Session, project_id: str, today: dt.date) -> Report:
    """Every figure of a project; the window, the sheets and the papers show this same value."""
    base, by_stay = _read(s, project_id, today)
    found = derived.of_project(s, base.project, base.rates, base.rows)
    found += tuple(finding for row in base.rows for finding in by_stay.findings(row, base.grants[row.id]))
    found += derived.of_all(s, base.project, base.rows)
    made = base.report(found)
    return derived.of_money(s, made, base.commitments(made))


def _read(s: Session, project_id: str, today: dt.date) -> tuple[Basis, derived.Context]:
    project = queries.project(s, project_id)
    if project is None:
        raise UserError(_("This project no longer exists."), _("Choose another project."))
    rows = queries.mobilities(s, project_id=project_id, today=today)
    by_stay = derived.Context(s, rows)
    awarded = queries.awarded(s, project_id)
    base = Basis(
        project,
        rows,
        {row.id: by_stay.grant(row) for row in rows},
        queries.rate_table(s, project),
        awarded,
        awarded.pop(commitment.INTERNATIONAL, None),
        queries.indicative(s, project_id),
        [persons for _day, persons in queries.preparatory_visits(s, project_id)],
        today,
    )
    return base, by_stay


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
