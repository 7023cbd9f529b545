"""Reads of schools, hosts and other organisations."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mobility_app.core.facts import OrganisationRow
from mobility_app.store.filters import searching
from mobility_app.store.rows import Order, ordered, rows_of, shared_columns
from mobility_app.store.schema import (
    Membership,
    Mobility,
    Organisation,
)


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
    return list(s.scalars(ordered(query, Organisation, order)))


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
        *shared_columns(OrganisationRow, Organisation),
        stays.scalar_subquery().label("mobilities"),
        days.scalar_subquery().label("days"),
        places.correlate(Organisation).scalar_subquery().label("places"),
    ).where(Organisation.deleted.is_(None))
    return rows_of(s, query, Organisation, ids, OrganisationRow)
