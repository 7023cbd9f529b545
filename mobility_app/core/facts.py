"""The frozen rows that travel between the rooms. Money is integer cents, dates are datetime.date, unknown is None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mobility_app.core.sums import whole_sum
from mobility_app.fields import LEARNER_STATUSES
from mobility_app.i18n import Text

RateState = Literal["verified", "unverified", "unknown", "example", "typed", "confirmed"]
USABLE_STATES: frozenset[str] = frozenset({"verified", "example", "typed", "confirmed"})
# Rate lines whose value is the key: they have no amount.
KEYED: frozenset[str] = frozenset({"country_group", "duration", "travel_days", "percent", "limit"})
Severity = Literal["blocking", "warning", "notice"]
Actor = Literal["me", "school", "host", "accountant"]

# Facts about a selection that keep a mobility out of budgets and targets (Contracts: "planned").
NOT_PLANNED: frozenset[str] = frozenset({"candidate", "waiting", "not_selected", "withdrawn", "cancelled"})


@dataclass(frozen=True)
class RateRow:
    """One published rate, or the place of one that nobody knows.

    line                    subject              key                variant
    individual_support      learner | staff      country group      d1_14 | d15      cents a day
    travel                  ""                   band "100-499"     standard | green cents, return trip
    organisational_support  activity code *      tier "1-100"       ""               cents a participant
    course_fees             ""                   "day" | "cap"      ""               cents
    inclusion_organisation  ""                   ""                 ""               cents a participant
    preparatory_visit       ""                   "person"           ""               cents a person
    linguistic_support      "" | activity code   ""                 ""               cents a participant
    country_group           country code         group "1".."3"     "" | partner     the key is the value ("": unknown)
    duration                activity code        "10-89"            ""               days; the key is the value
    travel_days             ""                   "2"                standard | green days; the key is the value
    percent                 what **              "80"               ""               percent; the key is the value
    limit                   what ***             "3"                ""               a number; the key is the value

    The last band and tier are open: "8000-", "101-". * or INTERNATIONAL, for countries outside the programme.
    ** expensive_travel | expensive_travel_least | visa | guarantee   *** visit_persons | linguistic_staff_days
    """

    line: str
    subject: str
    key: str
    variant: str
    cents: int | None
    state: RateState
    source: str
    id: str = ""
    note: str = ""

    @property
    def usable(self) -> bool:
        return self.state in USABLE_STATES


@dataclass(frozen=True)
class Stay:
    """What the grant of one mobility depends on."""

    activity: str | None
    role: str  # participant | accompanying
    country: str | None  # destination, ISO 3166-1 alpha-2
    start: dt.date | None
    end: dt.date | None
    travel_days: int | None = None
    interruption_days: int = 0
    distance_km: int | None = None
    green: bool = False
    course_days: int | None = None
    status: str | None = None  # pupil | … | staff
    travel_elsewhere: bool = False
    expensive_travel: bool = False  # she chose the real cost in the place of the unit
    travel_cost_cents: int | None = None
    visa_cents: int | None = None
    fewer_opportunities: bool = False
    inclusion_cents: int | None = None
    linguistic: str | None = None  # ols | grant (the online course lacks the language or the level)
    zero_grant: bool = False


@dataclass(frozen=True)
class GrantLine:
    """One line of a grant: amount = quantity × rate; any of them None when unknown, and then the sentence says why."""

    key: str  # individual_support_1_14 | individual_support_15 | travel_support | organisational_support | …
    quantity: int | None
    unit: str  # day | trip | participant
    rate: int | None  # cents
    amount: int | None  # cents
    source: str
    state: RateState
    sentence: Text
    title: Text
    activity: str = ""  # of a project line
    lacks: str = ""  # of an unknown amount: "fact" (something about the stay) | "rate" (something about the project)


@dataclass(frozen=True)
class Grant:
    lines: tuple[GrantLine, ...]

    @property
    def complete(self) -> bool:
        return all(line.amount is not None for line in self.lines)

    @property
    def known_total(self) -> int:
        return sum(line.amount for line in self.lines if line.amount is not None)

    @property
    def total(self) -> int | None:
        return self.known_total if self.complete else None

    def amount(self, prefix: str) -> int | None:
        """The sum of the lines whose key starts with `prefix`; None when one of them is unknown or there is none."""
        chosen = [line.amount for line in self.lines if line.key.startswith(prefix)]
        return whole_sum(chosen) if chosen else None


@dataclass(frozen=True)
class Finding:
    """Something to look at; never a refusal. `code` names the rule, `answer` what she decided about it."""

    code: str
    field: str
    severity: Severity
    who: Actor
    text: Text
    remedy: Text
    record: str = ""  # what she reads: "12 · MARTIN Maëlys"; the project's reference for a finding on the project
    id: str = ""
    answer: str = ""  # "" | not_applicable | postponed | accepted
    due: dt.date | None = None


@dataclass(frozen=True)
class MobilityRow:
    """One mobility as lists, forms, sheets and papers see it; the attribute names are the keys of `fields.MOBILITY`."""

    id: str = ""
    version: int = 0
    number: int = 0
    project_id: str = ""
    participant_id: str = ""
    sending_id: str | None = None
    host_id: str | None = None
    flow_id: str | None = None
    last_name: str = ""
    first_name: str = ""
    birth_date: dt.date | None = None
    gender: str | None = None
    nationality: str | None = None
    email: str | None = None
    phone: str | None = None
    status: str | None = None
    class_name: str | None = None
    sending_organisation: str | None = None
    sending_uai: str | None = None
    sending_oid: str | None = None
    sending_town: str | None = None
    activity: str | None = None
    role: str = "participant"
    flow: str | None = None
    country: str | None = None
    town: str | None = None
    host: str | None = None
    host_address: str | None = None
    host_town: str | None = None
    host_country: str | None = None
    mentor: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    actual_start: dt.date | None = None
    actual_end: dt.date | None = None
    interruption_days: int = 0
    travel_days: int | None = None
    distance_km: int | None = None
    distance_source: str | None = None
    means: str | None = None
    green: bool = False
    fewer_opportunities: bool = False
    virtual_hours: int | None = None
    course_title: str | None = None
    course_days: int | None = None
    travel_elsewhere: bool = False
    expensive_travel: bool = False
    travel_cost_cents: int | None = None
    visa_cents: int | None = None
    inclusion_cents: int | None = None
    linguistic: str | None = None
    linguistic_reason: str | None = None
    zero_grant: bool = False
    force_majeure: bool = False
    purpose: str | None = None
    lodging: str | None = None
    insurance: str | None = None
    decision: str = "selected"
    decision_reason: str | None = None
    forced_stage: str | None = None
    stage: str = "selected"
    bm_id: str | None = None
    bm_state: str | None = None
    bm_unique_id: str | None = None  # of call 2024 and later; the module makes it
    total: int | None = None  # cents; None when a line is unknown
    known_total: int = 0
    findings_count: int = 0
    departure_ready: bool = False
    evidence_complete: bool = False
    settled: bool = False
    contract_signed: bool = False
    paid: int = 0  # cents paid to the participant up to today
    notes: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)  # her own columns: title -> text
    individual_support: int | None = None
    travel_support: int | None = None
    guardians: int | None = None  # how many are known; None: not looked up

    @property
    def first_day(self) -> dt.date | None:
        return self.actual_start or self.start

    @property
    def last_day(self) -> dt.date | None:
        return self.actual_end or self.end

    @property
    def days(self) -> int | None:
        """Calendar days of the activity, first and last included, travel days excluded."""
        first, last = self.first_day, self.last_day
        return (last - first).days + 1 if first and last else None

    @property
    def full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def accompanying(self) -> bool:
        return self.role == "accompanying"

    @property
    def learner(self) -> bool:
        return self.status in LEARNER_STATUSES and not self.accompanying

    @property
    def planned(self) -> bool:
        return self.decision not in NOT_PLANNED

    @property
    def minor_at_departure(self) -> bool:
        """Under 18 on the day of departure."""
        if self.birth_date is None or self.first_day is None:
            return False
        born, leaves = self.birth_date, self.first_day
        return (leaves.year - born.year - ((leaves.month, leaves.day) < (born.month, born.day))) < 18

    @property
    def stay(self) -> Stay:
        """The dates as they are best known: actual ones where there are, else planned ones."""
        return self._stay(self.first_day, self.last_day, self.interruption_days)

    @property
    def planned_stay(self) -> Stay:
        return self._stay(self.start, self.end, 0)

    @property
    def actual_stay(self) -> Stay | None:
        """What really took place; None until both actual dates are known."""
        if self.actual_start is None or self.actual_end is None:
            return None
        return self._stay(self.actual_start, self.actual_end, self.interruption_days)

    def _stay(self, start: dt.date | None, end: dt.date | None, interruption_days: int) -> Stay:
        return Stay(
            self.activity,
            self.role,
            self.country,
            start,
            end,
            self.travel_days,
            interruption_days,
            self.distance_km,
            self.green,
            self.course_days,
            self.status,
            self.travel_elsewhere,
            self.expensive_travel,
            self.travel_cost_cents,
            self.visa_cents,
            self.fewer_opportunities,
            self.inclusion_cents,
            self.linguistic,
            self.zero_grant,
        )


@dataclass(frozen=True)
class ParticipantRow:
    id: str
    version: int
    number: int
    last_name: str
    first_name: str
    birth_date: dt.date | None = None
    gender: str | None = None
    nationality: str | None = None
    email: str | None = None
    phone: str | None = None
    status: str | None = None
    class_name: str | None = None
    organisation_id: str | None = None
    organisation: str | None = None
    mobilities: int = 0

    @property
    def full_name(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()


@dataclass(frozen=True)
class OrganisationRow:
    id: str
    version: int
    number: int
    name: str
    is_sender: bool = False
    is_host: bool = False
    uai: str | None = None
    oid: str | None = None
    siret: str | None = None
    address: str | None = None
    postcode: str | None = None
    town: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None
    notes: str | None = None
    mobilities: int = 0
    days: int = 0
    places: int | None = None  # allotted in the chosen project
    pic: str | None = None


@dataclass(frozen=True)
class ProjectRow:
    id: str
    version: int
    number: int
    reference: str
    title: str
    call_year: int
    action: str  # KA121-VET | KA122-VET
    agency: str = "FR01"
    state: str = "agreement"  # application | agreement | closed
    start: dt.date | None = None
    end: dt.date | None = None
    coordinator: str = ""  # name of the coordinating organisation
    coordinator_town: str = ""
    coordinator_oid: str = ""
    travel_days_in_count: bool = True  # travel days are the first days of the running count
    travel_days_confirmed: bool = False  # the convention above was confirmed against the grant agreement
    statement: str = "cofunded"  # cofunded | funded
    support_split: str = "average"  # average | departure: how members share organisational support
    advance_percent: int = 80
    advance_days: int = 30  # after the signature of the contract, or before the departure
    balance_days: int = 45  # after the participant report
    guarantee_cents: int | None = None
    budget_code: str | None = None  # of the school's own accounts
    logo: bytes | None = None
    mobilities: int = 0
    coordinator_id: str | None = None

    @property
    def label(self) -> str:
        """2026 · KA121-VET, as the project chooser shows it."""
        return f"{self.call_year} · {self.action}"


@dataclass(frozen=True)
class BudgetLine:
    """One line of the budget in cents: awarded (None: not typed yet), planned, engaged, done, paid.

    Amounts are sums of what is known; `incomplete` counts the mobilities left out because their line is unknown.
    """

    key: str  # individual_support | travel_support | organisational_support | …
    activity: str  # "" for a project line
    awarded: int | None
    planned: int
    engaged: int
    done: int
    paid: int
    incomplete: int = 0

    @property
    def left(self) -> int | None:
        return None if self.awarded is None else self.awarded - self.engaged


@dataclass(frozen=True)
class TargetLine:
    """One row of the Targets tables T1 and T2: indicative (None: not typed yet), planned, implemented."""

    table: str  # T1 | T2
    key: str  # participants | total_days | average_days | accompanying | accompanying_days | preparatory_visits | …
    activity: str  # "" for the total
    indicative: int | None
    planned: int
    implemented: int


@dataclass(frozen=True)
class Sums:
    """Of the planned mobilities of a list: days, known euros in cents, and how many grants are not complete."""

    days: int
    cents: int
    incomplete: int


@dataclass(frozen=True)
class Tally:
    """The figures of one country or one organisation."""

    key: str
    mobilities: int
    participants: int
    accompanying: int
    days: int
    green: int
    inclusion: int
    known_total: int
    incomplete: int


@dataclass(frozen=True)
class Report:
    """Every figure of the agency report; the window's dashboard and the sheets show this same value."""

    project: ProjectRow
    today: dt.date
    mobilities: tuple[MobilityRow, ...]  # all of the project, candidates too; `planned` tells
    budget: tuple[BudgetLine, ...]
    targets: tuple[TargetLine, ...]
    by_country: tuple[Tally, ...]
    by_organisation: tuple[Tally, ...]
    project_lines: tuple[GrantLine, ...]  # organisational and inclusion support by activity type, visits, guarantee
    findings: tuple[Finding, ...]
    rates_state: str  # verified | example | unverified | unknown: the weakest state among the rates in use
    totals: Mapping[str, int | None]
    # persons, senders, hosts, countries, mobilities (planned), total_days, green, inclusion, done, under_way, to_come,
    # accompanying, known_total (cents, mobilities' own lines), organisational_support (cents), incomplete, candidates
    departures_by_month: tuple[tuple[dt.date, int], ...] = ()  # first of the month, planned mobilities starting in it
    filter_text: str = ""


@dataclass(frozen=True)
class CertificateRow:
    """What one certificate prints. `number` is "" on a draft."""

    mobility: MobilityRow
    project: ProjectRow
    print: Literal["draft", "to-sign", "final"]
    number: str
    issued_on: dt.date | None
    verification: str = ""  # content of the QR code
    learners: int | None = None  # of an accompanying person: how many learners were accompanied


@dataclass(frozen=True)
class LeftOut:
    """A person for whom no paper was printed, and why."""

    mobility_id: str
    name: str
    reason: Text
