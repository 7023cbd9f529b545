"""Bank details that a sheet brings: what they change in a person's account, and how they are entered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import participants
from mobility_app.core.incoming import ImportRow, Kept, PlannedRow, Problem
from mobility_app.fields import ACCOUNT, BY_KEY
from mobility_app.i18n import N_, render, text
from mobility_app.store import accounts

KEYS = tuple(field.key for field in ACCOUNT)
Changes = dict[str, tuple[Any, Any]]


class Accounts:
    """The accounts of the dossier, and those that the rows above have given to the same people."""

    def __init__(self, s: Session) -> None:
        self._known = accounts.known_accounts(s)
        self._given: dict[str, ImportRow] = {}

    def give(self, row: ImportRow, person: str) -> None:
        if row.values.get("iban"):
            self._given.setdefault(person, row)

    def changes(self, row: ImportRow, person: str) -> tuple[Changes, ImportRow]:
        """What the row changes in this person's account, and the row with what there is to say.

        Another IBAN is another account: holder and BIC are then those of the row, known or not. Two rows that give
        one person two accounts are told; the first stands.
        """
        if not any(row.values.get(key) for key in KEYS):
            return {}, row
        first = self._given.get(person)
        if first is not None and row.values.get("iban") not in (None, first.values["iban"]):
            return {}, _told(row, first)
        known: dict[str, Any] = {key: getattr(self._known.get(person), key, "") or None for key in KEYS}
        another = bool(known["iban"]) and row.values.get("iban") not in (None, known["iban"])
        found = {key: (known[key], row.values.get(key)) for key in KEYS}
        return {key: (was, will) for key, (was, will) in found.items() if was != will and (will or another)}, row


def _told(row: ImportRow, first: ImportRow) -> ImportRow:
    said = text(
        N_("Row {row} gives this person another account, and that one stands: correct one of them."), row=first.number
    )
    problem = Problem(render(BY_KEY["iban"].title), "iban", said, False)
    return replace(row, values={**row.values, **dict.fromkeys(KEYS)}, problems=(*row.problems, problem))


def kept_whole(changes: Mapping[str, tuple[Any, Any]], kept: Mapping[str, Kept]) -> dict[str, Kept]:
    """An account of which she typed a part stands as a whole: never a mixture of two."""
    at = next((kept[key].at for key in KEYS if key in kept), None)
    return {} if at is None else {key: Kept(*changes[key], at) for key in KEYS if key in changes}


def enter(s: Session, rows: Iterable[PlannedRow]) -> None:
    """The accounts that rows change; a new person has theirs already."""
    for row in rows:
        values = {key: will for key, (_was, will) in row.changes.items() if key in KEYS}
        if values:
            participants.change(s, row.participant_id, **values)
