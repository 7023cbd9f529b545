"""What deserves a look while rates are typed from the annex: slips of the finger, never a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mobility_app.core import activities
from mobility_app.core.facts import KEYED, Finding, RateRow, Severity
from mobility_app.core.rates import propose_d15
from mobility_app.core.sentences import together
from mobility_app.fields import title_of
from mobility_app.i18n import N_, Country, Euros, Term, Text, Value, text

Expected = Mapping[tuple[str, str], tuple[int, int]]  # (learner or staff, group) -> least and most cents a day
_WHO = {"learner": Term(N_("learner rate")), "staff": Term(N_("staff rate"))}
_CHECK = N_("Compare with the annex of the grant agreement.")


# The blocks of a rate sheet, in the order of an agreement's annex.
BLOCKS = {
    "organisational_support": N_("Organisational support"),
    "travel": N_("Travel support"),
    "individual_support": N_("Individual support"),
    "course_fees": N_("Course fees"),
    "inclusion_organisation": N_("Inclusion support for the organisation"),
    "linguistic_support": N_("Linguistic support"),
    "preparatory_visit": N_("Preparatory visits"),
    "percent": N_("Exceptional costs"),
    "limit": N_("Limits"),
    "travel_days": N_("Travel days"),
    "duration": N_("Duration of activities"),
    "country_group": N_("Country group"),
}
_SUBJECTS = {
    "": N_("all"),
    "learner": N_("learner rate"),
    "staff": N_("staff rate"),
    "INTERNATIONAL": N_("outside the programme's countries"),
    "expensive_travel": N_("expensive travel, part of the real cost in %"),
    "expensive_travel_least": N_("expensive travel, what the unit must cover in %"),
    "visa": N_("visas and similar costs, in %"),
    "guarantee": N_("financial guarantee, in %"),
    "visit_persons": N_("persons of one preparatory visit"),
    "linguistic_staff_days": N_("days from which staff have linguistic support"),
}
_KEYS = {"day": N_("a day"), "cap": N_("at most for one person"), "person": N_("a person")}
_VARIANTS = {
    "": N_("participant"),
    "d1_14": N_("days 1 to 14"),
    "d15": N_("from day 15"),
    "standard": N_("standard travel"),
    "green": N_("green travel"),
    "partner": N_("partner country"),
}


def order(row: RateRow) -> tuple[object, ...]:
    """Where a rate stands in a sheet: block by block, spans by their first number, the pair of a rate together."""
    first = row.key.partition("-")[0]
    place = list(BLOCKS).index(row.line) if row.line in BLOCKS else len(BLOCKS)
    activity = list(activities.WHO).index(row.subject) if row.subject in activities.WHO else len(activities.WHO)
    number = int(first) if first.isdigit() and row.line not in KEYED else 0
    return place, activity, row.subject, number, row.key if row.line not in KEYED else "", _VARIANT_ORDER[row.variant]


_VARIANT_ORDER = {name: n for n, name in enumerate(("", "d1_14", "d15", "standard", "green", "partner"))}


def what(row: RateRow) -> Text:
    """A rate in words: “learner rate, group 2, from day 15”."""
    if row.line == "country_group":
        return text("{country}", country=Country(row.subject))
    parts: list[Value] = []
    if row.subject in activities.WHO:
        parts.append(Term(title_of("activity", row.subject)))
    elif row.subject:
        parts.append(Term(_SUBJECTS.get(row.subject, row.subject)))
    if row.line == "individual_support":
        parts.append(text(N_("group {group}"), group=row.key))
    elif row.line == "travel":
        parts.append(text(N_("{band} km"), band=row.key))
    elif row.line == "organisational_support" and row.key != "1-":
        parts.append(text(N_("participants {tier}"), tier=row.key))
    elif row.key in _KEYS:
        parts.append(Term(_KEYS[row.key]))
    if row.variant:
        parts.append(Term(_VARIANTS.get(row.variant, row.variant)))
    return together(parts) if parts else Text(N_("a participant"))


def rate_findings(rows: Iterable[RateRow], expected: Expected) -> tuple[Finding, ...]:
    """Daily rates far from what is expected or out of step with each other; green amounts below the standard one."""
    known = _typed(rows)
    found: list[Finding] = []
    for (line, subject, key, variant), row in known.items():
        if line == "individual_support" and variant == "d1_14":
            found += _daily(row, known.get((line, subject, key, "d15")), expected)
        if line == "travel" and variant == "green":
            found += _green(row, known.get((line, subject, key, "standard")))
    return tuple(found)


def pair_findings(rows: Iterable[RateRow]) -> tuple[Finding, ...]:
    """Daily rates of which only one of the pair is there: told when she has left the sheet, not while she types."""
    known = _typed(rows)
    found = []
    for (line, subject, key, variant), row in known.items():
        other = "d15" if variant == "d1_14" else "d1_14"
        if line == "individual_support" and (line, subject, key, other) not in known:
            message = text(N_("{what}: the other rate of the pair is missing."), what=what(row))
            if variant == "d1_14":
                message = text(
                    N_("{what}: the rate from day 15 is missing; 70 % would be {proposal}."),
                    what=what(row),
                    proposal=Euros(propose_d15(row.cents or 0)),
                )
            found.append(_found(row, "rate_pair_incomplete", "warning", message))
    return tuple(found)


def _typed(rows: Iterable[RateRow]) -> dict[tuple[str, str, str, str], RateRow]:
    """The rates that count."""
    return {(r.line, r.subject, r.key, r.variant): r for r in rows if r.cents is not None and r.usable}


def _found(row: RateRow, code: str, severity: Severity, message: Text) -> Finding:
    return Finding(code, row.line, severity, "me", message, Text(_CHECK), id=row.id)


def _daily(row: RateRow, second: RateRow | None, expected: Expected) -> Iterator[Finding]:
    first = row.cents or 0
    least, most = expected.get((row.subject, row.key), (first, first))
    if not least <= first <= most:
        message = text(
            N_("{what}: {rate} a day, where {least} to {most} is expected."),
            what=what(row),
            rate=Euros(first),
            least=Euros(least),
            most=Euros(most),
        )
        yield _found(row, "rate_unexpected", "warning" if first > most else "notice", message)
    if second is None or second.cents is None or second.cents == propose_d15(first):
        return
    message = text(
        N_("Group {group}, {who}: {second} from day 15, where 70 % of {first} is {proposal}."),
        group=row.key,
        who=_WHO[row.subject],
        second=Euros(second.cents),
        first=Euros(first),
        proposal=Euros(propose_d15(first)),
    )
    yield _found(second, "second_rate_differs", "warning" if second.cents > first else "notice", message)


def _green(row: RateRow, standard: RateRow | None) -> Iterator[Finding]:
    if standard is not None and (row.cents or 0) < (standard.cents or 0):
        message = text(
            N_("Band {band} km: {green} for green travel, less than {standard} for standard travel."),
            band=row.key,
            green=Euros(row.cents),
            standard=Euros(standard.cents),
        )
        yield _found(row, "green_below_standard", "warning", message)
