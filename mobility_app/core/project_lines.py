"""The lines that belong to a project and to no one person: they go to the organisations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mobility_app.core import activities
from mobility_app.core.facts import GrantLine, Stay
from mobility_app.core.lines import known, setting, stated, unknown
from mobility_app.core.rates import INTERNATIONAL, RateTable, Tier
from mobility_app.core.sentences import rate_unknown, setting_unknown
from mobility_app.fields import title_of
from mobility_app.i18n import N_, Euros, Term, Text, Value, plural_text, text


def project_lines(stays: Iterable[Stay], rates: RateTable) -> tuple[GrantLine, ...]:
    """The lines of a project: organisational support by activity type, then inclusion support for the organisations."""
    people = [stay for stay in stays if stay.role != "accompanying"]
    return (*organisational_support(people, rates), *inclusion_organisation(people, rates))


def organisational_support(people: Iterable[Stay], rates: RateTable) -> tuple[GrantLine, ...]:
    """Participants of each activity type by tier, in no order of persons.

    The caller leaves accompanying persons out. Participants of an activity outside the programme's countries are
    counted apart, at the rate of international mobilities (annex of the 2021 VET agreement).
    """
    counted = Counter((stay.activity or "", rates.international(stay.country)) for stay in people)
    lines: list[GrantLine] = []
    for (activity, international), number in sorted(counted.items(), key=lambda item: (_place(item[0][0]), item[0])):
        lines += _organisational(activity, number, international, rates)
    return tuple(lines)


def _organisational(activity: str, number: int, international: bool, rates: RateTable) -> Iterable[GrantLine]:
    key, what = "organisational_support", Term(title_of("activity", activity))
    if not activity:
        yield unknown(key, "participant", text(N_("Missing: the activity type.")), number)
        return
    tiers = rates.tiers(INTERNATIONAL if international else activity)
    covered = 0
    for tier in tiers:
        quantity = _in_tier(tier, number)
        if quantity:
            covered += quantity
            yield _tier_line(activity, tier, quantity, international)
    if covered < number:
        reason = rate_unknown(None, text(N_("organisational support, {activity}"), activity=what))
        yield unknown(key, "participant", reason, number - covered, "rate", activity=activity)


def _in_tier(tier: Tier, number: int) -> int:
    last = number if tier.last is None else min(number, tier.last)
    return max(0, last - tier.first + 1)


def _tier_line(activity: str, tier: Tier, quantity: int, international: bool) -> GrantLine:
    key, row = "organisational_support", tier.row
    values: dict[str, Value] = {"activity": Term(title_of("activity", activity)), "first": tier.first}
    values["last"] = tier.last or tier.first
    if international:
        what = text(N_("{activity}, outside the programme's countries"), **values)
    elif tier.last is not None:
        what = text(N_("{activity}, participants {first} to {last}"), **values)
    elif tier.first > 1:
        what = text(N_("{activity}, from participant {first}"), **values)
    else:
        what = text("{activity}", **values)
    if not row.usable or row.cents is None:
        return unknown(key, "participant", rate_unknown(row, what), quantity, "rate", row, activity)
    amount = quantity * row.cents
    people = plural_text("{n} participant", "{n} participants", "n", n=quantity)
    sentence = text(
        N_("{people} × {rate} = {amount}: {what}"),
        people=people,
        rate=Euros(row.cents),
        amount=Euros(amount),
        what=what,
    )
    return known(key, quantity, "participant", row, amount, row.state, sentence, activity)


def inclusion_organisation(people: Iterable[Stay], rates: RateTable) -> Iterable[GrantLine]:
    """A unit for each participant with fewer opportunities, by activity type; none for a zero grant.

    Source: annex of the 2021 VET agreement; in the Beneficiary Module the amount is read-only.
    """
    counted = Counter(stay.activity or "" for stay in people if stay.fewer_opportunities and not stay.zero_grant)
    row = rates.row("inclusion_organisation")
    for activity, number in sorted(counted.items(), key=lambda item: _place(item[0])):
        what = text(N_("participants with fewer opportunities, {activity}"), activity=_title(activity))
        if row is None or not row.usable or row.cents is None:
            reason = rate_unknown(row, what)
            yield unknown("inclusion_organisation", "participant", reason, number, "rate", row, activity)
            continue
        amount = number * row.cents
        sentence = text(
            N_("{people} × {rate} = {amount}: {what}"),
            people=_people(number),
            rate=Euros(row.cents),
            amount=Euros(amount),
            what=what,
        )
        yield known("inclusion_organisation", number, "participant", row, amount, row.state, sentence, activity)


def preparatory_visits(visits: Sequence[int], rates: RateTable) -> tuple[GrantLine, ...]:
    """Persons of each visit at the unit of the call, up to the persons that one visit may count (annex of 2021: 3)."""
    if not visits:
        return ()
    key = "preparatory_visit"
    row, (limit_row, limit) = rates.row(key, "", "person"), setting(rates, "limit", "visit_persons")
    everybody = sum(visits)
    if row is None or not row.usable or row.cents is None:
        return (
            unknown(key, "person", rate_unknown(row, text(N_("preparatory visit, a person"))), everybody, "rate", row),
        )
    if limit is None and max(visits) > 1:
        reason = setting_unknown(limit_row, text(N_("most persons of a preparatory visit")))
        return (unknown(key, "person", reason, everybody, "rate", limit_row),)
    number = sum(visits) if limit is None else sum(min(persons, limit) for persons in visits)
    amount = number * row.cents
    sentence = text(
        N_("{people} × {rate} = {amount}: {visits}"),
        people=plural_text("{n} person", "{n} persons", "n", n=number),
        rate=Euros(row.cents),
        amount=Euros(amount),
        visits=plural_text("{n} preparatory visit", "{n} preparatory visits", "n", n=len(visits)),
    )
    return (known(key, number, "person", row, amount, row.state, sentence),)


def financial_guarantee(cost: int | None, rates: RateTable) -> tuple[GrantLine, ...]:
    """The real cost of a financial guarantee at the percentage of the project's settings."""
    if not cost:
        return ()
    row, percent = setting(rates, "percent", "guarantee")
    if row is None or percent is None:
        reason = setting_unknown(row, text(N_("percentage of a financial guarantee")))
        return (unknown("financial_guarantee", "percent", reason, None, "rate", row),)
    amount = share(cost, percent)
    sentence = text(
        N_("{percent} % of {cost} = {amount}: financial guarantee"),
        percent=percent,
        cost=Euros(cost),
        amount=Euros(amount),
    )
    return (stated("financial_guarantee", percent, "percent", cost, amount, sentence, row),)


def share(cents: int, percent: int) -> int:
    """A percentage of an amount, never a cent more than it."""
    return cents * percent // 100


def _place(activity: str) -> tuple[int, str]:
    order = {code: i for i, code in enumerate(activities.WHO)}
    return order.get(activity, len(order)), activity


def _title(activity: str) -> Term:
    return Term(title_of("activity", activity) if activity else N_("activity type missing"))


def _people(number: int) -> Text:
    return plural_text("{n} participant", "{n} participants", "n", n=number)
