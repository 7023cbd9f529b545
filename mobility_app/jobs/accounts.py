"""What goes round a project, read together: members' statements, leftovers, what is to be paid to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import members, payment_plan, real_costs, settlement
from mobility_app.core.account_papers import Transferred
from mobility_app.core.facts import Finding, Grant, MobilityRow, ProjectRow
from mobility_app.store import accounts, derived, lists, queries
from mobility_app.store.database import Database, Session


@dataclass(frozen=True)
class Owed:
    """One mobility's settlement and its payments still to make; `finding`: co-funding above the real cost."""

    row: MobilityRow
    money: settlement.Settlement
    steps: tuple[payment_plan.Step, ...]
    finding: Finding | None


@dataclass(frozen=True)
class Consortium:
    """Every member's statement and transfers, and the mobilities with their grants that the figures come from."""

    statements: tuple[members.Statement, ...]
    transfers: Mapping[str, Sequence[Transferred]]
    rows: Sequence[MobilityRow]
    money: Mapping[str, Grant]


def statements(db: Database, project: ProjectRow, *, today: dt.date) -> tuple[members.Statement, ...]:
    """Places and euros of every member, organisational support shared by the project's convention."""
    with db.read() as s:
        return consortium_in(s, project, today=today).statements


def consortium_in(s: Session, project: ProjectRow, *, today: dt.date) -> Consortium:
    """What the window and the members' papers both show."""
    rows = queries.mobilities(s, project_id=project.id, today=today)
    context = derived.Context(s, rows)
    money = {row.id: context.grant(row) for row in rows}
    known, rates = accounts.members(s, project.id), queries.rate_table(s, project)
    found = members.statements(known, rows, money, rates, project.support_split, today)
    return Consortium(found, accounts.transfers(s, project.id), rows, money)


def leftovers(db: Database, project: ProjectRow, by: str, *, today: dt.date) -> tuple[real_costs.Leftover, ...]:
    """Flat rates less real costs by "flow_id", "sending_id" or "project_id"."""
    with db.read() as s:
        rows = queries.mobilities(s, project_id=project.id, today=today)
        context = derived.Context(s, rows)
        money = {row.id: context.grant(row) for row in rows}
        return real_costs.leftovers(rows, money, accounts.expenses(s, project.id), by)


def owed(db: Database, project: ProjectRow, *, today: dt.date) -> tuple[Owed, ...]:
    """What is still to be paid for each planned mobility of a project, by number."""
    with db.read() as s:
        return owed_in(s, project, today=today)


def owed_in(s: Session, project: ProjectRow, *, today: dt.date) -> tuple[Owed, ...]:
    rows = [row for row in queries.mobilities(s, project_id=project.id, today=today) if row.planned]
    context, rates = derived.Context(s, rows), queries.rate_table(s, project)
    done, days = lists.papers_done(s, project.id), accounts.paper_days(s, project.id)
    others = accounts.co_funded(s, [row.id for row in rows])
    costs = real_costs.by_mobility(rows, accounts.expenses(s, project.id))
    found = []
    for row in rows:
        money = settlement.settle(row, rates, context.hand_lines(row))
        signed, reported = (days.get((row.id, kind)) for kind in ("CONTRAT", "RAPP"))
        paid = sum(cents for *_kind, cents in context.payments.get(row.id, ()))
        steps = payment_plan.plan(row, project, money, paid, done.get(row.id, frozenset()), signed, reported)
        total = (money.actual or money.planned).total
        cost = costs[row.id]
        found.append(Owed(row, money, steps, payment_plan.co_funding_finding(row, total, others.get(row.id, 0), cost)))
    return tuple(found)
