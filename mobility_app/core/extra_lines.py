"""The rarer lines of a stay: linguistic and inclusion support, expensive travel, visas, a grant of zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mobility_app.core import activities, duration
from mobility_app.core.facts import GrantLine, Stay
from mobility_app.core.lines import known, setting, stated, unknown
from mobility_app.core.project_lines import share
from mobility_app.core.rates import RateTable
from mobility_app.core.sentences import days, rate_unknown, setting_unknown
from mobility_app.i18n import N_, Euros, Text, text

_WHAT = {
    "": text(N_("linguistic support")),
    activities.ERASMUSPRO: text(N_("linguistic support, ErasmusPro")),
}


def linguistic_support(stay: Stay, rates: RateTable) -> Iterator[GrantLine]:
    """A unit when the online course (OLS) lacks the language or the level, and one more for ErasmusPro.

    Never beside the online course, for accompanying persons, or for staff on short stays (annex of the 2021 VET
    agreement: under 31 days).
    """
    if stay.linguistic != "grant" or stay.role == "accompanying":
        return
    if activities.who(stay.activity) == "staff":
        row, least = setting(rates, "limit", "linguistic_staff_days")
        length = duration.activity_days(stay.start, stay.end, stay.interruption_days)
        if least is None or row is None:
            reason = setting_unknown(row, text(N_("shortest stay of staff with linguistic support")))
            yield unknown("linguistic_support", "participant", reason, 1, "rate", row)
            return
        if length is None:
            yield unknown("linguistic_support", "participant", text(N_("Missing: the dates.")), 1)
            return
        if length < least:
            sentence = text(
                N_("{days} of activity: staff have linguistic support from {least} on."),
                days=days(length),
                least=days(least),
            )
            yield stated("linguistic_support", 0, "participant", 0, 0, sentence, row)
            return
    yield _unit("linguistic_support", "", rates)
    if stay.activity == activities.ERASMUSPRO:
        yield _unit("linguistic_support_erasmuspro", activities.ERASMUSPRO, rates)


def _unit(key: str, subject: str, rates: RateTable) -> GrantLine:
    row, what = rates.row("linguistic_support", subject), _WHAT[subject]
    if row is None or not row.usable or row.cents is None:
        return unknown(key, "participant", rate_unknown(row, what), 1, "rate", row)
    sentence = text(
        N_("1 participant × {rate} = {amount}: {what}"), rate=Euros(row.cents), amount=Euros(row.cents), what=what
    )
    return known(key, 1, "participant", row, row.cents, row.state, sentence)


def inclusion_participant(stay: Stay) -> Iterator[GrantLine]:
    """The real cost of what a person with fewer opportunities, or who accompanies them, needs beside the units."""
    cost = stay.inclusion_cents
    if cost:
        sentence = text(N_("Real cost: {amount}"), amount=Euros(cost))
        yield stated("inclusion_participant", 1, "cost", cost, cost, sentence)


def visa(stay: Stay, rates: RateTable) -> Iterator[GrantLine]:
    """Visas, residence permits and the like at the percentage of the project's settings."""
    cost = stay.visa_cents
    if not cost:
        return
    row, percent = setting(rates, "percent", "visa")
    if row is None or percent is None:
        reason = setting_unknown(row, text(N_("percentage of visas and similar costs")))
        yield unknown("exceptional_costs_visa", "percent", reason, None, "rate", row)
        return
    amount = share(cost, percent)
    sentence = text(
        N_("{percent} % of {cost} = {amount}: visa and similar"),
        percent=percent,
        cost=Euros(cost),
        amount=Euros(amount),
    )
    yield stated("exceptional_costs_visa", percent, "percent", cost, amount, sentence, row)


def expensive_travel(stay: Stay, unit: GrantLine, rates: RateTable) -> tuple[GrantLine, ...]:
    """A share of the real cost in the place of the travel unit, when the unit covers too little of that cost.

    Both percentages are settings: the published texts (80 % and 70 %) are of 2018 to 2020. Which of the two a stay is
    paid by is her choice; where the unit covers enough, the unit stays.
    """
    key, cost = "exceptional_costs_travel", stay.travel_cost_cents
    percent_row, percent = setting(rates, "percent", "expensive_travel")
    least_row, least = setting(rates, "percent", "expensive_travel_least")
    if cost is None:
        return unit, unknown(key, "percent", text(N_("Missing: the real cost of travel.")))
    if percent is None or least is None or percent_row is None or least_row is None:
        row = least_row if percent is not None else percent_row
        reason = setting_unknown(row, text(N_("percentages of expensive travel")))
        return unit, unknown(key, "percent", reason, None, "rate", row)
    if unit.amount is None:
        return unit, unknown(key, "percent", text(N_("The travel unit is not known yet.")), None, unit.lacks)
    if unit.amount * 100 >= least * cost:
        sentence = text(
            N_("The travel unit ({unit}) covers at least {least} % of {cost}: it stays."),
            unit=Euros(unit.amount),
            least=least,
            cost=Euros(cost),
        )
        return unit, stated(key, 0, "percent", cost, 0, sentence, percent_row, least_row)
    amount = share(cost, percent)
    sentence = text(
        N_("{percent} % of {cost} = {amount}: the travel unit ({unit}) covers less than {least} % of the cost"),
        percent=percent,
        cost=Euros(cost),
        amount=Euros(amount),
        unit=Euros(unit.amount),
        least=least,
    )
    replaced = text(N_("Replaced by exceptional costs; the unit would be {unit}."), unit=Euros(unit.amount))
    none = replace(unit, quantity=0, amount=0, sentence=replaced)
    return none, stated(key, percent, "percent", cost, amount, sentence, percent_row, least_row)


_ZERO: Text = text(N_("Zero grant: the person counts as a participant and is paid nothing."))


def zeroed(line: GrantLine) -> GrantLine:
    """The line of a stay with a zero grant."""
    return replace(line, quantity=0, rate=line.rate or 0, amount=0, sentence=_ZERO, lacks="")
