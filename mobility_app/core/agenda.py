"""What to do, brought together: findings and deadlines of one kind and one moment are one line of the first page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mobility_app.core.facts import Finding, Severity
from mobility_app.i18n import Text, plural_text

HORIZON = 14  # days ahead that the first page looks
_RANK: dict[Severity, int] = {"blocking": 0, "warning": 1, "notice": 2}


# What a line of several deadlines of one kind is called.
_TITLES: dict[str, Callable[[int], Text]] = {
    "details_due": lambda n: plural_text("{n} stay to complete", "{n} stays to complete", "n", n=n),
    "agreements_due": lambda n: plural_text(
        "Learning and placement agreements of {n} person",
        "Learning and placement agreements of {n} persons",
        "n",
        n=n,
    ),
    "personal_papers_due": lambda n: plural_text(
        "Family papers of {n} person", "Family papers of {n} persons", "n", n=n
    ),
    "contract_due": lambda n: plural_text(
        "{n} financial agreement to have signed", "{n} financial agreements to have signed", "n", n=n
    ),
    "orders_due": lambda n: plural_text(
        "Mission orders and declarations of {n} person", "Mission orders and declarations of {n} persons", "n", n=n
    ),
    "bm_due": lambda n: plural_text(
        "{n} mobility to complete in the Beneficiary Module",
        "{n} mobilities to complete in the Beneficiary Module",
        "n",
        n=n,
    ),
    "certificate_due": lambda n: plural_text(
        "{n} signed certificate to get back", "{n} signed certificates to get back", "n", n=n
    ),
    "europass_due": lambda n: plural_text(
        "{n} Europass Mobility to have filled in", "{n} Europass Mobilities to have filled in", "n", n=n
    ),
    "report_due": lambda n: plural_text("{n} participant report", "{n} participant reports", "n", n=n),
    "balance_due": lambda n: plural_text("{n} balance to settle", "{n} balances to settle", "n", n=n),
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
            return _TITLES[self.code](len(self.ids))
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
