"""What every figure of a project is reckoned from, read once: the report comes of it, and so does a scenario."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mobility_app.core import budget, commitment
from mobility_app.core.facts import Finding, Grant, MobilityRow, ProjectRow, Report, Stay
from mobility_app.core.rates import RateTable


@dataclass(frozen=True)
class Basis:
    """`rows`: all of the project, candidates too; `grants` by mobility, lines set by hand included.

    `ceiling`: the most that may go to countries outside the programme; `visits`: the persons of each visit.
    """

    project: ProjectRow
    rows: Sequence[MobilityRow]
    grants: Mapping[str, Grant]
    rates: RateTable
    awarded: Mapping[tuple[str, str], int]
    ceiling: int | None
    indicative: Mapping[tuple[str, str, str], int]
    visits: Sequence[int]
    today: dt.date

    @property
    def planned(self) -> list[Stay]:
        return [row.stay for row in self.rows if row.planned]

    def report(self, findings: Iterable[Finding] = ()) -> Report:
        return budget.report(
            self.project,
            self.rows,
            self.rates,
            self.awarded,
            self.indicative,
            self.visits,
            self.today,
            findings,
            self.grants,
        )

    def commitments(self, report: Report) -> tuple[Finding, ...]:
        """What is planned beyond the agreement."""
        return commitment.findings(
            self.project, report.budget, self.rows, self.grants, self.rates, self.ceiling, self.visits
        )
