"""Which papers are in: what makes a stay ready for departure, and complete after the return."""

from __future__ import annotations

from collections.abc import Collection

from mobility_app.core import activities, checks
from mobility_app.core.facts import Grant, MobilityRow

DONE = frozenset({"signed", "verified", "filed", "not_applicable"})  # states of a paper that is in
CERTIFICATE = "ATT"
REPORT = "RAPP"


def departure_ready(row: MobilityRow, done: Collection[str], grant: Grant) -> bool:
    """Nothing is missing before departure: a grant fact, a departure paper, the entry in the Beneficiary Module."""
    return grant.complete and bool(row.bm_id) and all(code in done for code in checks.departure_papers(row))


def report_due(row: MobilityRow) -> bool:
    """Accompanying persons and incoming people owe no participant report (Beneficiary Module)."""
    return not row.accompanying and activities.who(row.activity, row.role) != "incoming"


def complete(row: MobilityRow, done: Collection[str]) -> bool:
    """The certificate is in, and the participant report where one is due."""
    return CERTIFICATE in done and (REPORT in done or not report_due(row))
