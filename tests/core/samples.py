"""Invented rows and rates for the tests of the rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from mobility_app.core.facts import MobilityRow, ProjectRow, RateRow, Stay
from mobility_app.core.rates import RateTable
from mobility_app.store import reference

START = dt.date(2027, 3, 1)


def rate(
    line: str, subject: str = "", key: str = "", variant: str = "", euros: int | None = None, **more: Any
) -> RateRow:
    cents = None if euros is None else euros * 100
    return RateRow(line, subject, key, variant, cents, more.get("state", "verified"), more.get("source", "annex"))


def rates_2021(**options: Any) -> RateTable:
    """Published in full: what the Spanish agency printed for call 2021."""
    return RateTable(reference.rate_rows(2021, "ES"), **options)


def example_rates(**options: Any) -> RateTable:
    return RateTable(reference.example_rows(2026), **options)


def stay(days: int = 14, **changes: Any) -> Stay:
    """A learner's short stay in Germany: group 2 in 2021, group 1 from 2024."""
    base = Stay(
        "VET_SHORT_TERM", "participant", "DE", START, START + dt.timedelta(days - 1), 0, 0, 1313, status="pupil"
    )
    return replace(base, **changes)


def mobility(days: int = 14, **changes: Any) -> MobilityRow:
    """A pupil's stay with nothing to find fault with."""
    base = MobilityRow(
        id="m1", number=12, project_id="p1", participant_id="person1", sending_id="school", host_id="host",
        last_name="MARTIN", first_name="Maëlys", birth_date=dt.date(2005, 4, 2), email="maelys.martin@exemple.test",
        status="pupil", sending_organisation="Lycée Jean-Zay", sending_uai="0750655E", activity="VET_SHORT_TERM",
        country="DE", town="Leipzig", host="Tischlerei Grünwald", host_country="DE", start=START,
        end=START + dt.timedelta(days - 1), travel_days=2, distance_km=850, means="train", guardians=2,
    )  # fmt: skip
    return replace(base, **changes)


def project(**changes: Any) -> ProjectRow:
    base = ProjectRow(
        "p1", 1, 1, "2026-1-FR01-KA121-VET-000212345", "Invented project", 2026, "KA121-VET",
        start=dt.date(2026, 6, 1), end=dt.date(2027, 8, 31), travel_days_confirmed=True,
    )  # fmt: skip
    return replace(base, **changes)
