"""The grant of a stay and of a project, line by line: each line says how it was reckoned, or what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mobility_app.core import activities, duration
from mobility_app.core.extra_lines import (
    expensive_travel,
    inclusion_participant,
    linguistic_support,
    visa,
    zeroed,
)
from mobility_app.core.facts import Grant, GrantLine, RateRow, Stay
from mobility_app.core.lines import TITLES, known, unknown
from mobility_app.core.project_lines import project_lines
from mobility_app.core.rates import RateTable, propose_d15, weakest
from mobility_app.core.sentences import days, rate_unknown, together
from mobility_app.i18n import N_, Country, Euros, Term, Text, Value, text

__all__ = ["TITLES", "compute", "project_lines", "replaced"]

WHO = {"learner": Term(N_("learner rate")), "staff": Term(N_("staff rate"))}
_FACTS = (Term(N_("the activity type")), Term(N_("the country")), Term(N_("the start")), Term(N_("the end")))
_BY_HAND = N_("No published rule says at which daily rate an incoming person is paid: enter the amount by hand.")


def compute(stay: Stay, rates: RateTable) -> Grant:
    """Everything that one mobility earns. Organisational support is not in it: it belongs to the project."""
    travel = travel_support(stay, rates)
    lines = [*individual_support(stay, rates), travel]
    if stay.expensive_travel and not stay.travel_elsewhere:
        lines[-1:] = expensive_travel(stay, travel, rates)
    if stay.activity == activities.COURSES and stay.role != "accompanying":
        lines.append(course_fees(stay, rates))
    lines += linguistic_support(stay, rates)
    lines += inclusion_participant(stay)
    lines += visa(stay, rates)
    return Grant(tuple(zeroed(line) for line in lines) if stay.zero_grant else tuple(lines))


def hand_line(key: str, cents: int, reason: str) -> GrantLine:
    """A line that the coordinator set herself, with her reason."""
    sentence = text(N_("Set by hand: {amount}. {reason}"), amount=Euros(cents), reason=reason)
    return GrantLine(key, None, "", None, cents, reason, "typed", sentence, TITLES.get(key, text(key)))


def replaced(grant: Grant, by_hand: Iterable[GrantLine]) -> Grant:
    """The grant with the lines that the coordinator set herself in the place of the computed ones."""
    own = {line.key: line for line in by_hand}
    kept = [own.pop(line.key, line) for line in grant.lines]
    return Grant((*kept, *own.values()))


def individual_support(stay: Stay, rates: RateTable) -> tuple[GrantLine, ...]:
    """Calendar days of activity less the interruption, plus funded travel days, at the first and the second rate.

    Source of the rule: annex of the 2021 VET agreement (full rate up to the 14th day, 70 % from the 15th; staff
    rates also for accompanying persons). Which days travel days are: `duration.count`.
    """
    who = activities.who(stay.activity, stay.role)
    activity = duration.activity_days(stay.start, stay.end, stay.interruption_days)
    if missing := _missing_facts(stay, who is None):
        return (unknown("individual_support_1_14", "day", text(N_("Missing: {facts}."), facts=together(missing))),)
    if activity is None:
        return (unknown("individual_support_1_14", "day", text(N_("The end comes before the start."))),)
    assert who is not None
    assert stay.country is not None
    travel = duration.funded_travel_days(stay.travel_days, rates.travel_day_limit(stay.green))
    first, then = duration.count(activity, travel, travel_in_count=rates.travel_days_in_count)
    group = rates.group(stay.country)
    if who == "incoming" or group is None:
        reason = text(_BY_HAND) if who == "incoming" else group_unknown(stay.country, rates)
        lines = [unknown("individual_support_1_14", "day", reason, first, "rate")]
        return (*lines, unknown("individual_support_15", "day", reason, then, "rate")) if then else tuple(lines)
    row, second = rates.daily(who, group)
    place: dict[str, Value] = {"country": Country(stay.country), "group": group, "who": WHO[who]}
    group_row = rates.group_row(stay.country)
    what = (
        text(
            N_("days 1 to 14, {travel} of travel included, {country}, group {group}, {who}"),
            travel=days(travel),
            **place,
        )
        if travel
        else text(N_("days 1 to 14, {country}, group {group}, {who}"), **place)
    )
    found = [_days("individual_support_1_14", first, row, group_row, what)]
    if then:
        line = _days(
            "individual_support_15",
            then,
            second,
            group_row,
            text(N_("from day 15, {country}, group {group}, {who}"), **place),
        )
        if line.rate is None and row and row.usable and row.cents is not None:
            line = _with_proposal(line, row.cents)
        found.append(line)
    return tuple(found)


def _missing_facts(stay: Stay, activity: bool) -> list[Term]:
    lacking = (activity, stay.country is None, stay.start is None, stay.end is None)
    return [term for term, is_lacking in zip(_FACTS, lacking, strict=True) if is_lacking]


def group_unknown(country: str, rates: RateTable) -> Text:
    """Why the group of a country cannot be used."""
    row = rates.group_row(country)
    if row is None or not row.key:
        return text(N_("No country group entered for {country}."), country=Country(country))
    template = (
        N_("Country group not confirmed: {country}, group {group} according to {source}.")
        if row.source
        else N_("Country group not confirmed: {country}, group {group}.")
    )
    return text(template, country=Country(country), group=row.key, source=Text(row.source))


def _days(key: str, quantity: int, row: RateRow | None, group: RateRow | None, what: Text) -> GrantLine:
    if row is None or not row.usable or row.cents is None:
        return unknown(key, "day", rate_unknown(row, what), quantity, "rate", row)
    amount = quantity * row.cents
    sentence = text(
        N_("{days} × {rate} = {amount}: {what}"),
        days=days(quantity),
        rate=Euros(row.cents),
        amount=Euros(amount),
        what=what,
    )
    state = weakest((row.state, group.state)) if group else row.state
    return known(key, quantity, "day", row, amount, state, sentence)


def _with_proposal(line: GrantLine, first_rate: int) -> GrantLine:
    sentence = text(
        N_("{reason} Proposal to check: {rate} (70 % of {first})."),
        reason=line.sentence,
        rate=Euros(propose_d15(first_rate)),
        first=Euros(first_rate),
    )
    return replace(line, sentence=sentence)


def travel_support(stay: Stay, rates: RateTable) -> GrantLine:
    """One return trip at the amount of the band that holds the one-way distance; accompanying persons alike."""
    if stay.travel_elsewhere:
        sentence = text(N_("Travel paid from elsewhere: no travel support."))
        return GrantLine("travel_support", 0, "trip", 0, 0, "", "typed", sentence, TITLES["travel_support"])
    km = stay.distance_km
    if km is None:
        return unknown("travel_support", "trip", text(N_("Missing: the distance.")), 1)
    band = rates.band(km)
    if band is None:
        reason = (
            N_("{km} km: annexes print the first band from 0 or from 10 km; look it up and set the amount by hand.")
            if 0 <= km < 10
            else N_("No distance band entered for {km} km.")
        )
        return unknown("travel_support", "trip", text(reason, km=km), 1, "rate")
    row = rates.travel(km, stay.green)
    what = _trip(km, band, stay.green, row)
    if row is None or not row.usable or row.cents is None:
        return unknown("travel_support", "trip", rate_unknown(row, what), 1, "rate", row)
    sentence = text(
        N_("1 return trip × {rate} = {amount}: {what}"), rate=Euros(row.cents), amount=Euros(row.cents), what=what
    )
    return known("travel_support", 1, "trip", row, row.cents, row.state, sentence)


def _trip(km: int, band: str, green: bool, row: RateRow | None) -> Text:
    template = N_("{km} km one way, band {band} km, standard travel")
    if green and row is not None and row.variant == "standard":
        template = N_("{km} km one way, band {band} km, green travel (no green amount published: the standard one)")
    elif green:
        template = N_("{km} km one way, band {band} km, green travel")
    first, _, last = band.partition("-")
    return text(template, km=km, band=f"{first}–{last}" if last else f"≥ {first}")


def course_fees(stay: Stay, rates: RateTable) -> GrantLine:
    """Course days at the fee of the call, up to its cap for one person (per project: `checks` looks at other stays)."""
    if stay.course_days is None:
        return unknown("course_fees", "day", text(N_("Missing: the days of the course (0 when no fee is due).")))
    row, cap = rates.row("course_fees", "", "day"), rates.row("course_fees", "", "cap")
    if row is None or not row.usable or row.cents is None:
        reason = rate_unknown(row, text(N_("course fee a day")))
        return unknown("course_fees", "day", reason, stay.course_days, "rate", row)
    if cap is None or not cap.usable or cap.cents is None:
        reason = rate_unknown(cap, text(N_("most course fees for one person")))
        return unknown("course_fees", "day", reason, stay.course_days, "rate", cap)
    full = stay.course_days * row.cents
    template = N_("{days} × {rate} = {full}") if full <= cap.cents else N_("{days} × {rate} = {full}, capped at {cap}")
    sentence = text(
        template, days=days(stay.course_days), rate=Euros(row.cents), full=Euros(full), cap=Euros(cap.cents)
    )
    amount, state = min(full, cap.cents), weakest((row.state, cap.state))
    return known("course_fees", stay.course_days, "day", row, amount, state, sentence)
