"""What is to be paid to a participant, when, and what must be in first: an advance, then the balance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from mobility_app.core.evidence import CERTIFICATE, REPORT, report_due
from mobility_app.core.facts import Finding, MobilityRow, ProjectRow
from mobility_app.core.mobility_checks import finding
from mobility_app.core.project_lines import share
from mobility_app.core.settlement import Settlement
from mobility_app.i18n import N_, Euros, Term, text

CONTRACT = "CONTRAT"
GATES = {
    CONTRACT: Term(N_("contract signed")),
    CERTIFICATE: Term(N_("certificate in")),
    REPORT: Term(N_("participant report in")),
}


@dataclass(frozen=True)
class Gate:
    """One thing that must be in before money goes out; shown, never enforced."""

    code: str
    title: Term
    met: bool


@dataclass(frozen=True)
class Step:
    """One payment to make. `amount` is what is left of it to pay; None while the grant is unknown."""

    kind: Literal["advance", "balance", "repayment"]
    amount: int | None
    due: dt.date | None
    gates: tuple[Gate, ...]

    @property
    def open(self) -> bool:
        return all(gate.met for gate in self.gates)


def plan(
    row: MobilityRow,
    project: ProjectRow,
    money: Settlement,
    paid: int,
    done: Collection[str],
    signed: dt.date | None = None,
    reported: dt.date | None = None,
) -> tuple[Step, ...]:
    """The payments still to make, the next first; `paid`: cents so far, `done`: codes of the papers that are in.

    Percentage and delays are the project's own (80 %, 30 days after the signature, 45 after the report unless she
    changes them: usual, no published source for VET). Never more than the grant: what is too much comes back.
    """
    if not row.planned:
        return ()
    total = money.actual.total if money.actual is not None else money.planned.total
    gates = {code: Gate(code, title, code in done) for code, title in GATES.items()}
    if row.contract_signed:
        gates[CONTRACT] = Gate(CONTRACT, GATES[CONTRACT], True)
    evidence = (gates[CERTIFICATE], gates[REPORT]) if report_due(row) else (gates[CERTIFICATE],)
    advance_due = signed + dt.timedelta(project.advance_days) if signed else row.first_day
    ended = reported or row.last_day
    balance_due = ended + dt.timedelta(project.balance_days) if ended else None
    if total is None:
        return (
            Step("advance", None, advance_due, (gates[CONTRACT],)),
            Step("balance", None, balance_due, (gates[CONTRACT], *evidence)),
        )
    if paid > total:
        return (Step("repayment", paid - total, balance_due, ()),)
    over = row.actual_end is not None
    advance = 0 if over else max(0, share(total, project.advance_percent) - paid)
    balance = total - paid - advance
    steps = (
        Step("advance", advance, advance_due, (gates[CONTRACT],)),
        Step("balance", balance, balance_due, (gates[CONTRACT], *evidence)),
    )
    return tuple(step for step in steps if step.amount)


def co_funding_finding(row: MobilityRow, total: int | None, others: int, cost: int | None) -> Finding | None:
    """The grant and all other funders together pay more than the stay costs; None when a figure is unknown."""
    if total is None or cost is None or others <= 0 or total + others <= cost:
        return None
    message = text(
        N_("Grant {grant} and co-funding {others} exceed the real cost {cost} by {excess}."),
        grant=Euros(total),
        others=Euros(others),
        cost=Euros(cost),
        excess=Euros(total + others - cost),
    )
    remedy = N_("Look at the funders' rules: one of them may have to pay less.")
    return finding(row, "co_funding_excess", "total", "warning", "accountant", message, remedy)
