"""Members of a project's consortium: what each is allotted, when it signed, and who is one no more."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import closed, records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Membership, Transfer


def find(s: Session, project_id: str, organisation_id: str) -> Membership | None:
    return s.scalar(
        select(Membership).where(
            Membership.project_id == project_id,
            Membership.organisation_id == organisation_id,
            Membership.deleted.is_(None),
        )
    )


def change(s: Session, project_id: str, organisation_id: str, **values: Any) -> None:
    """Places, euros, the days on which mandate and agreement were signed; whoever is no member becomes one."""
    closed.refuse(s, project_id)
    row = find(s, project_id, organisation_id)
    if row is None:
        row = Membership(project_id=project_id, organisation_id=organisation_id)
        s.add(row)
    records.assign(row, values)


def remove(s: Session, project_id: str, organisation_id: str) -> None:
    """No member any more; refused while money went to it, for that must be found again."""
    closed.refuse(s, project_id)
    row = find(s, project_id, organisation_id)
    if row is None:
        raise UserError(_("This school is no member of the consortium."), _("Look at the list again."))
    if s.scalar(select(Transfer.id).where(Transfer.membership_id == row.id, Transfer.deleted.is_(None))):
        raise UserError(_("Money was transferred to this member."), _("Remove its transfers first."))
    records.to_bin([row])


def merge(s: Session, keep_id: str, other_id: str) -> None:
    """The other's memberships are those of the one kept; in a project of both, its transfers and what is lacking."""
    for row in s.scalars(select(Membership).where(Membership.organisation_id == other_id)):
        kept = find(s, row.project_id, keep_id)
        if kept is None or row.deleted is not None:
            row.organisation_id = keep_id
            continue
        for transfer in s.scalars(select(Transfer).where(Transfer.membership_id == row.id)):
            transfer.membership_id = kept.id
        for name in ("places", "cents", "mandate_signed", "convention_signed"):
            if getattr(kept, name) is None:
                setattr(kept, name, getattr(row, name))
        records.to_bin([row])
