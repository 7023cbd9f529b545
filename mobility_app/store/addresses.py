"""Where a message to an organisation goes."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.facts import OrganisationRow
from mobility_app.store.schema import Contact


def of_school(s: Session, school: OrganisationRow) -> list[str]:
    """The referents of the school; its own address where none is known."""
    query = select(Contact.email).where(
        Contact.organisation_id == school.id, Contact.role == "referent", Contact.deleted.is_(None)
    )
    found = [email for email in s.scalars(query) if email]
    return found or ([school.email] if school.email else [])
