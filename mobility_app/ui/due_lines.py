"""The payments still to make as lines: which they are, where each stands, how they are ordered and shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mobility_app.core.facts import MobilityRow
from mobility_app.core.payment_plan import Step
from mobility_app.core.text import sort_key
from mobility_app.i18n import N_, _, date, money
from mobility_app.jobs.accounts import Owed
from mobility_app.ui.rows_model import Column, Order

KINDS = {
    "advance": (N_("Advance"), "info"),
    "balance": (N_("Balance"), "success"),
    "repayment": (N_("Overpaid, to come back"), "danger"),
}
STATES = {
    "late": (N_("Late"), "danger"),
    "ready": (N_("Ready to pay"), "success"),
    "waiting": (N_("Waiting for papers"), "neutral"),
    "unknown": (N_("Amount unknown"), "warning"),
}


@dataclass(frozen=True)
class Due:
    """One payment to make, of one mobility."""

    id: str
    row: MobilityRow
    step: Step
    state: str

    @property
    def lacking(self) -> str:
        """What must be in first."""
        return ", ".join(_(gate.title.text) for gate in self.step.gates if not gate.met)


def due_id(mobility_id: str, kind: str) -> str:
    return f"{mobility_id}/{kind}"


def dues(owed: Sequence[Owed], today: dt.date) -> tuple[Due, ...]:
    """The next payments first; what is open and past its day is late."""
    steps = [(one.row, step) for one in owed for step in one.steps]
    found = [Due(due_id(row.id, step.kind), row, step, _state(step, today)) for row, step in steps]
    return tuple(sorted(found, key=lambda due: (due.step.due is None, due.step.due or today, due.row.number)))


def _state(step: Step, today: dt.date) -> str:
    if step.amount is None:
        return "unknown"
    if not step.open:
        return "waiting"
    return "late" if step.due is not None and step.due < today else "ready"


def ordered(found: Sequence[Due], state: str, order: Order) -> list[str]:
    """The ids of those in a state ("" for all)."""
    chosen = [due for due in found if not state or due.state == state]
    for key, down in order:
        chosen.sort(key=_SORTED[key], reverse=down)  # type: ignore[arg-type]  # each key gives one kind of value
    return [due.id for due in chosen]


_SORTED: dict[str, Callable[[Due], object]] = {
    "name": lambda due: sort_key(due.row.last_name, due.row.first_name),
    "school": lambda due: sort_key(due.row.sending_organisation or ""),
    "amount": lambda due: due.step.amount or 0,
    "due": lambda due: due.step.due or dt.date.max,
}


def _amount(due: Due) -> str:
    return "" if due.step.amount is None else money(due.step.amount)


COLUMNS: tuple[Column, ...] = (
    Column("name", N_("Participant"), lambda due: due.row.full_name, 170, sort="name", grow=True),
    Column("school", N_("Sending organisation"), lambda due: due.row.sending_organisation or "", 170, sort="school"),
    Column(
        "kind", N_("Payment"), lambda due: _(KINDS[due.step.kind][0]), 150, tone=lambda due: KINDS[due.step.kind][1]
    ),
    Column("amount", N_("Amount"), _amount, 112, numeric=True, sort="amount"),
    Column("due", N_("Due on"), lambda due: date(due.step.due), 104, sort="due"),
    Column("state", N_("State"), lambda due: _(STATES[due.state][0]), 160, tone=lambda due: STATES[due.state][1]),
    Column("lacking", N_("Waits for"), lambda due: due.lacking, 200, grow=True, ink=lambda due: "muted"),
)
