"""What the dossier says in the words of the Beneficiary Module's columns, mobility by mobility."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mobility_app.core import activities, duration
from mobility_app.core.facts import MobilityRow, OrganisationRow, ProjectRow
from mobility_app.core.identifiers import oid_ok
from mobility_app.core.rates import RateTable, span

# One-way kilometres (Programme Guide; db/reference/rates): for a project whose rates name no band.
BANDS = ("0-9", "10-99", "100-499", "500-1999", "2000-2999", "3000-3999", "4000-7999", "8000-")


@dataclass(frozen=True)
class OurStay:
    """One mobility and its values by the key of a module's column; None is unknown, and never written."""

    row: MobilityRow
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def record(self) -> str:
        return f"{self.row.number} · {self.row.full_name}"


def our_stay(
    row: MobilityRow,
    project: ProjectRow,
    rates: RateTable,
    *,
    sending: OrganisationRow | None = None,
    host: OrganisationRow | None = None,
    amounts: Mapping[str, int | None] | None = None,
) -> OurStay:
    """Everything that a file may ask about a stay; `amounts` are cents by the key of a grant line."""
    amounts = amounts or {}
    values = {
        "grant_agreement": project.reference,
        "bm_id": row.bm_id,
        "bm_unique_id": row.bm_unique_id,
        "bm_state": row.bm_state,
        "draft": None if row.bm_state is None else row.bm_state == "draft",
        **{key: getattr(row, key) for key in _AS_THEY_STAND},
        "start": row.first_day,
        "end": row.last_day,
        "participant": not row.accompanying,
        "accompanying": row.accompanying,
        "recent_graduate": row.status == "graduate" if row.status else None,
        "long_term": row.activity == "VET_LONG_TERM_ERASMUSPRO" if row.activity else None,
        "blended": bool(row.virtual_hours),
        "international": rates.international(row.country) if row.country else None,
        "distance_band": band_of(row.distance_km, rates),
        "total": row.total,
        "individual_support": row.individual_support,
        "travel_support": row.travel_support,
        **_course(row, amounts.get("course_fees")),
        **_language(row),
        "linguistic_grant": amounts.get("linguistic_support"),
        **_real_costs(row, rates, amounts),
        **_days(row, rates),
        **_organisation("sending", sending, row.sending_organisation),
        **_organisation("host", host, row.host),
        "departure_country": (sending.country if sending else None) or ("FR" if row.sending_id else None),
        "departure_town": row.sending_town,
    }
    return OurStay(row, values)


_SHIELD = re.compile(r"^'+(?=[=+\-@\t\r])")


def one_line(text: str) -> str:
    """A text as a cell holds it: on one line, without the apostrophe that spreadsheets put before a sign."""
    return _SHIELD.sub("", " ".join(text.split()))


_AS_THEY_STAND = (
    *("last_name", "first_name", "email", "gender", "birth_date", "nationality", "fewer_opportunities", "activity"),
    *("country", "town", "means", "green", "distance_km", "interruption_days", "travel_days"),
    *("force_majeure", "zero_grant"),
)


def band_of(km: int | None, rates: RateTable) -> str | None:
    """The distance band as "100-499"; "8000-" is open."""
    if km is None:
        return None
    return rates.band(km) or next((key for key in BANDS if inside(km, key)), None)


def inside(km: int, band: str) -> bool:
    first, last = span(band)
    return km >= first and (last is None or km <= last)


def _course(row: MobilityRow, fees: int | None) -> dict[str, Any]:
    if row.activity != activities.COURSES or row.accompanying:
        return {"course_days": None, "course_title": None, "course_fees": None}
    return {"course_days": row.course_days, "course_title": row.course_title, "course_fees": fees}


def _language(row: MobilityRow) -> dict[str, Any]:
    """One of the two, and neither for an accompanying person."""
    if row.accompanying:
        return {"ols": False, "linguistic_support": False, "linguistic_reason": None}
    known = row.linguistic is not None
    return {
        "ols": row.linguistic == "ols" if known else None,
        "linguistic_support": row.linguistic == "grant" if known else None,
        "linguistic_reason": row.linguistic_reason if row.linguistic == "grant" else None,
    }


def _real_costs(row: MobilityRow, rates: RateTable, amounts: Mapping[str, int | None]) -> dict[str, Any]:
    """What is paid by its real cost. The module adds the organisation's unit where a participant's cost is asked."""
    unit = rates.row("inclusion_organisation")
    with_unit = row.fewer_opportunities and row.inclusion_cents and not row.zero_grant and unit and unit.usable
    return {
        "inclusion_participants": row.inclusion_cents,
        "inclusion_organisations": unit.cents if unit and with_unit else None,
        "expensive_travel": row.expensive_travel,
        "travel_cost": row.travel_cost_cents if row.expensive_travel else None,
        "expensive_travel_grant": amounts.get("exceptional_costs_travel"),
        "exceptional_costs": amounts.get("exceptional_costs_visa"),
    }


def _days(row: MobilityRow, rates: RateTable) -> dict[str, int | None]:
    """As the module reckons them: calendar days, less the interruption, plus the travel days that are funded."""
    activity = duration.activity_days(row.first_day, row.last_day, row.interruption_days)
    travel = duration.funded_travel_days(row.travel_days, rates.travel_day_limit(row.green))
    return {
        "duration_calculated": row.days,
        "period_days": activity,
        "funded_days": None if activity is None else activity + travel,
    }


def _organisation(end: str, row: OrganisationRow | None, name: str | None) -> dict[str, Any]:
    """An OID suffices; without one the details go along, for the module then creates the organisation."""
    key = "sending_organisation" if end == "sending" else "host"
    if row is None:
        return {key: name}
    oid = row.oid if row.oid and oid_ok(row.oid) else None
    found: dict[str, Any] = {key: row.name, f"{end}_oid": oid}
    if oid is None:
        found |= {
            f"{end}_{attribute}": getattr(row, attribute)
            for attribute in ("pic", "address", "postcode", "town", "country", "email", "phone")
        }
    return found
