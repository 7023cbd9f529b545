"""The fields of records that are no mobility, as their panes edit them: persons, organisations, projects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mobility_app import fields
from mobility_app.core import identifiers
from mobility_app.fields import BY_KEY, Choice, Field
from mobility_app.i18n import N_, _

PARTICIPANT: tuple[Field, ...] = tuple(
    BY_KEY[key]
    for key in (
        "last_name",
        "first_name",
        "birth_date",
        "gender",
        "nationality",
        "status",
        "class_name",
        "email",
        "phone",
    )
)
ORGANISATION: tuple[Field, ...] = tuple(
    replace(field, key=field.stored_as) for field in fields.ORGANISATION if field.stored_as != "role"
)
PLACES = Field("places", N_("Places allotted"), "integer", "sending", length=9, width=9)
SINCE = Field("since", N_("Papers followed here from"), "date", "project", width=12)
STATEMENTS = (
    Choice("cofunded", N_("Co-funded by the European Union")),
    Choice("funded", N_("Funded by the European Union")),
)
ACTIONS = (
    Choice("KA121-VET", N_("KA121-VET, accredited")),
    Choice("KA122-VET", N_("KA122-VET, short-term project")),
)
PROJECT: tuple[Field, ...] = (
    Field("reference", N_("Reference"), "text", "project", length=60, width=34),
    Field("title", N_("Title"), "text", "project", length=300, width=34),
    Field("call_year", N_("Call"), "text", "project", length=4, width=8),
    Field("action", N_("Action"), "choice", "project", choices=ACTIONS, width=30),
    Field("start", N_("First day"), "date", "project", width=12),
    Field("end", N_("Last day"), "date", "project", width=12),
    Field("agency", N_("National agency"), "text", "project", length=10, width=10),
    Field("statement", N_("Statement on papers"), "choice", "project", choices=STATEMENTS, width=30),
    Field("budget_code", N_("Budget code"), "text", "project", length=60, width=16),
    Field("guarantee_cents", N_("Financial guarantee, real cost"), "money", "project", length=20, width=14),
)
SPLITS = (
    Choice("average", N_("at the average rate")),
    Choice("departure", N_("in the order of departure")),
)
TERMS: tuple[Field, ...] = (
    Field("travel_days_in_count", N_("Travel days open the count of days"), "boolean", "project"),
    Field("travel_days_confirmed", N_("Confirmed with the agreement"), "boolean", "project"),
    Field("support_split", N_("Organisational support is shared"), "choice", "project", choices=SPLITS, width=24),
    Field("advance_percent", N_("Advance, in %"), "integer", "project", length=3, width=8),
    Field("advance_days", N_("Advance, within how many days"), "integer", "project", length=3, width=8),
    Field("balance_days", N_("Balance, within how many days"), "integer", "project", length=3, width=8),
)

# What each convention means, and how sure it is.
TERM_NOTES = {
    "travel_days_in_count": N_(
        "Ticked: travel days are the first of the 14 days at the first rate. No published text for VET says so."
    ),
    "travel_days_confirmed": N_("Tick it once a stay of more than 14 days agrees with the Beneficiary Module."),
    "support_split": N_("To settle between the members: no published rule. The amount of the project stays the same."),
    "advance_percent": N_("To confirm: 80 % is usual, unknown for VET; see your agency's model of contract."),
    "advance_days": N_("To confirm: after the contract is signed, and before the departure; 30 days are usual."),
    "balance_days": N_("To confirm: after the participant report; 45 days are usual."),
}


@dataclass(frozen=True)
class Check:
    """How a text is made the value that is kept, and the warning for one that looks wrong; never a refusal."""

    clean: Callable[[str], Any]
    ok: Callable[[Any], bool]
    warning: str

    def say(self, written: str) -> str:
        if not written.strip():
            return ""
        return "" if self.ok(self.clean(written)) else _(self.warning)


def _year(written: str) -> int:
    """A year is not grouped in thousands, so it is typed as a text; 0 for none, which the project refuses."""
    return int(written) if written.strip().isdecimal() else 0


CHECKS: dict[str, Check] = {
    "uai": Check(
        identifiers.clean,
        identifiers.uai_ok,
        N_("A UAI has seven digits and the letter that goes with them: one of them may be mistyped."),
    ),
    "oid": Check(identifiers.clean, identifiers.oid_ok, N_("An OID is E and eight digits.")),
    "pic": Check(identifiers.clean, identifiers.pic_ok, N_("A PIC has nine digits.")),
    "siret": Check(
        identifiers.clean, identifiers.siret_ok, N_("A SIRET has 14 digits that check each other: one may be mistyped.")
    ),
    "call_year": Check(_year, lambda year: 2014 <= year <= 2100, N_("Write four digits, 2026 for example.")),
    "reference": Check(
        str.strip,
        lambda value: identifiers.project_code(value) is not None,
        N_("Usual references look like 2026-1-FR01-KA121-VET-000212345."),
    ),
}
