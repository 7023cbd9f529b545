"""Reads: frozen rows and lists of ids, never a live object and never a half-read result.

Those of mobilities are here; those of participants, organisations and projects have modules of their own and are
asked for by this one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Result, Select, cast, func, select
from sqlalchemy.orm import Session

from mobility_app.core.facts import NOT_PLANNED, MobilityRow, Sums
from mobility_app.fields import LEARNER_STATUSES
from mobility_app.store.filters import Filter, column_of, conditions, order_of, searching
from mobility_app.store.names import HOST, SENDING
from mobility_app.store.organisations import organisation_ids, organisations
from mobility_app.store.participants import participant_ids, participants
from mobility_app.store.parts import parts
from mobility_app.store.projects import (
    awarded,
    indicative,
    preparatory_visits,
    project,
    projects,
    rate_rows,
    rate_table,
)
from mobility_app.store.rows import Order, in_parts, shared_columns
from mobility_app.store.schema import (
    Flow,
    Mobility,
    Participant,
    Payment,
)
from mobility_app.store.stage import stage

__all__ = [
    "Order",
    "awarded",
    "companions",
    "count_by",
    "indicative",
    "mobilities",
    "mobility",
    "mobility_ids",
    "mobility_sums",
    "organisation_ids",
    "organisations",
    "participant_ids",
    "participants",
    "preparatory_visits",
    "project",
    "projects",
    "rate_rows",
    "rate_table",
]


def _mobility_columns(today: dt.date) -> list[Any]:
    """What a MobilityRow is made of, each labelled by its attribute."""
    paid = (
        select(cast(func.coalesce(func.sum(Payment.cents), 0), BigInteger))  # a server adds up in another type
        .where(Payment.mobility_id == Mobility.id, Payment.deleted.is_(None), Payment.date <= today)
        .scalar_subquery()
    )
    return [
        *shared_columns(MobilityRow, Mobility),
        *shared_columns(MobilityRow, Participant, but=Mobility),
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
    return {row["id"]: row["learners"] for row in in_parts(s, query, Mobility.id, ids)}
