"""What deserves a look in a whole project, in an organisation, or only shows when several stays are seen together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence

from mobility_app.core import activities
from mobility_app.core.facts import Actor, Finding, GrantLine, MobilityRow, OrganisationRow, ProjectRow, Severity
from mobility_app.core.grant import compute, project_lines
from mobility_app.core.identifiers import oid_ok, project_code, siret_ok, uai_letter, uai_ok
from mobility_app.core.mobility_checks import finding, overlapping
from mobility_app.core.rates import RateTable
from mobility_app.core.sentences import together
from mobility_app.core.text import fold
from mobility_app.i18n import N_, Text, plural_text, text

MENTOR_LIMIT = 2  # participants shadowing one mentor at a time, from call 2026 (summary of the Programme Guide 2026)
MENTOR_LIMIT_FROM = 2026


def project_findings(project: ProjectRow, rates: RateTable, rows: Sequence[MobilityRow]) -> tuple[Finding, ...]:
    """What deserves a look in the project itself; rates and schools have one finding each, not one a mobility."""
    planned = [row for row in rows if row.planned]
    found = [*_period(project), *_reference(project), *_rates(project, rates, planned), *_schools(planned)]
    if not project.travel_days_confirmed:
        message = (
            text(N_("Travel days are counted as the first of the 14 days: a convention to confirm."))
            if rates.travel_days_in_count
            else text(N_("Travel days are counted apart from the 14 days: a convention to confirm."))
        )
        remedy = N_(
            "Compare one mobility of more than 14 days with the Beneficiary Module, then confirm in the settings."
        )
        found.append(_of_project(project, "travel_days_convention", "travel_days_in_count", "notice", message, remedy))
    return tuple(found)


def _of_project(
    project: ProjectRow, code: str, field: str, severity: Severity, message: Text, remedy: str, who: Actor = "me"
) -> Finding:
    return Finding(code, field, severity, who, message, Text(remedy), project.reference, project.id)


def _period(project: ProjectRow) -> Iterator[Finding]:
    if project.start is None or project.end is None:
        message = text(N_("The project's period is not complete."))
        remedy = N_("Enter both dates of the grant agreement: stays are compared with them.")
        yield _of_project(project, "period_missing", "start", "warning", message, remedy)
    elif project.end < project.start:
        message = text(N_("The project ends before it starts."))
        yield _of_project(project, "period_reversed", "end", "blocking", message, N_("Correct the project's dates."))


def _reference(project: ProjectRow) -> Iterator[Finding]:
    code = project_code(project.reference)
    if code is None:
        message = text(N_("The reference {reference} is not a project code."), reference=project.reference)
        remedy = N_("Copy the code from the grant agreement, such as 2024-1-FR01-KA121-VET-000212345.")
        yield _of_project(project, "reference_wrong", "reference", "notice", message, remedy)
        return
    stated = (str(code.call_year), code.title, code.agency)
    kept = (str(project.call_year), project.action, project.agency)
    if stated != kept:
        message = text(
            N_("The reference says {stated}, the project {kept}."), stated=" · ".join(stated), kept=" · ".join(kept)
        )
        remedy = N_("Correct the reference or the project: the call decides the rates.")
        yield _of_project(project, "reference_differs", "reference", "warning", message, remedy)
    if project.coordinator_oid and not oid_ok(project.coordinator_oid):
        message = text(N_("The coordinator's OID {oid} cannot be right."), oid=project.coordinator_oid)
        yield _of_project(
            project, "oid_wrong", "coordinator_oid", "notice", message, N_("An OID is E and eight digits.")
        )


def _rates(project: ProjectRow, rates: RateTable, planned: Sequence[MobilityRow]) -> Iterator[Finding]:
    """One finding for all rates that the stays of the project need and that are not entered or not confirmed."""
    titles: dict[Text, None] = {}
    stopped = 0
    for row in planned:
        lacking = [_title(line) for line in compute(row.stay, rates).lines if line.lacks == "rate"]
        stopped += bool(lacking)
        titles.update(dict.fromkeys(lacking))
    for line in project_lines((row.stay for row in planned), rates):
        if line.lacks == "rate":
            titles[line.title] = None
    if titles:
        message = plural_text(
            "Rates not entered or not confirmed ({lines}): {n} mobility has no complete grant.",
            "Rates not entered or not confirmed ({lines}): {n} mobilities have no complete grant.",
            "n",
            lines=together(list(titles)),
            n=stopped,
        )
        remedy = N_("Enter the rates from the annex of the grant agreement: ten minutes, once.")
        yield _of_project(project, "rates_incomplete", "rates", "warning", message, remedy)


def _title(line: GrantLine) -> Text:
    return text(N_("Individual support")) if line.key.startswith("individual_support") else line.title


def _schools(planned: Iterable[MobilityRow]) -> Iterator[Finding]:
    """The identifiers of each sending organisation, once."""
    seen = {row.sending_id: row for row in planned if row.sending_id}
    for id_, row in seen.items():
        yield from _identifiers(id_ or "", row.sending_organisation or "", row.sending_uai, row.sending_oid, None)


def organisation_findings(organisation: OrganisationRow) -> tuple[Finding, ...]:
    """Identifiers of an organisation that fail their check."""
    o = organisation
    return tuple(_identifiers(o.id, o.name, o.uai, o.oid, o.siret))


def _identifiers(id_: str, name: str, uai: str | None, oid: str | None, siret: str | None) -> Iterator[Finding]:
    def found(code: str, field: str, message: Text, remedy: Text) -> Finding:
        return Finding(code, field, "notice", "me", message, remedy, name, id_)

    if uai and not uai_ok(uai):
        remedy = text(N_("A UAI is seven digits and a check letter; copy it from the school's directory."))
        if len(uai) == 8 and uai[:7].isascii() and uai[:7].isdigit():
            remedy = text(N_("These seven digits call for the letter {letter}."), letter=uai_letter(uai[:7]))
        yield found(
            "uai_wrong", "uai", text(N_("{name}: the UAI {value} cannot be right."), name=name, value=uai), remedy
        )
    if oid and not oid_ok(oid):
        message = text(N_("{name}: the OID {value} cannot be right."), name=name, value=oid)
        yield found("oid_wrong", "oid", message, text(N_("An OID is E and eight digits.")))
    if siret and not siret_ok(siret):
        message = text(N_("{name}: the SIRET {value} cannot be right."), name=name, value=siret)
        yield found(
            "siret_wrong", "siret", message, text(N_("A SIRET is 14 digits, the last of which checks the others."))
        )


# ---- seen together ---------------------------------------------------------------------------------------------------


def across(project: ProjectRow, rows: Sequence[MobilityRow]) -> tuple[Finding, ...]:
    """Findings on mobilities that only show among several persons; each carries the id of its mobility."""
    planned = [row for row in rows if row.planned]
    found = [*_shared_addresses(planned), *_alone(planned)]
    if project.call_year >= MENTOR_LIMIT_FROM:
        found += _mentors(planned)
    return tuple(found)


def _grouped(rows: Iterable[MobilityRow], key: Iterable[Hashable]) -> dict[Hashable, list[MobilityRow]]:
    groups: dict[Hashable, list[MobilityRow]] = defaultdict(list)
    for row, value in zip(rows, key, strict=True):
        groups[value].append(row)
    return groups


def _shared_addresses(planned: Sequence[MobilityRow]) -> Iterator[Finding]:
    """The Beneficiary Module takes an e-mail address for a person: two persons must not share one."""
    for address, rows in _grouped(planned, (fold(row.email or "") for row in planned)).items():
        people = {row.participant_id: row for row in reversed(rows)}
        if not address or len(people) < 2:
            continue
        for row in rows:
            other = next(person for id_, person in people.items() if id_ != row.participant_id)
            message = text(
                N_("The e-mail address {address} is also that of {name}."),
                address=row.email or "",
                name=other.full_name,
            )
            remedy = N_(
                "Ask the school for an address of each person's own: the Beneficiary Module tells people apart by it."
            )
            yield finding(row, "email_shared", "email", "warning", "school", message, remedy)


def _alone(planned: Sequence[MobilityRow]) -> Iterator[Finding]:
    """An accompanying person needs somebody to accompany: in the same flow, or in the same country at the same time."""
    learners = [row for row in planned if not row.accompanying]
    by_country = _grouped(learners, (row.country for row in learners))
    flows = {row.flow_id for row in learners if row.flow_id}
    for row in planned:
        if not row.accompanying or row.flow_id in flows or not (row.country and row.first_day and row.last_day):
            continue
        if not any(overlapping(row, learner) for learner in by_country.get(row.country, ())):
            message = text(N_("An accompanying person, but no participant is in this country at these dates."))
            remedy = N_("Correct the dates or the country, or put this person into the flow accompanied.")
            yield finding(row, "accompanying_alone", "role", "warning", "me", message, remedy)


def _mentors(planned: Sequence[MobilityRow]) -> Iterator[Finding]:
    shadowing = [row for row in planned if row.activity == activities.SHADOWING and row.mentor and not row.accompanying]
    for rows in _grouped(shadowing, ((row.host_id, fold(row.mentor or "")) for row in shadowing)).values():
        for row in rows:
            number = _at_once(row, rows)
            if number > MENTOR_LIMIT:
                message = text(
                    N_("{n} participants shadow {mentor} at the same time."), n=number, mentor=row.mentor or ""
                )
                remedy = N_("From call 2026 a mentor takes two at a time: name another mentor or move a stay.")
                yield finding(row, "mentor_shared", "mentor", "warning", "me", message, remedy)


def _at_once(row: MobilityRow, rows: Sequence[MobilityRow]) -> int:
    """The most stays, this one among them, that share one day of it; the fullest day is a first day of one of them."""
    shared = [other for other in rows if overlapping(row, other)]
    first_days = [max(row.first_day, other.first_day) for other in shared if row.first_day and other.first_day]
    return max(
        (sum(o.first_day <= day <= o.last_day for o in shared if o.first_day and o.last_day) for day in first_days),
        default=0,
    )
