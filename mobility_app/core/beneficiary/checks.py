"""What the Beneficiary Module would refuse or doubt: every rule that is known, looked at before she uploads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mobility_app.core import activities, checks
from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.matching import TheirRow
from mobility_app.core.beneficiary.values import OurStay, inside
from mobility_app.core.facts import Finding, MobilityRow, OrganisationRow, ProjectRow
from mobility_app.core.identifiers import oid_ok
from mobility_app.core.rates import RateTable
from mobility_app.core.text import fold
from mobility_app.i18n import N_, Euros, Term, Text, text

COURSE_DAYS = 10  # unit-days of course fees for one e-mail address in a project (BM page 152803730)
# Findings that the module does not look at.
_OURS_ALONE = frozenset(
    {"overpaid", "guardian_missing", "mentor_shared", "green_means", "status_mismatch", "zero_grant_paid"}
)
_ASKED = ("email", "gender", "nationality", "birth_date", "town", "means", "distance_band", "host")
_MAY_BE_EMPTY = frozenset(
    {"host_oid", "sending_oid", "course_days", "course_title", "linguistic_reason", "interruption_days", "travel_days"}
)
_COLUMN_OF = {
    "status": "activity",
    "sending_uai": "sending_organisation",
    "role": "accompanying",
    "linguistic": "linguistic_support",
}


@dataclass(frozen=True)
class Problem:
    """Something to look at before the upload. `row` and `cell` are the file's; `our` None speaks of a whole column."""

    code: str
    key: str
    text: Text
    remedy: Text
    our: OurStay | None = None
    row: int = 0
    cell: str = ""
    header: str = ""


def before_upload(
    project: ProjectRow,
    rates: RateTable,
    stays: Sequence[OurStay],
    organisations: Mapping[str, OrganisationRow],
    theirs: Mapping[str, TheirRow],
    mandatory: Collection[str],
    present: Collection[str],
) -> list[Problem]:
    """Of the stays that go into the file. `theirs`: the row that each already has there; `mandatory` and `present`
    are keys of the file's columns.
    """
    planned = [stay for stay in stays if stay.row.planned]
    found: list[Problem] = []
    by_person: dict[str, list[MobilityRow]] = defaultdict(list)
    for stay in planned:
        by_person[stay.row.participant_id].append(stay.row)
    for stay in planned:
        there = theirs[stay.id].values if stay.id in theirs else {}
        values = {**_known(there), **_known(stay.values)}
        own = [
            *_findings(stay, project, rates, by_person[stay.row.participant_id]),
            *_of_one(stay, values, organisations, present),
        ]
        seen = {problem.key for problem in own}
        found += [*own, *_empty(stay, values, seen, mandatory, present)]
    found += _across(project, planned)
    found += _course_days(planned)
    found += _shared_oids(planned, organisations)
    return found


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _problem(our: OurStay | None, code: str, key: str, message: Text, remedy: str) -> Problem:
    return Problem(code, key, message, Text(remedy), our)


def _of_finding(finding: Finding, stay: OurStay) -> Problem:
    key = _COLUMN_OF.get(finding.field, finding.field)
    return Problem(finding.code, key if key in BY_MODULE_KEY else "", finding.text, finding.remedy, stay)


def _findings(stay: OurStay, project: ProjectRow, rates: RateTable, same: Sequence[MobilityRow]) -> Iterator[Problem]:
    """What the dossier says of the stay anyway: dates in the project, durations, interruption, travel days, sender."""
    others = [row for row in same if row.id != stay.id]
    for finding in checks.findings(stay.row, project, rates, others):
        if finding.code not in _OURS_ALONE:
            yield _of_finding(finding, stay)


def _across(project: ProjectRow, stays: Sequence[OurStay]) -> Iterator[Problem]:
    by_id = {stay.id: stay for stay in stays}
    for finding in checks.across(project, [stay.row for stay in stays]):
        if finding.code == "email_shared":
            yield _of_finding(finding, by_id[finding.id])


def _of_one(
    stay: OurStay, values: Mapping[str, Any], organisations: Mapping[str, OrganisationRow], present: Collection[str]
) -> Iterator[Problem]:
    km, band = values.get("distance_km"), values.get("distance_band")
    if isinstance(km, int) and band and not inside(km, band):
        message = text(N_("{km} km do not lie in the band {band}."), km=km, band=band)
        yield _problem(stay, "band", "distance_band", message, N_("Correct the distance, or choose the band again."))
    if values.get("ols") and values.get("linguistic_support"):
        message = text(N_("OLS and linguistic support exclude each other."))
        yield _problem(stay, "ols", "ols", message, N_("Keep one of the two."))
    asked_there = values.get("linguistic_support") and stay.row.linguistic != "grant"  # else the dossier says it itself
    if stay.row.accompanying and asked_there:
        message = text(N_("An accompanying person has no linguistic support."))
        yield _problem(stay, "linguistic", "linguistic_support", message, N_("Take it back."))
    elif asked_there and "linguistic_reason" in present and not values.get("linguistic_reason"):
        message = text(N_("Linguistic support needs a justification."))
        yield _problem(stay, "linguistic_reason", "linguistic_reason", message, N_("Type it in one sentence."))
    if stay.row.activity == activities.COURSES and not stay.row.accompanying:
        yield from _course(stay)
    yield from _places(stay, values, organisations, present)


def _course(stay: OurStay) -> Iterator[Problem]:
    if not stay.row.course_days:
        message = text(N_("The days of the course are missing."))
        yield _problem(stay, "course_days_missing", "course_days", message, N_("Enter them: course fees depend on it."))
    elif stay.row.days is not None and stay.row.course_days > stay.row.days:
        message = text(N_("{days} days of course in a stay of {stay}."), days=stay.row.course_days, stay=stay.row.days)
        yield _problem(stay, "course_days_long", "course_days", message, N_("Correct the days of the course."))
    if not stay.row.course_title:
        message = text(N_("The title of the course is missing."))
        yield _problem(stay, "course_title_missing", "course_title", message, N_("Type the title of the course."))


def _places(
    stay: OurStay, values: Mapping[str, Any], organisations: Mapping[str, OrganisationRow], present: Collection[str]
) -> Iterator[Problem]:
    row = stay.row
    sending, host = organisations.get(row.sending_id or ""), organisations.get(row.host_id or "")
    for key, organisation in (("sending_oid", sending), ("host_oid", host)):
        if organisation and organisation.oid and not oid_ok(organisation.oid):
            message = text(
                N_("{name}: the OID {value} cannot be right."), name=organisation.name, value=organisation.oid
            )
            yield _problem(stay, "oid_wrong", key, message, N_("An OID is E and eight digits."))
    if sending and host and sending.id != host.id and sending.oid and sending.oid == host.oid:
        message = text(N_("The sending organisation is the host as well."))
        yield _problem(stay, "sender_is_host", "host_oid", message, N_("Choose another host."))
    elsewhere = host and (
        (row.country and host.country and row.country != host.country)
        or (row.town and host.town and fold(row.town) != fold(host.town))
    )
    if elsewhere and "location_comments" in present and not values.get("location_comments"):
        message = text(N_("The place is not that of the host: the module asks for a comment."))
        remedy = N_("Type the comment in the module, or correct the place.")
        yield _problem(stay, "location", "location_comments", message, remedy)


def _empty(
    stay: OurStay,
    values: Mapping[str, Any],
    seen: Collection[str],
    mandatory: Collection[str],
    present: Collection[str],
) -> Iterator[Problem]:
    """Mandatory cells that would stay empty: by the file's own marks, and by what is known of the module."""
    asked = {key for key in _ASKED if key in present} | {key for key in mandatory if _ours_to_fill(key)}
    if stay.row.accompanying:
        asked -= {"gender", "nationality", "birth_date"} - set(mandatory)
    if values.get("distance_km") is not None or "distance_km" in seen:
        asked -= {"distance_band"} if values.get("distance_band") or "distance_km" in seen else set()
    for key in sorted(asked):
        if values.get(key) in (None, "") and key not in seen:
            column = BY_MODULE_KEY[key]
            message = text(N_("“{title}” is empty, and the module asks for it."), title=Term(column.title))
            yield _problem(stay, "empty", key, message, N_("Complete the mobility, then prepare the file again."))


def _ours_to_fill(key: str) -> bool:
    """What the dossier is expected to know; an OID may not exist, and the module brings its own figures."""
    column = BY_MODULE_KEY[key]
    return column.use == "fact" and column.kind != "money" and key not in _MAY_BE_EMPTY


def _course_days(stays: Sequence[OurStay]) -> Iterator[Problem]:
    by_address: dict[str, list[OurStay]] = defaultdict(list)
    for stay in stays:
        if stay.row.email and stay.row.course_days and stay.row.activity == activities.COURSES:
            by_address[fold(stay.row.email)].append(stay)
    for group in by_address.values():
        days = sum(stay.row.course_days or 0 for stay in group)
        if days > COURSE_DAYS:
            message = text(
                N_("{days} days of course for one e-mail address in the project: {limit} are paid."),
                days=days,
                limit=COURSE_DAYS,
            )
            yield from (
                _problem(stay, "course_days_many", "course_days", message, N_("Reduce the days of the course."))
                for stay in group
            )


def _shared_oids(stays: Iterable[OurStay], organisations: Mapping[str, OrganisationRow]) -> Iterator[Problem]:
    """The module refuses a file in which two organisations carry one OID."""
    first: dict[str, OrganisationRow] = {}
    for stay in stays:
        for key, id_ in (("sending_oid", stay.row.sending_id), ("host_oid", stay.row.host_id)):
            row = organisations.get(id_ or "")
            if row is None or not row.oid:
                continue
            other = first.setdefault(row.oid, row)
            if other.id != row.id:
                message = text(
                    N_("The OID {oid} is that of {name} and of {other}."), oid=row.oid, name=row.name, other=other.name
                )
                yield _problem(stay, "oid_shared", key, message, N_("Correct one OID, or merge the two organisations."))


def amount_gap(ours: int | None, theirs: int) -> Text:
    """Two amounts side by side."""
    if ours is None:
        return text(N_("The module says {theirs}; here it is unknown."), theirs=Euros(theirs))
    return text(
        N_("The module says {theirs}, the dossier {ours}: {gap} apart."),
        theirs=Euros(theirs),
        ours=Euros(ours),
        gap=Euros(abs(theirs - ours)),
    )
