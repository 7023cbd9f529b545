"""What deserves a look in one mobility, seen alone or with the other stays of the same person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from mobility_app.core import activities, duration
from mobility_app.core.facts import Actor, Finding, MobilityRow, ProjectRow, Severity
from mobility_app.core.identifiers import email_ok
from mobility_app.core.rates import RateTable
from mobility_app.core.sentences import days, together
from mobility_app.core.text import words
from mobility_app.fields import LEARNER_STATUSES
from mobility_app.i18n import N_, Country, Euros, Text, text

# The countries in which a town of this name is known; a mapping is keyed by `text.words(name)`.
Places: TypeAlias = Mapping[str, Collection[str]] | Callable[[str], Collection[str]]


def findings(
    row: MobilityRow,
    project: ProjectRow,
    rates: RateTable,
    others: Iterable[MobilityRow] = (),
    places: Places | None = None,
) -> tuple[Finding, ...]:
    """What deserves a look in one mobility; nothing for a candidate or a stay that will not take place.

    `others`: the other stays of the same person. What shows only among several persons is in `project_checks.across`.
    """
    if not row.planned:
        return ()
    found = [*_missing(row), *_dates(row, project, rates), *_travel(row, rates), *_kind(row, rates), *_money(row)]
    found += [*_distance(row, rates), *_costs(row), *_places(row, places)]
    found += _same_person(row, [o for o in others if o.planned and o.id != row.id], rates)
    return tuple(found)


def finding(
    row: MobilityRow, code: str, field: str, severity: Severity, who: Actor, message: Text, remedy: str
) -> Finding:
    """A finding on a mobility; `remedy` is an English text of the catalogue."""
    return Finding(code, field, severity, who, message, Text(remedy), f"{row.number} · {row.full_name}", row.id)


# code, field, who must act, what is said, what to do. The first four are looked for in every stay, the last four not in
# that of an accompanying person.
_FACTS: tuple[tuple[str, str, Actor, str, str], ...] = (
    ("country_missing", "country", "me", N_("The country is missing."), N_("Choose the country: the grant needs it.")),
    ("start_missing", "start", "me", N_("The start is missing."), N_("Enter the first day of the activity.")),
    ("end_missing", "end", "me", N_("The end is missing."), N_("Enter the last day of the activity.")),
    (
        "distance_missing",
        "distance_km",
        "me",
        N_("The distance is missing."),
        N_("Enter the distance one way in a straight line, in kilometres: travel support needs it."),
    ),
    (
        "activity_missing",
        "activity",
        "me",
        N_("The activity type is missing."),
        N_("Choose the activity type: the grant and the papers depend on it."),
    ),
    (
        "host_missing",
        "host",
        "me",
        N_("The host organisation is missing."),
        N_("Choose the host: it signs the certificate."),
    ),
    (
        "birth_date_missing",
        "birth_date",
        "school",
        N_("The date of birth is missing."),
        N_("Ask the school: a minor needs more papers."),
    ),
    (
        "email_missing",
        "email",
        "school",
        N_("The e-mail address is missing."),
        N_("Ask the school: the participant report is requested at this address."),
    ),
)


def _missing(row: MobilityRow) -> Iterator[Finding]:
    for code, field, who, message, remedy in _FACTS[: 4 if row.accompanying else None]:
        if getattr(row, field) in (None, "") and not (field == "birth_date" and row.status == "staff"):
            severity: Severity = "notice" if field == "email" else "warning"
            yield finding(row, code, field, severity, who, Text(message), remedy)


def _dates(row: MobilityRow, project: ProjectRow, rates: RateTable) -> Iterator[Finding]:
    first, last = row.first_day, row.last_day
    if first is None or last is None:
        return
    if last < first:
        message = text(N_("The end ({end}) comes before the start ({start})."), end=last, start=first)
        yield finding(row, "dates_reversed", "end", "blocking", "me", message, N_("Correct the dates."))
        return
    if (project.start and first < project.start) or (project.end and last > project.end):
        message = text(
            N_("The stay ({start} to {end}) is not wholly inside the project's period ({first} to {last})."),
            start=first,
            end=last,
            first=project.start or "…",
            last=project.end or "…",
        )
        remedy = N_("Move the stay, or ask the agency to extend the project: days outside it are not paid.")
        yield finding(row, "outside_project", "start", "blocking", "me", message, remedy)
    if row.interruption_days > 0 and row.interruption_days >= (row.days or 0):
        message = text(N_("The interruption ({days}) is as long as the stay."), days=days(row.interruption_days))
        remedy = N_("Correct the days of interruption.")
        yield finding(row, "interruption_too_long", "interruption_days", "warning", "me", message, remedy)
    else:
        yield from _length(row, rates)


def _length(row: MobilityRow, rates: RateTable) -> Iterator[Finding]:
    """Shortest and longest stay: days of activity less the interruption; travel days do not help to reach them."""
    length = duration.activity_days(row.first_day, row.last_day, row.interruption_days)
    limits = rates.duration(row.activity or "")
    if row.accompanying or length is None or limits is None or row.force_majeure:
        return
    shortest, longest = limits
    if length < shortest:
        message = text(
            N_("{days} of activity: this activity lasts at least {limit}."), days=days(length), limit=days(shortest)
        )
        remedy = N_(
            "Check the dates and the activity type: a shorter stay is not eligible, except where the call allows it."
        )
        yield finding(row, "too_short", "end", "warning", "me", message, remedy)
    elif length > longest:
        message = text(
            N_("{days} of activity: this activity lasts at most {limit}."), days=days(length), limit=days(longest)
        )
        remedy = N_("Check the dates and the activity type.")
        yield finding(row, "too_long", "end", "warning", "me", message, remedy)


def _travel(row: MobilityRow, rates: RateTable) -> Iterator[Finding]:
    limit = rates.travel_day_limit(row.green)
    if limit is not None and (row.travel_days or 0) > limit:
        message = text(
            N_("{days} of travel declared, at most {limit} are paid."),
            days=days(row.travel_days or 0),
            limit=days(limit),
        )
        remedy = N_("The grant counts the days allowed; correct the travel days, or tick green travel if it is.")
        yield finding(row, "travel_days_above_limit", "travel_days", "warning", "me", message, remedy)
    if row.green and row.means in ("plane", "car"):
        remedy = N_(
            "Green travel means bus, train, bicycle or car-pooling for the main part of the way: correct one of them."
        )
        message = text(N_("Green travel is ticked, but the main means of transport is not a green one."))
        yield finding(row, "green_means", "green", "warning", "me", message, remedy)


def _distance(row: MobilityRow, rates: RateTable) -> Iterator[Finding]:
    """A distance at the edge of a band: the Commission's calculator decides between two amounts."""
    edge = rates.edge_near(row.distance_km) if row.distance_km is not None and not row.travel_elsewhere else None
    if edge is not None:
        message = text(
            N_("{km} km is close to {edge} km, where the amount changes."), km=row.distance_km or 0, edge=edge
        )
        remedy = N_("Look the distance up in the Commission's distance calculator and keep the result.")
        yield finding(row, "distance_near_edge", "distance_km", "notice", "me", message, remedy)


def _costs(row: MobilityRow) -> Iterator[Finding]:
    """Lines that rest on a cost or a reason which she has to give."""
    if row.linguistic == "grant" and not row.linguistic_reason:
        message = text(N_("Linguistic support without its justification."))
        remedy = N_("Say which language or level the online course (OLS) lacks: the Beneficiary Module asks for it.")
        yield finding(row, "linguistic_reason_missing", "linguistic_reason", "warning", "me", message, remedy)
    if row.linguistic == "grant" and row.accompanying:
        message = text(N_("Linguistic support is not paid for accompanying persons."))
        yield finding(row, "linguistic_accompanying", "linguistic", "warning", "me", message, N_("Take it away."))
    if row.inclusion_cents and not (row.fewer_opportunities or row.accompanying):
        message = text(N_("Inclusion costs, but fewer opportunities is not ticked."))
        remedy = N_("Tick fewer opportunities, or take the costs away.")
        yield finding(row, "inclusion_without_flag", "inclusion_cents", "warning", "me", message, remedy)
    if row.expensive_travel and row.travel_elsewhere:
        message = text(N_("Expensive travel and travel paid from elsewhere exclude each other."))
        yield finding(row, "travel_twice", "expensive_travel", "warning", "me", message, N_("Untick one of them."))
    if row.zero_grant and row.paid > 0:
        message = text(N_("{paid} paid for a grant of zero."), paid=Euros(row.paid))
        remedy = N_("Correct the payment, or untick the zero grant.")
        yield finding(row, "zero_grant_paid", "zero_grant", "warning", "accountant", message, remedy)


def _kind(row: MobilityRow, rates: RateTable) -> Iterator[Finding]:
    """Whether person and activity go together, and e-mail and guardian are in order."""
    who = activities.who(row.activity)
    if row.activity and not rates.offers(row.activity):
        message, remedy = text(N_("This call does not offer this activity type.")), N_("Choose another activity type.")
        yield finding(row, "activity_not_in_call", "activity", "blocking", "me", message, remedy)
    if not row.accompanying and who == "staff" and row.status in LEARNER_STATUSES:
        message = text(N_("A learner in a staff activity."))
        yield finding(
            row, "status_mismatch", "status", "warning", "me", message, N_("Correct the status or the activity type.")
        )
    if not row.accompanying and who == "learner" and row.status == "staff":
        message = text(N_("A staff member in a learners' activity."))
        remedy = N_("Correct the status or the activity type, or make this person an accompanying person.")
        yield finding(row, "status_mismatch", "status", "warning", "me", message, remedy)
    if row.email and not email_ok(row.email):
        message = text(N_("The e-mail address {address} cannot be right."), address=row.email)
        yield finding(
            row, "email_wrong", "email", "warning", "school", message, N_("Ask the school for the right address.")
        )
    if row.minor_at_departure and row.guardians == 0:
        message = text(N_("Under 18 on the day of departure, and no guardian is known."))
        yield finding(
            row, "guardian_missing", "birth_date", "warning", "school", message, N_("Ask the school for a guardian.")
        )


def _money(row: MobilityRow) -> Iterator[Finding]:
    if row.total is not None and row.paid > row.total and not row.zero_grant:
        message = text(N_("{paid} paid for a grant of {grant}."), paid=Euros(row.paid), grant=Euros(row.total))
        remedy = N_("Ask for the overpayment back, or correct the payment.")
        yield finding(row, "overpaid", "paid", "warning", "accountant", message, remedy)


def _places(row: MobilityRow, places: Places | None) -> Iterator[Finding]:
    if row.sending_id and row.sending_id == row.host_id:
        message = text(N_("The sending organisation is the host as well."))
        yield finding(row, "sender_is_host", "host", "blocking", "me", message, N_("Choose another host."))
    if row.country and row.host_country and row.country != row.host_country:
        message = text(
            N_("The stay is in {country}, the host in {other}."),
            country=Country(row.country),
            other=Country(row.host_country),
        )
        yield finding(
            row, "host_elsewhere", "country", "warning", "me", message, N_("Correct the country, or the host's.")
        )
    known = known_countries(row.town, places)
    if row.country and known and row.country not in known:
        message = text(
            N_("{town} is known in {countries}, not in {country}."),
            town=row.town or "",
            countries=together([Country(code) for code in sorted(known)[:3]]),
            country=Country(row.country),
        )
        yield finding(row, "town_elsewhere", "town", "warning", "me", message, N_("Correct the town or the country."))


def known_countries(town: str | None, places: Places | None) -> Collection[str]:
    """Where a town of this name is known; nothing when nobody knows it."""
    if not town or places is None:
        return ()
    return places(town) if callable(places) else places.get(words(town), ())


def _same_person(row: MobilityRow, others: list[MobilityRow], rates: RateTable) -> Iterator[Finding]:
    for other in others:
        if overlapping(row, other):
            assert other.first_day is not None
            assert other.last_day is not None
            message = text(
                N_("The same person is on stay no. {number} from {start} to {end}."),
                number=str(other.number),
                start=other.first_day,
                end=other.last_day,
            )
            remedy = N_("Correct the dates of one of the two, or delete the double.")
            yield finding(row, "overlap", "start", "blocking", "me", message, remedy)
            break
    day, cap = rates.row("course_fees", "", "day"), rates.row("course_fees", "", "cap")
    stays = [o for o in (row, *others) if o.activity == activities.COURSES and o.project_id == row.project_id]
    if (
        row not in stays
        or len(stays) < 2
        or not (day and day.usable and day.cents and cap and cap.usable and cap.cents)
    ):
        return
    fees = sum(min((stay.course_days or 0) * day.cents, cap.cents) for stay in stays)
    if fees > cap.cents:
        message = text(
            N_("{fees} of course fees for one person in this project, at most {cap} are paid."),
            fees=Euros(fees),
            cap=Euros(cap.cents),
        )
        remedy = N_("Set the course fees of one of the stays by hand.")
        yield finding(row, "course_fee_cap", "course_days", "warning", "me", message, remedy)


def overlapping(one: MobilityRow, other: MobilityRow) -> bool:
    """Whether two stays share a day; no when a date is missing."""
    if not (one.first_day and one.last_day and other.first_day and other.last_day):
        return False
    return one.first_day <= other.last_day and other.first_day <= one.last_day
