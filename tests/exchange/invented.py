"""A whole report of invented people, made by the rules on frozen rows, so that sheets are tested without a database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mobility_app.core import budget, grant, stage
from mobility_app.core.facts import Finding, MobilityRow, ProjectRow, Report
from mobility_app.core.rates import RateTable
from mobility_app.i18n import Country, text
from mobility_app.store import reference

TODAY = dt.date(2027, 2, 15)
PROJECT = ProjectRow(
    "p1", 1, 1, "2026-1-FR01-KA121-VET-000212345", "Campus Loire & Perche : 100 % mobile", 2026, "KA121-VET",
    start=dt.date(2026, 6, 1), end=dt.date(2027, 8, 31), coordinator="Lycée Invention du Perche",
)  # fmt: skip
SCHOOLS = (
    "LP Jeanne-Barret", "CFA Numérique du Perche", "Lycée polyvalent des métiers de l’hôtellerie et du tourisme du Val",
    "MFR des Trois-Rivières", "Lycée agricole Les Tilleuls", "CFA du bâtiment", "LP Ada-Lovelace", "EREA Simone-Weil",
)  # fmt: skip
PLACES = (
    ("ES", "Granada", 1340), ("DE", "Leipzig", 850), ("PL", "Kraków", 1340), ("IT", "Bologna", 760),
    ("GR", "Θεσσαλονίκη", 1980), ("BE", "Namur", 260), ("PT", "Setúbal", 1450), ("TR", "İzmir", 2350),
    ("MT", "Il-Mosta", 1660), ("IS", "Akureyri", 2400), ("FI", "Espoo", 2160), ("IE", "Cork", 830),
)  # fmt: skip
LAST = ("MARTIN", "ÇELIK", "O’BRIEN", "LEFÈVRE", "NGUYỄN", "DUBOIS", "ŁUKASIK", "TRAORÉ", "PETIT", "ROSSI-BIANCHI")
FIRST = ("Maëlys", "Zoé", "Noël", "İnci", "Jean-Noël", "Chloé", "Mehdi", "Inès", "Łucja", "Anne-Sophie")
ACTIVITIES = ("VET_SHORT_TERM",) * 6 + ("VET_LONG_TERM_ERASMUSPRO", "JOB_SHADOWING", "COURSES_TRAINING")
LENGTHS = {"VET_LONG_TERM_ERASMUSPRO": 120, "JOB_SHADOWING": 5, "COURSES_TRAINING": 5}
AWARDED = {
    ("organisational_support", ""): 3_850_000,
    ("individual_support", "VET_SHORT_TERM"): 4_800_000,
    ("individual_support", "VET_LONG_TERM_ERASMUSPRO"): 2_600_000,
    ("individual_support", "JOB_SHADOWING"): 500_000,
    ("individual_support", "COURSES_TRAINING"): 450_000,
    ("travel_support", "VET_SHORT_TERM"): 1_400_000,
    ("travel_support", "VET_LONG_TERM_ERASMUSPRO"): 250_000,
    ("course_fees", "COURSES_TRAINING"): 320_000,
    ("inclusion_organisation", "VET_SHORT_TERM"): 100_000,
}
INDICATIVE = {
    ("T1", "participants", "VET_SHORT_TERM"): 60,
    ("T1", "participants", "VET_LONG_TERM_ERASMUSPRO"): 8,
    ("T1", "participants", "JOB_SHADOWING"): 10,
    ("T1", "total_days", "VET_SHORT_TERM"): 1260,
    ("T1", "total_days", "VET_LONG_TERM_ERASMUSPRO"): 960,
    ("T1", "preparatory_visits", ""): 6,
    ("T2", "fewer_opportunities", "VET_SHORT_TERM"): 14,
    ("T2", "green", ""): 30,
}


def rates(state: str = "confirmed") -> RateTable:
    """Invented rates, as if they had been read from an agreement."""
    return RateTable(replace(row, state=state) for row in reference.example_rows(2026))


def mobility(number: int, **facts: Any) -> MobilityRow:
    """One stay; some accompany, some have no distance yet (so an unknown amount), some are candidates."""
    activity = ACTIVITIES[number % len(ACTIVITIES)]
    country, town, distance = PLACES[(number * number % 19) % len(PLACES)]
    start = dt.date(2026, 9, 7) + dt.timedelta(days=(number * 37) % 300)
    accompanying = number % 9 == 4
    row = MobilityRow(
        id=f"m{number}", number=number, participant_id=f"u{number}", sending_id=f"s{number % 8}",
        host_id=f"h{number % 18}", last_name=LAST[number % 10], first_name=FIRST[number * 3 % 10],
        birth_date=dt.date(2008, 1 + number % 12, 1 + number % 28), gender="female", nationality="FR",
        email=f"p{number}@exemple.test", phone="0612345678", status="staff" if accompanying else "pupil",
        class_name="Bac pro CIEL", sending_organisation=SCHOOLS[number % 8], sending_uai=f"028170{number % 8}C",
        activity=activity, role="accompanying" if accompanying else "participant", flow="Flux de printemps",
        country=country, town=town, host="Zespół Szkół Gastronomicznych", mentor="Dolores Invención", start=start,
        end=start + dt.timedelta(days=LENGTHS.get(activity, 14 + number % 15) - 1), travel_days=2,
        distance_km=None if number % 17 == 0 else distance, means="train" if number % 3 == 0 else "plane",
        green=number % 3 == 0, fewer_opportunities=number % 5 == 0, course_days=5 if activity.startswith("C") else None,
        decision="candidate" if number % 13 == 0 else "selected", bm_id=f"005041-MOB-{number:05}", bm_state="draft",
        findings_count=number % 3, contract_signed=number % 2 == 0, notes="RAS",
    )  # fmt: skip
    return replace(row, **facts)


def paid(row: MobilityRow, table: RateTable) -> MobilityRow:
    """With what the store derives for a row: amounts, stage, and here half of the amount paid to every fourth."""
    money = grant.compute(row.stay, table)
    return replace(
        row,
        stage=stage.stage(row, TODAY),
        total=money.total,
        known_total=money.known_total,
        individual_support=money.amount("individual_support"),
        travel_support=money.amount("travel_support"),
        paid=money.known_total // 2 if row.number % 4 == 0 else 0,
    )


def report(count: int = 80, *, state: str = "confirmed", **changes: Any) -> Report:
    return of([mobility(number) for number in range(1, count + 1)], state=state, **changes)


def of(rows: Sequence[MobilityRow], *, state: str = "confirmed", **changes: Any) -> Report:
    """The report of some rows; `changes` replace attributes of it."""
    table = rates(state)
    derived = [paid(row, table) for row in rows]
    made = budget.report(PROJECT, derived, table, AWARDED, INDICATIVE, (2,), TODAY, findings(derived))
    return replace(made, **changes)


def findings(rows: Sequence[MobilityRow]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "distance_missing", "distance_km", "blocking" if row.number % 2 else "warning",
            ("me", "school", "host", "accountant")[row.number % 4],
            text("The distance to {country} is missing.", country=Country(row.country or "ES")),
            text("Type the distance that the Commission's calculator gives from the sending school to the host."),
            f"{row.number} · {row.full_name}", row.id, due=TODAY + dt.timedelta(days=row.number),
        )
        for row in rows[:25]
    )  # fmt: skip
