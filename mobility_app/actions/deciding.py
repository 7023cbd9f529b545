"""Her own word on a plan, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from mobility_app.actions import bank_details
from mobility_app.core.incoming import Plan, PlannedRow
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import new_id

Chosen = Literal["add", "change", "unchanged"]


def override(plan: Plan, row: PlannedRow, decision: Chosen) -> Plan:
    """Brings a row in as a new stay ("add"), as a correction of the one known ("change"), or not at all ("unchanged").

    A refused row comes in without the values that refuse it. Raises UserError where the row cannot become that.
    """
    return _with(plan, row, _DECIDED[decision](row))


def same_person(plan: Plan, row: PlannedRow, participant_id: str) -> Plan:
    """The row speaks of this near person, under another spelling; that spelling is known from then on."""
    near = next(near for near in row.near if near.participant_id == participant_id)
    return _with(plan, row, near.planned)


def not_the_same(plan: Plan, row: PlannedRow) -> Plan:
    """The row speaks of none of the near people, and that will be remembered."""
    return _with(plan, row, replace(row, near=(), distinct=tuple(near.participant_id for near in row.near)))


def take_theirs(plan: Plan, row: PlannedRow, keys: Collection[str] = ()) -> Plan:
    """The sheet's values in the place of those that she typed (all that were kept, or those named)."""
    taken = {key: kept for key, kept in row.kept.items() if not keys or key in keys}
    changes = {**row.changes, **{key: (kept.ours, kept.theirs) for key, kept in taken.items()}}
    left = {key: kept for key, kept in row.kept.items() if key not in taken}
    return _with(plan, row, replace(row, decision="change" if changes else row.decision, changes=changes, kept=left))


def _with(plan: Plan, row: PlannedRow, other: PlannedRow) -> Plan:
    return replace(plan, rows=tuple(other if each is row else each for each in plan.rows))


def _as_new(row: PlannedRow) -> PlannedRow:
    if row.decision == "add":
        return row
    if row.otherwise is not None:
        return row.otherwise if row.otherwise.decision in ("add", "change") else _as_new(row.otherwise)
    if row.decision == "refused":
        raise UserError(_("A row without a last and a first name is nobody."), _("Type both in the sheet."))
    if row.row.values.get("bm_id"):
        raise UserError(
            _("This row carries the module's ID of a stay that is known."),
            _("Correct the ID in the sheet, or let the row change that stay."),
        )
    beside = {key: (None, said) for key, (_was, said) in row.changes.items() if _beside(key)}
    return replace(row, decision="add", mobility_id=new_id(), changes=beside, kept={}, same_as=0)


def _beside(key: str) -> bool:
    """What a row brings beside the fields of a new stay."""
    return key.startswith(("paper:", "payment:")) or key in bank_details.KEYS


def _as_change(row: PlannedRow) -> PlannedRow:
    if row.otherwise is not None:
        row = row.otherwise
    if row.decision == "add" or not row.changes:
        raise UserError(_("This row has nothing to change in a stay that is known."), _("Add it, or leave it out."))
    return replace(row, decision="change", same_as=0)


def _left_out(row: PlannedRow) -> PlannedRow:
    return row if row.decision == "refused" else replace(row, decision="unchanged")


_DECIDED = {"add": _as_new, "change": _as_change, "unchanged": _left_out}
