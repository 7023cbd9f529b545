"""Real costs and those who pay them, read together: of a project, and of one mobility."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import payment_plan, real_costs
from mobility_app.core.cost_shares import CoFunded, Share, shares
from mobility_app.core.facts import Finding, Grant, MobilityRow, ProjectRow
from mobility_app.core.real_costs import Invoice
from mobility_app.store import accounts, derived, expenses, queries
from mobility_app.store.database import Session


@dataclass(frozen=True)
class Costs:
    """What the window and the Region's statement both show of a project."""

    project: ProjectRow
    rows: Sequence[MobilityRow]
    money: Mapping[str, Grant]
    flows: Mapping[str, str]  # the names of the departures, the first to leave first
    invoices: Sequence[Invoice]
    shares: Sequence[Share]


@dataclass(frozen=True)
class StayCosts:
    """Who pays one mobility; `finding`: the grant and the funders together pay more than it costs."""

    share: Share
    funded: Sequence[CoFunded]
    finding: Finding | None


def of_project(s: Session, project: ProjectRow, *, today: dt.date) -> Costs:
    rows = queries.mobilities(s, project_id=project.id, today=today)
    context = derived.Context(s, rows)
    money = {row.id: context.grant(row) for row in rows}
    invoices, funded = expenses.invoices(s, project.id), expenses.co_funding(s, project_id=project.id)
    found = shares(rows, money, real_costs.by_mobility(rows, invoices), funded)
    return Costs(project, rows, money, accounts.flow_names(s, project.id), invoices, found)


def of_stay(s: Session, row: MobilityRow, grant: Grant, *, today: dt.date) -> StayCosts:
    together, invoices = expenses.companions(s, row, today), expenses.invoices_of(s, row)
    funded = expenses.co_funding(s, mobility_id=row.id)
    share = Share.of(row, grant, real_costs.by_mobility(together, invoices)[row.id], funded)
    others = sum(one.cents for one in funded)
    return StayCosts(share, funded, payment_plan.co_funding_finding(row, share.grant, others, share.cost))
