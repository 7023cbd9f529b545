"""What to do, brought together: findings and deadlines of one kind and one moment are one line of the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mobility_app.core.facts import Finding, Severity
from mobility_app.i18n import N_, Text, plural_text

HORIZON = 14  # days ahead that the first page looks
_RANK: dict[Severity, int] = {"blocking": 0, "warning": 1, "notice": 2}


# What a line of several deadlines of one kind is called.
_TITLES = {
    "details_due": (N_("{n} stay to complete"), N_("{n} stays to complete")),
    "agreements_due": (
        N_("Learning and placement agreements of {n} person"),
        N_("Learning and placement agreements of {n} persons"),
    ),
    "personal_papers_due": (N_("Family papers of {n} person"), N_("Family papers of {n} persons")),
    "contract_due": (N_("{n} financial agreement to have signed"), N_("{n} financial agreements to have signed")),
    "orders_due": (
        N_("Mission orders and declarations of {n} person"),
        N_("Mission orders and declarations of {n} persons"),
    ),
    "bm_due": (
        N_("{n} mobility to complete in the Beneficiary Module"),
        N_("{n} mobilities to complete in the Beneficiary Module"),
    ),
    "certificate_due": (N_("{n} signed certificate to get back"), N_("{n} signed certificates to get back")),
    "europass_due": (N_("{n} Europass Mobility to have filled in"), N_("{n} Europass Mobilities to have filled in")),
    "report_due": (N_("{n} participant report"), N_("{n} participant reports")),
    "balance_due": (N_("{n} balance to settle"), N_("{n} balances to settle")),
}


@dataclass(frozen=True)
class Line:
    """One thing to do. `due` is the first day among its findings; None: at any time. `late`: it has passed."""

    code: str
    due: dt.date | None
    late: bool
    severity: Severity
    findings: tuple[Finding, ...]

    @property
    def title(self) -> Text:
        """What there is to do, with the number of those concerned."""
        if self.code in _TITLES:
            return plural_text(*_TITLES[self.code], "n", n=len(self.ids))
        return self.findings[0].text

    @property
    def ids(self) -> tuple[str, ...]:
        """The records concerned."""
        return tuple(dict.fromkeys(finding.id for finding in self.findings))


def lines(findings: Iterable[Finding], today: dt.date) -> tuple[Line, ...]:
    """Unanswered findings as lines, one a kind for what is late, for what is due soon, and for what has no day.

    Late ones first (what blocks before the rest), then by the nearest day. Deadlines that no one needs to look at yet
    are not here: the caller gives those within its horizon.
    """
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        if not finding.answer:
            groups.setdefault((finding.code, _moment(finding, today)), []).append(finding)
    made = [_line(code, found, today) for (code, _when), found in groups.items()]
    return tuple(sorted(made, key=_place))


def _moment(finding: Finding, today: dt.date) -> str:
    return "any" if finding.due is None else "late" if finding.due < today else "soon"


def _line(code: str, found: list[Finding], today: dt.date) -> Line:
    found.sort(key=lambda finding: (finding.due or dt.date.max, finding.record))
    due = found[0].due
    severity = min((finding.severity for finding in found), key=_RANK.__getitem__)
    return Line(code, due, due is not None and due < today, severity, tuple(found))


def _place(line: Line) -> tuple[bool, int, dt.date, str]:
    """Late before the rest; among the late what blocks first; among the rest the nearest day first."""
    day = line.due or dt.date.max
    return (not line.late, _RANK[line.severity] if line.late or line.due is None else 0, day, line.code)
