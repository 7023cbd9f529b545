"""Organisations: found again under the names that people write, added, changed, merged."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import members, records
from mobility_app.core.text import compact
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import Row
from mobility_app.store.schema import (
    CoFunding,
    Contact,
    Expense,
    Mobility,
    Need,
    Organisation,
    Paper,
    Participant,
    PreparatoryVisit,
    Project,
)

Role = Literal["sender", "host", "intermediary", "employer", "payer"]
# Everything that names an organisation, but for memberships: of those a project has one.
LINKS: tuple[tuple[type[Row], str], ...] = (
    (Mobility, "sending_id"),
    (Mobility, "host_id"),
    (Participant, "organisation_id"),
    (Participant, "employer_id"),
    (Contact, "organisation_id"),
    (Expense, "supplier_id"),
    (CoFunding, "payer_id"),
    (Need, "organisation_id"),
    (PreparatoryVisit, "host_id"),
    (Paper, "organisation_id"),
    (Project, "coordinator_id"),
)


def add(s: Session, role: Role, **values: Any) -> str:
    row = Organisation(number=records.next_number(s, Organisation))
    records.assign(row, values)
    setattr(row, f"is_{role}", True)
    if not row.name:
        raise UserError(_("An organisation needs a name."), _("Type its name."))
    s.add(row)
    s.flush()
    return row.id


def find(s: Session, name: str, *, country: str | None = None) -> Organisation | None:
    """The organisation that people call so (accents, case, hyphens and spaces do not matter)."""
    wanted = compact(name)
    query = select(Organisation).where(Organisation.deleted.is_(None)).order_by(Organisation.number)
    for row in s.scalars(query):
        if compact(row.name) == wanted and (country is None or row.country in (None, country)):
            return row
    return None


def find_or_add(s: Session, role: Role, name: str, **values: Any) -> str:
    row = find(s, name, country=values.get("country") if role == "host" else None)
    if row is None:
        return add(s, role, name=name, **values)
    if not getattr(row, f"is_{role}"):
        setattr(row, f"is_{role}", True)
    return row.id


def change(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    records.assign(records.get(s, Organisation, id_, seen), values)


def remove(s: Session, id_: str) -> None:
    """To the bin; refused while mobilities or people need it."""
    row = records.get(s, Organisation, id_)
    used = s.scalar(
        select(Mobility.number).where(
            Mobility.deleted.is_(None), (Mobility.sending_id == id_) | (Mobility.host_id == id_)
        )
    )
    if used is not None:
        raise UserError(
            _("“{name}” is needed by mobility no. {number}.").format(name=row.name, number=used),
            _("Change that mobility first, or merge the two organisations."),
        )
    records.to_bin([row])


def merge(s: Session, keep_id: str, other_id: str) -> None:
    """Everything of the other goes to the one kept, which takes the facts it lacks; the other goes to the bin."""
    keep, other = records.get(s, Organisation, keep_id), records.get(s, Organisation, other_id)
    for kind, name in LINKS:
        for row in s.scalars(select(kind).where(getattr(kind, name) == other_id)):
            setattr(row, name, keep_id)
    members.merge(s, keep_id, other_id)
    for name in ("oid", "uai", "siret", "address", "postcode", "town", "country", "email", "phone", "notes"):
        if getattr(keep, name) is None and getattr(other, name) is not None:
            setattr(keep, name, getattr(other, name))
    for role in ("is_sender", "is_host", "is_intermediary", "is_employer", "is_payer"):
        if getattr(other, role):
            setattr(keep, role, True)
    s.flush()
    records.to_bin([other])


def set_places(s: Session, project_id: str, id_: str, places: int | None) -> None:
    """How many places a project allots to a school, which becomes a member of its consortium."""
    members.change(s, project_id, id_, places=places)
