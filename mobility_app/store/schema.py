"""The nouns of a consortium's mobilities, as tables. One schema for a SQLite file and for PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Connection,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    event,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mobility_app.store.columns import Base, Row, Searchable, column, derived, link, money, string


def _unique(name: str, *columns: str) -> Index:
    """Unique among the rows that are not in the bin.

    Only SQLite's condition is named here: naming PostgreSQL's would load its whole dialect at every start.
    """
    return Index(name, *columns, unique=True, sqlite_where=sql("deleted IS NULL"))


@event.listens_for(Base.metadata, "before_create")
def _same_on_postgresql(metadata: MetaData, connection: Connection, **_options: Any) -> None:
    if connection.dialect.name == "postgresql":
        for index in (index for table in metadata.tables.values() for index in table.indexes):
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


class Project(Base, Searchable):
    __tablename__ = "project"
    reference: Mapped[str] = string(60, nullable=False)
    title: Mapped[str] = string(300, nullable=False)
    call_year: Mapped[int] = column(Integer, nullable=False)
    action: Mapped[str] = string(20, nullable=False)
    agency: Mapped[str] = string(10, nullable=False)
    state: Mapped[str] = string(20, nullable=False)  # application | agreement | closed
    start: Mapped[dt.date | None] = column(Date)
    end: Mapped[dt.date | None] = column(Date)
    coordinator_id: Mapped[str | None] = link("organisation", nullable=True)
    travel_days_in_count: Mapped[bool] = column(Boolean, nullable=False, default=True)
    travel_days_confirmed: Mapped[bool] = column(Boolean, nullable=False, default=False)
    statement: Mapped[str] = string(20, nullable=False)  # cofunded | funded
    logo_id: Mapped[str | None] = link("file", nullable=True)
    # How organisational support is shared between members, and when participants are paid: her conventions.
    support_split: Mapped[str] = column(String(10), nullable=False, default="average")  # average | departure
    advance_percent: Mapped[int] = column(Integer, nullable=False, default=80)
    advance_days: Mapped[int] = column(Integer, nullable=False, default=30)
    balance_days: Mapped[int] = column(Integer, nullable=False, default=45)
    guarantee_cents: Mapped[int | None] = money()  # real cost of a financial guarantee
    budget_code: Mapped[str | None] = string(60)  # of the school's own accounts, for payment lists
    __table_args__ = (
        _unique("uq_project_reference", "reference"),
        CheckConstraint("call_year BETWEEN 2014 AND 2100", name="call_year"),
    )


class BudgetAward(Base, Row):
    """What the agency awarded for one line (activity "" for a project line)."""

    __tablename__ = "budget_award"
    project_id: Mapped[str] = link("project")
    line: Mapped[str] = string(40, nullable=False)
    activity: Mapped[str] = string(40, nullable=False)
    cents: Mapped[int] = money(nullable=False)
    __table_args__ = (_unique("uq_budget_award_line", "project_id", "line", "activity"),)


class Target(Base, Row):
    """One indicative figure of the Targets tables."""

    __tablename__ = "target"
    project_id: Mapped[str] = link("project")
    table_code: Mapped[str] = string(4, nullable=False)  # T1 | T2
    key: Mapped[str] = string(40, nullable=False)
    activity: Mapped[str] = string(40, nullable=False)
    value: Mapped[int] = column(Integer, nullable=False)
    __table_args__ = (_unique("uq_target_key", "project_id", "table_code", "key", "activity"),)


class Instalment(Base, Row):
    """A payment of the agency to the consortium."""

    __tablename__ = "instalment"
    project_id: Mapped[str] = link("project")
    cents: Mapped[int] = money(nullable=False)
    due: Mapped[dt.date | None] = column(Date)
    received: Mapped[dt.date | None] = column(Date)
    note: Mapped[str | None] = string(300)


class Organisation(Base, Searchable):
    __tablename__ = "organisation"
    name: Mapped[str] = string(200, nullable=False)
    is_sender: Mapped[bool] = column(Boolean, nullable=False, default=False)
    is_host: Mapped[bool] = column(Boolean, nullable=False, default=False)
    is_intermediary: Mapped[bool] = column(Boolean, nullable=False, default=False)
    is_employer: Mapped[bool] = column(Boolean, nullable=False, default=False)
    is_payer: Mapped[bool] = column(Boolean, nullable=False, default=False)
    oid: Mapped[str | None] = string(20)
    pic: Mapped[str | None] = string(20)
    uai: Mapped[str | None] = string(20)
    siret: Mapped[str | None] = string(20)
    nda: Mapped[str | None] = string(40)
    address: Mapped[str | None] = string(300)
    postcode: Mapped[str | None] = string(20)
    town: Mapped[str | None] = string(120)
    country: Mapped[str | None] = string(2)
    latitude: Mapped[float | None] = column(Float)
    longitude: Mapped[float | None] = column(Float)
    email: Mapped[str | None] = string(200)
    phone: Mapped[str | None] = string(60)
    notes: Mapped[str | None] = string(4000)


class Contact(Base, Row):
    """A person at an organisation: signatory, mentor, referent, on-call."""

    __tablename__ = "contact"
    organisation_id: Mapped[str] = link("organisation")
    role: Mapped[str] = string(30, nullable=False)
    last_name: Mapped[str] = string(120, nullable=False)
    first_name: Mapped[str | None] = string(120)
    position: Mapped[str | None] = string(120)
    email: Mapped[str | None] = string(200)
    phone: Mapped[str | None] = string(60)


class Membership(Base, Row):
    """A member of a project's consortium: mandate, convention, places and euros allotted."""

    __tablename__ = "membership"
    project_id: Mapped[str] = link("project")
    organisation_id: Mapped[str] = link("organisation")
    mandate_signed: Mapped[dt.date | None] = column(Date)
    convention_signed: Mapped[dt.date | None] = column(Date)
    places: Mapped[int | None] = column(Integer)
    cents: Mapped[int | None] = money()
    __table_args__ = (_unique("uq_membership", "project_id", "organisation_id"),)


class Need(Base, Row):
    """What a school asks for while a project is applied for: so many like stays, and the adults who go with them."""

    __tablename__ = "need"
    project_id: Mapped[str] = link("project")
    organisation_id: Mapped[str] = link("organisation")
    activity: Mapped[str] = string(40, nullable=False)
    number: Mapped[int] = column(Integer, nullable=False)  # participants
    days: Mapped[int] = column(Integer, nullable=False)  # of activity, each
    travel_days: Mapped[int] = column(Integer, nullable=False, default=0)
    adults: Mapped[int] = column(Integer, nullable=False, default=0)  # accompanying persons
    inclusion: Mapped[int] = column(Integer, nullable=False, default=0)  # of the participants
    green: Mapped[int] = column(Integer, nullable=False, default=0)  # of participants and adults together
    country: Mapped[str | None] = string(2)  # where they would go; the estimate needs it
    distance_km: Mapped[int | None] = column(Integer)
    __table_args__ = (CheckConstraint("number > 0", name="number"),)


class Transfer(Base, Row):
    """Money from the lead school to a member, or a statement sent back."""

    __tablename__ = "transfer"
    membership_id: Mapped[str] = link("membership")
    kind: Mapped[str] = string(20, nullable=False)  # instalment | statement | recovery
    cents: Mapped[int] = money(nullable=False)
    date: Mapped[dt.date | None] = column(Date)
    reference: Mapped[str | None] = string(120)


class Participant(Base, Searchable):
    """A person, once however many stays."""

    __tablename__ = "participant"
    last_name: Mapped[str] = string(120, nullable=False)
    first_name: Mapped[str] = string(120, nullable=False)
    birth_date: Mapped[dt.date | None] = column(Date)
    gender: Mapped[str | None] = string(20)
    nationality: Mapped[str | None] = string(2)
    email: Mapped[str | None] = string(200)
    phone: Mapped[str | None] = string(60)
    address: Mapped[str | None] = string(300)
    status: Mapped[str | None] = string(20)  # pupil | student | apprentice | graduate | staff
    class_name: Mapped[str | None] = string(200)
    organisation_id: Mapped[str | None] = link("organisation", nullable=True)
    employer_id: Mapped[str | None] = link("organisation", nullable=True)
    # Only for payment lists; everywhere else an account is masked. The holder is empty when it is the person.
    iban: Mapped[str | None] = string(34)
    bic: Mapped[str | None] = string(11)
    account_holder: Mapped[str | None] = string(120)


class Guardian(Base, Row):
    __tablename__ = "guardian"
    participant_id: Mapped[str] = link("participant")
    last_name: Mapped[str] = string(120, nullable=False)
    first_name: Mapped[str | None] = string(120)
    relation: Mapped[str | None] = string(60)
    email: Mapped[str | None] = string(200)
    phone: Mapped[str | None] = string(60)


class Distinct(Base, Row):
    """Two people whom she declared not to be the same person."""

    __tablename__ = "distinct_person"
    first_id: Mapped[str] = link("participant")
    second_id: Mapped[str] = link("participant")


class Flow(Base, Searchable):
    """A departure together (flux); not the programme's group mobility."""

    __tablename__ = "flow"
    project_id: Mapped[str] = link("project")
    name: Mapped[str] = string(200, nullable=False)
    start: Mapped[dt.date | None] = column(Date)
    end: Mapped[dt.date | None] = column(Date)
    notes: Mapped[str | None] = string(4000)


class Mobility(Base, Searchable):
    """One stay of one person, from candidate to closed; planned and actual dates."""

    __tablename__ = "mobility"
    project_id: Mapped[str] = link("project")
    participant_id: Mapped[str] = link("participant")
    sending_id: Mapped[str | None] = link("organisation", nullable=True)
    host_id: Mapped[str | None] = link("organisation", nullable=True)
    flow_id: Mapped[str | None] = link("flow", nullable=True)
    activity: Mapped[str | None] = string(40)
    role: Mapped[str] = string(20, nullable=False)  # participant | accompanying
    decision: Mapped[str] = string(20, nullable=False)
    decision_reason: Mapped[str | None] = string(300)
    forced_stage: Mapped[str | None] = string(20)
    forced_reason: Mapped[str | None] = string(300)
    country: Mapped[str | None] = string(2)
    town: Mapped[str | None] = string(120)
    mentor: Mapped[str | None] = string(200)
    start: Mapped[dt.date | None] = column(Date)
    end: Mapped[dt.date | None] = column(Date)
    actual_start: Mapped[dt.date | None] = column(Date)
    actual_end: Mapped[dt.date | None] = column(Date)
    interruption_days: Mapped[int] = column(Integer, nullable=False, default=0)
    travel_days: Mapped[int | None] = column(Integer)
    distance_km: Mapped[int | None] = column(Integer)
    distance_source: Mapped[str | None] = string(300)
    means: Mapped[str | None] = string(20)
    green: Mapped[bool] = column(Boolean, nullable=False, default=False)
    fewer_opportunities: Mapped[bool] = column(Boolean, nullable=False, default=False)
    virtual_hours: Mapped[int | None] = column(Integer)
    course_title: Mapped[str | None] = string(200)
    course_days: Mapped[int | None] = column(Integer)
    travel_elsewhere: Mapped[bool] = column(Boolean, nullable=False, default=False)  # no travel support is due
    expensive_travel: Mapped[bool] = column(Boolean, nullable=False, default=False)
    travel_cost_cents: Mapped[int | None] = money()
    visa_cents: Mapped[int | None] = money()
    inclusion_cents: Mapped[int | None] = money()  # never why: the reason for fewer opportunities is not kept
    linguistic: Mapped[str | None] = string(10)  # ols | grant
    linguistic_reason: Mapped[str | None] = string(300)
    zero_grant: Mapped[bool] = column(Boolean, nullable=False, default=False)
    force_majeure: Mapped[bool] = column(Boolean, nullable=False, default=False)
    purpose: Mapped[str | None] = string(500)
    lodging: Mapped[str | None] = string(300)
    insurance: Mapped[str | None] = string(200)
    bm_id: Mapped[str | None] = string(60)
    bm_unique_id: Mapped[str | None] = string(60)
    bm_state: Mapped[str | None] = string(20)
    notes: Mapped[str | None] = string(4000)
    own: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)  # her own columns: title -> text
    # Derived in the same transaction, recomputed on undo.
    grant_cents: Mapped[int | None] = derived(BigInteger)
    grant_known_cents: Mapped[int] = derived(BigInteger, nullable=False, default=0)
    individual_cents: Mapped[int | None] = derived(BigInteger)
    travel_cents: Mapped[int | None] = derived(BigInteger)
    days: Mapped[int | None] = derived(Integer)
    findings_count: Mapped[int] = derived(Integer, nullable=False, default=0)
    departure_ready: Mapped[bool] = derived(Boolean, nullable=False, default=False)
    contract_signed: Mapped[bool] = derived(Boolean, nullable=False, default=False)
    evidence_complete: Mapped[bool] = derived(Boolean, nullable=False, default=False)
    settled: Mapped[bool] = derived(Boolean, nullable=False, default=False)
    __table_args__ = (
        _unique("uq_mobility_bm_id", "project_id", "bm_id"),
        Index("ix_mobility_start", "start"),
        CheckConstraint("interruption_days >= 0", name="interruption_days"),
    )


class Expense(Base, Row):
    """A real cost of a flow or of one mobility, with its invoice."""

    __tablename__ = "expense"
    flow_id: Mapped[str | None] = link("flow", nullable=True)
    mobility_id: Mapped[str | None] = link("mobility", nullable=True)
    supplier_id: Mapped[str | None] = link("organisation", nullable=True)
    kind: Mapped[str] = string(30, nullable=False)
    cents: Mapped[int] = money(nullable=False)
    order_number: Mapped[str | None] = string(60)
    invoice_number: Mapped[str | None] = string(60)
    date: Mapped[dt.date | None] = column(Date)
    file_id: Mapped[str | None] = link("file", nullable=True)


class GrantLine(Base, Row):
    """A line of a mobility's grant set by hand, with its reason; computed lines are not stored."""

    __tablename__ = "grant_line"
    mobility_id: Mapped[str] = link("mobility")
    key: Mapped[str] = string(40, nullable=False)
    cents: Mapped[int] = money(nullable=False)
    reason: Mapped[str] = string(300, nullable=False)


class CoFunding(Base, Row):
    __tablename__ = "co_funding"
    mobility_id: Mapped[str] = link("mobility")
    payer_id: Mapped[str | None] = link("organisation", nullable=True)
    source: Mapped[str] = string(60, nullable=False)
    cents: Mapped[int] = money(nullable=False)
    note: Mapped[str | None] = string(300)


class Payment(Base, Row):
    """Money to (or back from) a participant, a family, a school or a supplier."""

    __tablename__ = "payment"
    mobility_id: Mapped[str] = link("mobility")
    kind: Mapped[str] = string(20, nullable=False)  # advance | balance | repayment | in_kind
    cents: Mapped[int] = money(nullable=False)
    date: Mapped[dt.date | None] = column(Date)
    payee: Mapped[str | None] = string(200)
    reference: Mapped[str | None] = string(120)


class PreparatoryVisit(Base, Row):
    __tablename__ = "preparatory_visit"
    project_id: Mapped[str] = link("project")
    host_id: Mapped[str | None] = link("organisation", nullable=True)
    activity: Mapped[str | None] = string(40)
    persons: Mapped[int] = column(Integer, nullable=False)
    start: Mapped[dt.date | None] = column(Date)
    end: Mapped[dt.date | None] = column(Date)
    draft: Mapped[bool] = column(Boolean, nullable=False, default=True)
    notes: Mapped[str | None] = string(4000)


class Contacted(Base, Row):
    """An entry of the monitoring or incident log: facts and decisions, never health."""

    __tablename__ = "contacted"
    mobility_id: Mapped[str] = link("mobility")
    at: Mapped[dt.date] = column(Date, nullable=False)
    kind: Mapped[str] = string(20, nullable=False)  # visit | phone | mail | incident | report_reminder
    alert: Mapped[bool] = column(Boolean, nullable=False, default=False)
    text: Mapped[str | None] = string(4000)


class Paper(Base, Row):
    """One document of the register, of a project, a member, a flow or a mobility.

    States: to_do, printed, sent, signed, verified, filed, not_applicable.
    """

    __tablename__ = "paper"
    project_id: Mapped[str | None] = link("project", nullable=True)
    organisation_id: Mapped[str | None] = link("organisation", nullable=True)
    flow_id: Mapped[str | None] = link("flow", nullable=True)
    mobility_id: Mapped[str | None] = link("mobility", nullable=True)
    kind: Mapped[str] = string(20, nullable=False)
    state: Mapped[str] = string(20, nullable=False)
    serial: Mapped[str | None] = string(30)  # the printed number
    supersedes: Mapped[str | None] = string(30)
    print: Mapped[str | None] = string(10)  # to-sign | final
    language: Mapped[str | None] = string(10)
    facts: Mapped[str | None] = string(64)  # SHA-256 of the facts printed
    void: Mapped[bool] = column(Boolean, nullable=False, default=False)
    reason: Mapped[str | None] = string(300)
    printed: Mapped[dt.date | None] = column(Date)
    sent: Mapped[dt.date | None] = column(Date)
    signed: Mapped[dt.date | None] = column(Date)
    verified: Mapped[dt.date | None] = column(Date)
    filed: Mapped[dt.date | None] = column(Date)
    signatures: Mapped[dict[str, Any]] = column(JSON, nullable=False, default=dict)  # signatory -> date or state
    file_id: Mapped[str | None] = link("file", nullable=True)


class File(Base, Row):
    """A file named by the SHA-256 of its content; the content itself is outside the journal."""

    __tablename__ = "file"
    name: Mapped[str] = string(200, nullable=False)
    sha256: Mapped[str] = string(64, nullable=False)
    size: Mapped[int] = column(Integer, nullable=False)
    media_type: Mapped[str] = string(80, nullable=False)


class FileContent(Base):
    """The bytes of a file: append-only, not journaled."""

    __tablename__ = "file_content"
    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, nullable=False)


class Rate(Base, Row):
    """The project's own copy of a published rate (see core.facts.RateRow for the vocabulary)."""

    __tablename__ = "rate"
    project_id: Mapped[str] = link("project")
    line: Mapped[str] = string(40, nullable=False)
    subject: Mapped[str] = string(40, nullable=False)
    key: Mapped[str] = string(20, nullable=False)
    variant: Mapped[str] = string(20, nullable=False)
    cents: Mapped[int | None] = money()
    state: Mapped[str] = string(20, nullable=False)
    source: Mapped[str] = string(600, nullable=False)
    note: Mapped[str | None] = string(600)
    reason: Mapped[str | None] = string(300)


class FindingAnswer(Base, Row):
    """What she decided about a finding: not applicable, postponed, accepted with a reason."""

    __tablename__ = "finding_answer"
    record_id: Mapped[str] = string(36, nullable=False)
    code: Mapped[str] = string(60, nullable=False)
    answer: Mapped[str] = string(20, nullable=False)  # not_applicable | postponed | accepted
    reason: Mapped[str | None] = string(300)
    until: Mapped[dt.date | None] = column(Date)
    __table_args__ = (_unique("uq_finding_answer", "record_id", "code"),)


class OwnField(Base, Row):
    """A column of hers that we do not know, kept under its title."""

    __tablename__ = "own_field"
    title: Mapped[str] = string(200, nullable=False)
    position: Mapped[int] = column(Integer, nullable=False)
    __table_args__ = (_unique("uq_own_field_title", "title"),)


class SavedView(Base, Row):
    __tablename__ = "saved_view"
    page: Mapped[str] = string(30, nullable=False)
    title: Mapped[str] = string(120, nullable=False)
    definition: Mapped[dict[str, Any]] = column(JSON, nullable=False)
    position: Mapped[int] = column(Integer, nullable=False, default=0)


class Template(Base, Row):
    __tablename__ = "template"
    kind: Mapped[str] = string(30, nullable=False)
    title: Mapped[str] = string(120, nullable=False)
    file_id: Mapped[str | None] = link("file", nullable=True)
    text: Mapped[str | None] = string(20000)


class Setting(Base, Row):
    """A setting of the consortium; a setting of the machine never comes here."""

    __tablename__ = "setting"
    key: Mapped[str] = string(120, nullable=False)
    value: Mapped[dict[str, Any]] = column(JSON, nullable=False)
    __table_args__ = (_unique("uq_setting_key", "key"),)


class Counter(Base):
    """Numbers that are given once and never freed; outside the journal."""

    __tablename__ = "counter"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int] = mapped_column(Integer, nullable=False)


class ChangeSet(Base):
    """One undo step. `of` is the set that an undo or redo replays; values lie in the original alone."""

    __tablename__ = "change_set"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(10), nullable=False)  # do | undo | redo
    of: Mapped[int | None] = mapped_column(Integer)
    seat: Mapped[str] = mapped_column(String(80), nullable=False)
    os_user: Mapped[str] = mapped_column(String(80), nullable=False)
    at: Mapped[dt.datetime] = mapped_column(DateTime, nullable=False)
    label: Mapped[dict[str, Any]] = mapped_column(JSON, nullable=False)
    state: Mapped[str] = mapped_column(String(10), nullable=False)  # done | undone | dropped | sealed
    __table_args__ = (Index("ix_change_set_seat_state", "seat", "state", "id"),)


class Change(Base):
    """The values of one row before and after one step; they live as long as their record."""

    __tablename__ = "change"
    set_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    op: Mapped[str] = mapped_column(String(1), nullable=False)  # I | U | D
    table_name: Mapped[str] = mapped_column(String(40), nullable=False)
    row_id: Mapped[str] = mapped_column(String(36), nullable=False, index=True)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Audit(Base):
    """Who touched which fields of which record, never the values; kept twelve months."""

    __tablename__ = "audit"
    set_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[dt.datetime] = mapped_column(DateTime, nullable=False, index=True)
    os_user: Mapped[str] = mapped_column(String(80), nullable=False)
    op: Mapped[str] = mapped_column(String(1), nullable=False)
    table_name: Mapped[str] = mapped_column(String(40), nullable=False)
    row_id: Mapped[str] = mapped_column(String(36), nullable=False)
    fields: Mapped[str] = mapped_column(String(1000), nullable=False)


JOURNALED: dict[str, type[Row]] = {
    mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Row)
}


def _flush_parents_first() -> None:
    """Tells the unit of work about every reference, so that one flush may add a parent and its children in any order.

    Nobody reads these relationships: rows are loaded by queries that say what they want.
    """
    models = {mapper.local_table: mapper for mapper in Base.registry.mappers}
    for mapper in models.values():
        for own in mapper.local_table.columns:
            for key in own.foreign_keys:
                target = models[key.column.table].class_
                mapper.add_property(f"_{own.name}", relationship(target, foreign_keys=[own], lazy="raise"))


_flush_parents_first()
METADATA = Base.metadata  # with every table above
