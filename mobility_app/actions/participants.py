"""Participants: a person once, however many stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.core import bank
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Distinct, Guardian, Mobility, Participant

_ACCOUNT = ("iban", "bic", "account_holder")


def add(s: Session, **values: Any) -> str:
    row = Participant(number=records.next_number(s, Participant), last_name="", first_name="")
    records.assign(row, _account(values))
    _named(row)
    s.add(row)
    s.flush()
    return row.id


def change(s: Session, id_: str, *, seen: int | None = None, **values: Any) -> None:
    row = records.get(s, Participant, id_, seen)
    records.assign(row, _account(values))
    _named(row)


def _account(values: dict[str, Any]) -> dict[str, Any]:
    """Bank details as banks write them; money must not go to an account that cannot be."""
    kept = {name: bank.compact(values[name]) for name in bank.OK if values.get(name)}
    for name, value in kept.items():
        if not bank.OK[name](value):
            wrong, remedy = bank.WRONG[name]
            raise UserError(_(wrong), _(remedy))
    return values | kept


def _named(row: Participant) -> None:
    if not (row.last_name and row.first_name):
        raise UserError(_("A person needs a last and a first name."), _("Type both."))


def remove(s: Session, id_: str) -> None:
    """The person and all their stays to the bin."""
    row = records.get(s, Participant, id_)
    stays = list(s.scalars(select(Mobility).where(Mobility.participant_id == id_, Mobility.deleted.is_(None))))
    records.to_bin([*stays, row])


def merge(s: Session, keep_id: str, other_id: str) -> None:
    """The same person entered twice: their stays come together, the one kept takes the facts it lacks."""
    keep, other = records.get(s, Participant, keep_id), records.get(s, Participant, other_id)
    for stay in s.scalars(select(Mobility).where(Mobility.participant_id == other_id)):
        stay.participant_id = keep_id
    for guardian in s.scalars(select(Guardian).where(Guardian.participant_id == other_id)):
        guardian.participant_id = keep_id
    taken = _ACCOUNT if keep.iban is None else ()  # one account as a whole, never a mixture of two
    for name in ("birth_date", "gender", "nationality", "email", "phone", "address", "status", "class_name", *taken):
        if getattr(keep, name) is None and getattr(other, name) is not None:
            setattr(keep, name, getattr(other, name))
    s.flush()
    records.to_bin([other])


def not_the_same(s: Session, first_id: str, second_id: str) -> None:
    """Remembers that two people with like names are two people."""
    first, second = sorted((first_id, second_id))
    known = select(Distinct.id).where(Distinct.first_id == first, Distinct.second_id == second)
    if s.scalar(known) is None:
        s.add(Distinct(first_id=first, second_id=second))
