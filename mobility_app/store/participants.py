"""Reads of participants."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.core.facts import ParticipantRow
from mobility_app.store.filters import searching
from mobility_app.store.names import SENDING
from mobility_app.store.rows import Order, ordered, rows_of, shared_columns
from mobility_app.store.schema import (
    Mobility,
    Participant,
)


def participant_ids(s: Session, *, project_id: str | None = None, search: str = "", order: Order = ()) -> list[str]:
    query = select(Participant.id).where(Participant.deleted.is_(None), *searching(search, (Participant.search,)))
    if project_id:
        query = query.where(
            Participant.id.in_(
                select(Mobility.participant_id).where(Mobility.project_id == project_id, Mobility.deleted.is_(None))
            )
        )
    return list(s.scalars(ordered(query, Participant, order)))


def participants(s: Session, ids: Sequence[str] | None = None) -> list[ParticipantRow]:
    stays = (
        select(func.count())
        .where(Mobility.participant_id == Participant.id, Mobility.deleted.is_(None))
        .correlate(Participant)
        .scalar_subquery()
    )
    query = (
        select(
            *shared_columns(ParticipantRow, Participant),
            SENDING.name.label("organisation"),
            stays.label("mobilities"),
        )
        .select_from(Participant)
        .outerjoin(SENDING, SENDING.id == Participant.organisation_id)
        .where(Participant.deleted.is_(None))
    )
    return rows_of(s, query, Participant, ids, ParticipantRow)
