"""Where a mobility stands: its stage, derived from facts, and the papers that it needs before departure."""

from __future__ import annotations

import datetime as dt

from mobility_app.core import activities
from mobility_app.core.facts import MobilityRow


def stage(row: MobilityRow, today: dt.date) -> str:
    """The stage derived from facts. The store has the same rule in SQL; a test holds both equal.

    1 forced by the coordinator · 2 a decision other than "selected" (candidate … interrupted) · 3 a date is missing:
    selected · 4 before the start: ready when nothing is missing, else in preparation · 5 up to the end: abroad ·
    6 after it: returned, complete once the evidence is in, closed once the balance is settled too.
    """
    if row.forced_stage is not None:
        return row.forced_stage
    if row.decision != "selected":
        return row.decision
    first, last = row.first_day, row.last_day
    if first is None or last is None:
        return "selected"
    if today < first:
        return "ready" if row.departure_ready else "preparation"
    if today <= last:
        return "abroad"
    if not row.evidence_complete:
        return "returned"
    return "closed" if row.settled else "complete"


def departure_papers(row: MobilityRow) -> tuple[str, ...]:
    """Codes of the papers that must be in hand before this person leaves (the register of documents)."""
    learner = row.status in {"pupil", "student", "apprentice"} and not row.accompanying
    incoming = activities.who(row.activity, row.role) == "incoming"
    staff = row.accompanying or row.status == "staff" or activities.who(row.activity, row.role) == "staff"
    group = row.activity == activities.GROUP
    needed = (
        ("CONTRAT", True),
        ("LA", not row.accompanying and not group),
        ("PROG", not row.accompanying and group),
        ("CONV", learner),
        ("AST", row.minor_at_departure),
        ("AUTPAR", row.minor_at_departure),
        ("ID", True),
        ("CEAM", True),
        ("ASSUR", True),
        ("OM", staff and not incoming),  # an incoming person's order comes from the school abroad
        ("GREEN", row.green),
    )
    return tuple(code for code, is_needed in needed if is_needed)
