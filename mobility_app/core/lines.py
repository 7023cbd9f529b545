"""How every line of a grant is made: with its amount and how it was reckoned, or without and why."""

from __future__ import annotations

from mobility_app.core.facts import GrantLine, RateRow, RateState
from mobility_app.core.rates import RateTable, weakest
from mobility_app.i18n import N_, Text, text

TITLES = {
    "individual_support_1_14": text(N_("Individual support, days 1 to 14")),
    "individual_support_15": text(N_("Individual support, from day 15")),
    "travel_support": text(N_("Travel support")),
    "course_fees": text(N_("Course fees")),
    "organisational_support": text(N_("Organisational support")),
    "linguistic_support": text(N_("Linguistic support")),
    "linguistic_support_erasmuspro": text(N_("Linguistic support, ErasmusPro")),
    "inclusion_participant": text(N_("Inclusion support for the participant")),
    "inclusion_organisation": text(N_("Inclusion support for the organisation")),
    "exceptional_costs_travel": text(N_("Exceptional costs: expensive travel")),
    "exceptional_costs_visa": text(N_("Exceptional costs: visa and similar")),
    "preparatory_visit": text(N_("Preparatory visits")),
    "financial_guarantee": text(N_("Financial guarantee")),
}

OF_A_STAY = (  # the lines that one mobility may have; the others are the project's
    "individual_support_1_14", "individual_support_15", "travel_support", "course_fees", "linguistic_support",
    "inclusion_participant", "inclusion_organisation", "exceptional_costs_travel", "exceptional_costs_visa",
)  # fmt: skip


def known(
    key: str,
    quantity: int,
    unit: str,
    row: RateRow,
    amount: int,
    state: RateState,
    sentence: Text,
    activity: str = "",
) -> GrantLine:
    """A line at a published rate."""
    return GrantLine(key, quantity, unit, row.cents, amount, row.source, state, sentence, TITLES[key], activity)


def unknown(
    key: str,
    unit: str,
    sentence: Text,
    quantity: int | None = None,
    lacks: str = "fact",
    row: RateRow | None = None,
    activity: str = "",
) -> GrantLine:
    """A line without amount; `row` is the rate that was found but may not be used."""
    state: RateState = "unverified" if row is not None and (row.cents is not None or row.source) else "unknown"
    source = row.source if row else ""
    return GrantLine(key, quantity, unit, None, None, source, state, sentence, TITLES[key], activity, lacks)


def stated(key: str, quantity: int, unit: str, rate: int, amount: int, sentence: Text, *rows: RateRow) -> GrantLine:
    """A line at a cost that she typed; `rows` are the settings that it was reckoned with."""
    source = rows[0].source if rows else ""
    state = weakest(row.state for row in rows) if rows else "typed"
    return GrantLine(key, quantity, unit, rate, amount, source, state, sentence, TITLES[key])


def setting(rates: RateTable, line: str, subject: str) -> tuple[RateRow | None, int | None]:
    """A percentage or a limit of the call: its row, and its value when it may be used."""
    row = next(reversed(rates.rows_of(line, subject)), None)
    return row, int(row.key) if row is not None and row.usable and row.key.isdigit() else None
