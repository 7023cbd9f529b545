"""Out of the bin: a record comes back with all that it cannot be without."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import mobilities, records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.bin import Kind
from mobility_app.store.schema import Mobility, Organisation, Participant


def restore(s: Session, kind: Kind, id_: str) -> None:
    """Takes a record back; one that is not in the bin any more is left as it is."""
    if kind == "mobility":
        _stay(s, id_)
    elif kind == "participant":
        _person(s, id_)
    else:
        records.restore(s, Organisation, id_)


def _stay(s: Session, id_: str) -> None:
    """The stay, its person, and the organisations that it names."""
    row = records.restore(s, Mobility, id_)
    taken = select(Mobility.number).where(
        Mobility.project_id == row.project_id,
        Mobility.bm_id == row.bm_id,
        Mobility.id != id_,
        Mobility.deleted.is_(None),
    )
    with s.no_autoflush:
        number = s.scalar(taken) if row.bm_id else None
    if number is not None:
        raise UserError(
            _("Mobility no. {number} has the same Beneficiary Module id.").format(number=number),
            _("Correct that one first."),
        )
    mobilities.restore(s, id_)
    for organisation in (row.sending_id, row.host_id):
        if organisation:
            records.restore(s, Organisation, organisation)


def _person(s: Session, id_: str) -> None:
    """The person, and the stays that were thrown away with them."""
    known = s.get(Participant, id_)
    stamp = known.deleted if known else None
    records.restore(s, Participant, id_)
    if stamp is not None:
        for stay in s.scalars(select(Mobility.id).where(Mobility.participant_id == id_, Mobility.deleted == stamp)):
            _stay(s, stay)
