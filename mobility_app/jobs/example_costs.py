"""Departures of the example with their invoices, and those who pay beside the programme; all of it invented."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from mobility_app.actions import accounts, mobilities
from mobility_app.core.facts import MobilityRow
from mobility_app.i18n import date
from mobility_app.store.database import Session

DEPARTURES = 4  # made in a project that has none
EACH = (  # category, supplier, days before the departure, cents a person
    ("travel", "Voyages du Val de Loire", 40, 31_250),
    ("lodging", "Résidence des Étudiants", 25, 42_000),
    ("intermediary", "Europa Stage", 60, 18_500),
    ("meals", "Cantine solidaire", -5, 12_075),
)


def add(s: Session, project_id: str, rows: Sequence[MobilityRow]) -> None:
    """Those who go to the same country on the same day leave together; most of their invoices are in."""
    leaving: dict[tuple[dt.date, str], list[MobilityRow]] = defaultdict(list)
    for row in rows:
        if row.planned and row.start and row.country and not row.accompanying:
            leaving[row.start, row.country].append(row)
    groups = sorted(leaving.items(), key=lambda item: (-len(item[1]), item[0]))[:DEPARTURES]
    for n, ((start, country), people) in enumerate(sorted(groups, key=lambda item: item[0])):
        name = people[0].flow or f"{people[0].town or country} – {date(start)}"
        flow = mobilities.find_or_add_flow(s, project_id, name)
        mobilities.change_many(s, [row.id for row in people], {"flow": name})
        _invoices(s, flow, start, len(people), n)
        for place, row in enumerate(people if n % 2 else ()):
            accounts.co_fund(s, row.id, "opco" if row.status == "apprentice" else "region", 20_000, "")
            if place % 3 == 0:
                accounts.co_fund(s, row.id, "family", 8_000)


def _invoices(s: Session, flow: str, start: dt.date, people: int, n: int) -> None:
    for place, (kind, supplier, before, each) in enumerate(EACH[: 4 - n % 3]):
        accounts.expense(
            s,
            kind,
            each * people * (10 + 4 * (n % 3)) // 10,
            flow_id=flow,
            supplier=supplier,
            date=start - dt.timedelta(days=before),
            order_number=f"BC-{start:%y}-{n + 1:02}{place + 1}",
            invoice_number=f"F{start:%Y}-{137 + 11 * n + place}",
        )
