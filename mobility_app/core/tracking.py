"""What a tracking sheet says of papers and payments, and when it adds to what the dossier knows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mobility_app.core.evidence import CERTIFICATE, REPORT, report_due
from mobility_app.core.facts import MobilityRow
from mobility_app.core.stage import departure_papers
from mobility_app.i18n import N_, Term, _, render, text

ELSEWHERE = N_("followed outside the program")
_ORDER = ("to_do", "printed", "sent", "signed", "verified", "filed")
KINDS = ("advance", "balance")
STATES = {
    "to_do": N_("to do"),
    "printed": N_("printed"),
    "sent": N_("sent"),
    "signed": N_("signed"),
    "verified": N_("verified"),
    "filed": N_("filed"),
    "not_applicable": N_("not applicable"),
}


@dataclass(frozen=True)
class PaperState:
    """Where a paper stands; `reason` of one that is not applicable."""

    state: str
    day: dt.date | None = None
    reason: str = ""

    def __str__(self) -> str:
        """As lists of what changes show it."""
        said = Term(STATES[self.state])
        if self.day:
            return render(text(N_("{state} on {day}"), state=said, day=self.day))
        return render(text(N_("{state} ({reason})"), state=said, reason=self.reason)) if self.reason else _(said.text)


def moves_on(known: PaperState | None, said: PaperState) -> bool:
    """Whether the sheet brings a paper further: it never takes one back, nor changes a day that is known."""
    if known is None:
        return True
    if "not_applicable" in (known.state, said.state):
        return False
    if known.state == said.state:
        return known.day is None and said.day is not None
    return _ORDER.index(said.state) > _ORDER.index(known.state)


def followed_elsewhere(row: MobilityRow, cut_off: dt.date) -> Iterator[str]:
    """The papers of a stay that nobody will look for here: it left, or was over, before the cut-off day."""
    first, last = row.first_day, row.last_day
    if first is not None and first < cut_off:
        yield from departure_papers(row)
    if last is not None and last < cut_off:
        yield from (CERTIFICATE, *((REPORT,) if report_due(row) else ()), *(() if row.accompanying else ("EUROPASS",)))


def share(total: int, kind: str, percent: int, advance: int | None) -> int:
    """What an advance or a balance comes to where the sheet only tells its day."""
    usual = total * percent // 100
    return usual if kind == "advance" else total - (usual if advance is None else advance)


def dates_and_amounts(values: Mapping[str, Any]) -> Iterator[tuple[str, dt.date | None, int | None]]:
    """The payments of a row: kind, day, amount; either may be missing."""
    for kind in KINDS:
        day, cents = values.get(f"payment:{kind}"), values.get(f"payment:{kind}_cents")
        if day is not None or cents:
            yield kind, day, cents
