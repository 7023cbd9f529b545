"""Preparatory visits: no mobilities, paid by the person, up to the persons that one visit may count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from mobility_app.core.facts import GrantLine, ProjectRow
from mobility_app.core.project_lines import preparatory_visits
from mobility_app.core.rates import RateTable


@dataclass(frozen=True)
class Visit:
    """Some persons who prepare an activity at its host."""

    id: str
    persons: int
    activity: str | None = None
    host: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def paid(visit: Visit, rates: RateTable) -> GrantLine:
    """What this visit adds to the project's line; its amount is None while the unit is unknown."""
    (line,) = preparatory_visits((visit.persons,), rates)
    return line


def outside(visit: Visit, project: ProjectRow) -> bool:
    """Whether it lies outside the project's period (Beneficiary Module: its dates must not)."""
    early = visit.start is not None and project.start is not None and visit.start < project.start
    last = visit.end or visit.start
    return early or (last is not None and project.end is not None and last > project.end)
