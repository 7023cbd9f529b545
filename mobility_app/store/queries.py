"""Reads: frozen rows and lists of ids, never a live object and never a half-read result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Result, Select, cast, func, select
from sqlalchemy.orm import Session

from mobility_app.core.facts import NOT_PLANNED, MobilityRow, OrganisationRow, ParticipantRow, ProjectRow, RateRow, Sums
from mobility_app.core.rates import RateTable
from mobility_app.fields import LEARNER_STATUSES
from mobility_app.store.filters import Filter, column_of, conditions, order_of, searching
from mobility_app.store.names import HOST, SENDING
from mobility_app.store.parts import parts
from mobility_app.store.schema import (
    BudgetAward,
    File,
    FileContent,
    Flow,
    Membership,
    Mobility,
    Organisation,
    Participant,
    Payment,
    PreparatoryVisit,
    Project,
    Rate,
    Target,
)
from mobility_app.store.stage import stage

Order = Sequence[tuple[str, bool]]  # field key, descending


def _shared(row: type[Any], table: Any, *, but: Any = None) -> list[Any]:
    """The columns of a table that a frozen row carries under the same name."""
    taken = but.__table__.columns if but else ()
    names = [f.name for f in fields(row) if f.name in table.__table__.columns and f.name not in taken]
    return [getattr(table, name) for name in names]


def _mobility_columns(today: dt.date) -> list[Any]:
    """What a MobilityRow is made of, each labelled by its attribute."""
    paid = (
        select(cast(func.coalesce(func.sum(Payment.cents), 0), BigInteger))  # a server adds up in another type
        .where(Payment.mobility_id == Mobility.id, Payment.deleted.is_(None), Payment.date <= today)
        .scalar_subquery()
    )
    return [
        *_shared(MobilityRow, Mobility),
        *_shared(MobilityRow, Participant, but=Mobility),
        Mobility.grant_cents.label("total"),
        Mobility.grant_known_cents.label("known_total"),
        Mobility.individual_cents.label("individual_support"),
        Mobility.travel_cents.label("travel_support"),
        SENDING.name.label("sending_organisation"),
        SENDING.uai.label("sending_uai"),
        SENDING.oid.label("sending_oid"),
        SENDING.town.label("sending_town"),
        HOST.name.label("host"),
        HOST.address.label("host_address"),
        HOST.town.label("host_town"),
        HOST.country.label("host_country"),
        Flow.name.label("flow"),
        stage(today).label("stage"),
        paid.label("paid"),
    ]


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Mobility)
        .join(Participant, Participant.id == Mobility.participant_id)
        .outerjoin(SENDING, SENDING.id == Mobility.sending_id)
        .outerjoin(HOST, HOST.id == Mobility.host_id)
        .outerjoin(Flow, Flow.id == Mobility.flow_id)
        .where(Mobility.deleted.is_(None), Participant.deleted.is_(None))
    )


def mobility_ids(
    s: Session,
    *,
    project_id: str | None = None,
    search: str = "",
    filters: Sequence[Filter] = (),
    order: Order = (("last_name", False),),
    today: dt.date,
) -> list[str]:
    """The ids of the mobilities that match, in the order asked (number last, so that the order is total)."""
    query = _matching(select(Mobility.id), project_id, search, filters, today)
    for key, descending in order:
        column = order_of(key, today)
        query = query.order_by(column.is_(None), column.desc() if descending else column.asc())
    return list(s.scalars(query.order_by(Mobility.number)))


def mobility_sums(
    s: Session, *, project_id: str | None = None, search: str = "", filters: Sequence[Filter] = (), today: dt.date
) -> Sums:
    """Days and euros of the mobilities that match, added up by the database."""
    figures: list[Any] = [
        func.coalesce(func.sum(Mobility.days), 0),
        func.coalesce(func.sum(Mobility.grant_known_cents), 0),
        func.count() - func.count(Mobility.grant_cents),
    ]
    query = _matching(select(*figures), project_id, search, filters, today)
    return Sums(*map(int, s.execute(query.where(Mobility.decision.not_in(NOT_PLANNED))).one()))


def _matching(
    query: Select[Any], project_id: str | None, search: str, filters: Sequence[Filter], today: dt.date
) -> Select[Any]:
    query = _joined(query).where(*conditions(filters, today))
    if project_id:
        query = query.where(Mobility.project_id == project_id)
    return query.where(*searching(search, (Participant.search, Mobility.search, SENDING.search, HOST.search)))


def mobilities(
    s: Session, ids: Sequence[str] | None = None, *, project_id: str | None = None, today: dt.date
) -> list[MobilityRow]:
    """The rows of these ids in their order; without ids all of a project (or of the dossier) by number."""
    query = _mobility_query(today)
    if ids is None:
        query = query.where(Mobility.project_id == project_id) if project_id else query
        return _mobility_rows(s.execute(query.order_by(Mobility.number)))
    found: dict[str, MobilityRow] = {}
    for part in parts(ids):
        found |= {row.id: row for row in _mobility_rows(s.execute(query.where(Mobility.id.in_(part))))}
    return [found[id_] for id_ in ids if id_ in found]


@lru_cache(maxsize=8)
def _mobility_query(today: dt.date) -> Select[Any]:
    """Built once for a day: building it takes longer than reading a row."""
    return _joined(select(*_mobility_columns(today)))


def _mobility_rows(result: Result[Any]) -> list[MobilityRow]:
    """Frozen rows without the six-fold cost of __init__; what is not read keeps its default, a class attribute."""
    names, rows = tuple(result.keys()), []
    for values in result:
        row = object.__new__(MobilityRow)
        vars(row).update(zip(names, values, strict=True))
        rows.append(row)
    return rows


def mobility(s: Session, id_: str, *, today: dt.date) -> MobilityRow | None:
    return next(iter(mobilities(s, [id_], today=today)), None)


def count_by(s: Session, key: str, *, project_id: str | None = None, today: dt.date) -> dict[Any, int]:
    """How many mobilities there are for each value of a field."""
    column = column_of(key, today)
    query = _joined(select(column, func.count())).group_by(column)
    if project_id:
        query = query.where(Mobility.project_id == project_id)
    return {value: number for value, number in s.execute(query).all()}


def _in_parts(s: Session, query: Select[Any], column: Any, ids: Sequence[str]) -> Iterable[Any]:
    for part in parts(ids):
        yield from s.execute(query.where(column.in_(part))).mappings().all()


# ---- participants and organisations ----------------------------------------------------------------------------------


def participant_ids(s: Session, *, project_id: str | None = None, search: str = "", order: Order = ()) -> list[str]:
    query = select(Participant.id).where(Participant.deleted.is_(None), *searching(search, (Participant.search,)))
    if project_id:
        query = query.where(
            Participant.id.in_(
                select(Mobility.participant_id).where(Mobility.project_id == project_id, Mobility.deleted.is_(None))
            )
        )
    return list(s.scalars(_ordered(query, Participant, order)))


def participants(s: Session, ids: Sequence[str] | None = None) -> list[ParticipantRow]:
    stays = (
        select(func.count())
        .where(Mobility.participant_id == Participant.id, Mobility.deleted.is_(None))
        .correlate(Participant)
        .scalar_subquery()
    )
    query = (
        select(
            *_shared(ParticipantRow, Participant),
            SENDING.name.label("organisation"),
            stays.label("mobilities"),
        )
        .select_from(Participant)
        .outerjoin(SENDING, SENDING.id == Participant.organisation_id)
        .where(Participant.deleted.is_(None))
    )
    return _rows(s, query, Participant, ids, ParticipantRow)


def organisation_ids(
    s: Session, role: str = "", *, project_id: str | None = None, search: str = "", order: Order = ()
) -> list[str]:
    """`role` is "sender", "host" or "" for all. A project has those it uses, its members, and those nobody uses yet."""
    query = select(Organisation.id).where(Organisation.deleted.is_(None), *searching(search, (Organisation.search,)))
    if role:
        query = query.where(getattr(Organisation, f"is_{role}"))
    if project_id and role:
        column = Mobility.sending_id if role == "sender" else Mobility.host_id
        used = select(column).where(Mobility.project_id == project_id, Mobility.deleted.is_(None))
        here = (Membership.project_id == project_id, Membership.deleted.is_(None))
        members = select(Membership.organisation_id).where(*here)
        taken = select(column).where(column.is_not(None), Mobility.deleted.is_(None))
        taken_by_anybody = taken.union(select(Membership.organisation_id).where(Membership.deleted.is_(None)))
        unused = Organisation.id.not_in(taken_by_anybody)
        query = query.where(Organisation.id.in_(used) | Organisation.id.in_(members) | unused)
    return list(s.scalars(_ordered(query, Organisation, order)))


def organisations(
    s: Session, ids: Sequence[str] | None = None, *, project_id: str | None = None
) -> list[OrganisationRow]:
    """Mobilities and days are those of the project (or of the dossier); places those allotted in the project."""
    mine = (Mobility.sending_id == Organisation.id) | (Mobility.host_id == Organisation.id)
    stays = select(func.count()).where(mine, Mobility.deleted.is_(None)).correlate(Organisation)
    days = select(func.coalesce(func.sum(Mobility.days), 0)).where(mine, Mobility.deleted.is_(None))
    days = days.correlate(Organisation)
    places = select(func.max(Membership.places)).where(
        Membership.organisation_id == Organisation.id,
        Membership.project_id == project_id,
        Membership.deleted.is_(None),
    )
    if project_id:
        stays = stays.where(Mobility.project_id == project_id)
        days = days.where(Mobility.project_id == project_id)
    query = select(
        *_shared(OrganisationRow, Organisation),
        stays.scalar_subquery().label("mobilities"),
        days.scalar_subquery().label("days"),
        places.correlate(Organisation).scalar_subquery().label("places"),
    ).where(Organisation.deleted.is_(None))
    return _rows(s, query, Organisation, ids, OrganisationRow)


def _ordered(query: Select[Any], table: Any, order: Order) -> Select[Any]:
    for key, descending in order:
        column = getattr(table, key)
        query = query.order_by(column.is_(None), column.desc() if descending else column.asc())
    return query.order_by(table.sort, table.number)


def _rows(s: Session, query: Select[Any], table: Any, ids: Sequence[str] | None, make: Any) -> list[Any]:
    if ids is None:
        return [make(**row) for row in s.execute(query.order_by(table.sort, table.number)).mappings()]
    found = {row["id"]: make(**row) for row in _in_parts(s, query, table.id, ids)}
    return [found[id_] for id_ in ids if id_ in found]


# ---- projects --------------------------------------------------------------------------------------------------------


def projects(s: Session) -> list[ProjectRow]:
    """All projects, the newest call first."""
    stays = (
        select(func.count())
        .where(Mobility.project_id == Project.id, Mobility.deleted.is_(None))
        .correlate(Project)
        .scalar_subquery()
    )
    query = (
        select(
            *_shared(ProjectRow, Project),
            func.coalesce(Organisation.name, "").label("coordinator"),
            func.coalesce(Organisation.town, "").label("coordinator_town"),
            func.coalesce(Organisation.oid, "").label("coordinator_oid"),
            FileContent.content.label("logo"),
            stays.label("mobilities"),
        )
        .select_from(Project)
        .outerjoin(Organisation, Organisation.id == Project.coordinator_id)
        .outerjoin(File, File.id == Project.logo_id)
        .outerjoin(FileContent, FileContent.sha256 == File.sha256)
        .where(Project.deleted.is_(None))
        .order_by(Project.call_year.desc(), Project.number)
    )
    return [ProjectRow(**row) for row in s.execute(query).mappings()]


def project(s: Session, id_: str) -> ProjectRow | None:
    return next((row for row in projects(s) if row.id == id_), None)


def rate_rows(s: Session, project_id: str) -> list[RateRow]:
    query = select(
        Rate.id, Rate.line, Rate.subject, Rate.key, Rate.variant, Rate.cents, Rate.state, Rate.source, Rate.note
    ).where(Rate.project_id == project_id, Rate.deleted.is_(None))
    rows = s.execute(query.order_by(Rate.line, Rate.subject, Rate.key, Rate.variant)).mappings()
    return [RateRow(**{**row, "note": row["note"] or ""}) for row in rows]


def rate_table(s: Session, project: ProjectRow) -> RateTable:
    return RateTable(rate_rows(s, project.id), travel_days_in_count=project.travel_days_in_count)


def awarded(s: Session, project_id: str) -> dict[tuple[str, str], int]:
    """What the agency awarded, in cents, by (line, activity)."""
    query = select(BudgetAward.line, BudgetAward.activity, BudgetAward.cents)
    query = query.where(BudgetAward.project_id == project_id, BudgetAward.deleted.is_(None))
    return {(line, activity): cents for line, activity, cents in s.execute(query)}


def indicative(s: Session, project_id: str) -> dict[tuple[str, str, str], int]:
    """The indicative figures by (table, key, activity)."""
    query = select(Target.table_code, Target.key, Target.activity, Target.value)
    query = query.where(Target.project_id == project_id, Target.deleted.is_(None))
    return {(table, key, activity): value for table, key, activity, value in s.execute(query)}


def preparatory_visits(s: Session, project_id: str) -> list[tuple[dt.date | None, int]]:
    """The first day and the persons of each preparatory visit that is no draft."""
    query = select(PreparatoryVisit.start, PreparatoryVisit.persons).where(
        PreparatoryVisit.project_id == project_id,
        PreparatoryVisit.deleted.is_(None),
        PreparatoryVisit.draft.is_(False),
    )
    found = s.execute(query.order_by(PreparatoryVisit.created, PreparatoryVisit.id))
    return [(day, persons) for day, persons in found]


def companions(s: Session, ids: Sequence[str]) -> dict[str, int]:
    """How many learners each of these (accompanying persons' stays) went with: those of the same flow."""
    learners = (
        select(Mobility.flow_id, func.count().label("learners"))
        .join(Participant, Participant.id == Mobility.participant_id)
        .where(Mobility.deleted.is_(None), Mobility.role == "participant", Mobility.decision.not_in(NOT_PLANNED))
        .where(Participant.status.in_(LEARNER_STATUSES))
        .group_by(Mobility.flow_id)
        .subquery()
    )
    query = select(Mobility.id, learners.c.learners).join(learners, learners.c.flow_id == Mobility.flow_id)
    return {row["id"]: row["learners"] for row in _in_parts(s, query, Mobility.id, ids)}
