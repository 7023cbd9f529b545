"""The reference data that the program ships: published rates by call, activity types, countries. Reads JSON, no SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from mobility_app.core.activities import Who
from mobility_app.core.facts import KEYED, RateRow, RateState
from mobility_app.i18n import N_
from mobility_app.paths import REFERENCE

CALL_YEARS = range(2021, 2028)

# Every note and source of the files that is a sentence, so that it can be shown in her language (a test compares).
NOTES = (
    N_("Not published: enter it from the annex of the grant agreement."),
    N_("Read for another field (school, higher education, youth or sport), assumed to be the same."),
    N_("Carried forward from call 2024, no source."),
    N_("Carried forward from call 2026, no source."),
    N_("Carried forward from the last known call, no source."),
    N_("No green amount is published for this band."),
    N_("Partner country (call 2021, KA121 only)."),
    N_("Another program for 2026 says 10 days at most, unconfirmed."),
    N_("Raised in 2024, amount not known."),
    N_("The source does not name the call."),
    N_("Text of 2018 to 2020, assumed to hold."),
    N_("No source is known for this figure."),
    N_("Invented for the demonstration; no agency pays this."),
)
_CARRIED = "Carried forward from the last known call, no source."


@dataclass(frozen=True)
class Activity:
    """One activity type. `name_fr` is official where its state is verified; `bm_code` None: none, or not known."""

    code: str
    who: Who | Literal["visit"]
    bm_code: str | None
    name_en: str
    name_fr: str
    name_fr_state: str
    from_call: int


@dataclass(frozen=True)
class CountryRow:
    """One country: EU, associated or partner (calls 2021 to 2026); `ec` is the code of older EC forms (EL, UK)."""

    code: str
    status: str
    region: int | None = None
    ec: str = ""


@cache
def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(REFERENCE, name).read_text("utf-8"))
    return loaded


def _row(raw: dict[str, Any], sources: dict[str, str], state: RateState | None = None, source: str = "") -> RateRow:
    euros = raw.get("euros")
    return RateRow(
        line=raw["line"],
        subject=raw.get("subject", ""),
        key=raw.get("key", ""),
        variant=raw.get("variant", ""),
        cents=None if euros is None else int(Decimal(str(euros)) * 100),
        state=state or raw["state"],
        source=source or (sources[raw["source"]] if raw.get("source") else ""),
        note=raw.get("note", ""),
    )


@cache
def rate_rows(call_year: int, agency_country: str = "FR") -> tuple[RateRow, ...]:
    """What is published for a call, and the places of what is not; the daily rates are those of the agency's country.

    A call that no file knows gets the shape of the nearest one: nothing verified, no amount.
    """
    year = min(max(call_year, CALL_YEARS.start), CALL_YEARS.stop - 1)
    common, national = _load(f"rates/{year}.json"), _national(agency_country)
    rows = tuple(_row(raw, common["sources"]) for raw in common["rows"])
    rows += tuple(_row(raw, national["sources"]) for raw in national["rows"] if raw["call_year"] == year)
    return rows if year == call_year else tuple(_carried(row) for row in rows)


def _national(country: str) -> dict[str, Any]:
    """An agency that we know nothing of has the same empty places as the French one."""
    return _load(f"national/{country if country in national_agencies() else 'FR'}.json")


@cache
def national_agencies() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in Path(REFERENCE, "national").glob("*.json")))


def _carried(row: RateRow) -> RateRow:
    state: RateState = "unverified" if row.line in KEYED else "unknown"
    return replace(row, cents=None, state=state, source="", note=_CARRIED)


@cache
def example_rows(call_year: int) -> tuple[RateRow, ...]:
    """Invented rates for the demonstration, complete, in the state "example"; none for other calls."""
    example = _load("example-rates.json")
    if call_year not in example["call_years"]:
        return ()
    return tuple(_row(raw, {}, state=example["state"], source=example["source"]) for raw in example["rows"])


@cache
def expected_daily(call_year: int) -> dict[tuple[str, str], tuple[int, int]]:
    """Least and most cents a day that are expected by (learner or staff, country group): to notice slips, no limits."""
    years = _load("expected-daily-rates.json")["years"]
    year = years[str(min(max(call_year, CALL_YEARS.start), CALL_YEARS.stop - 1))]
    return {
        (who, group): (least * 100, most * 100)
        for who, groups in year.items()
        for group, (least, most) in groups.items()
    }


@cache
def activities() -> tuple[Activity, ...]:
    """The activity types of KA121-VET and KA122-VET, preparatory visits included."""
    return tuple(Activity(**raw) for raw in _load("activities.json")["activities"])


@cache
def countries() -> tuple[CountryRow, ...]:
    """Every country that can be a destination, in the order of the codes."""
    return tuple(CountryRow(**raw) for raw in _load("countries.json")["countries"])
