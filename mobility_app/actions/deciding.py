"""Her own word on the rows of a plan, before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from mobility_app.core.incoming import Plan, PlannedRow
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.columns import new_id

Chosen = Literal["add", "change", "unchanged"]
Act: TypeAlias = Callable[[PlannedRow], PlannedRow]  # what she says of one row; raises UserError where it cannot be
Place: TypeAlias = tuple[str, int]  # a row of the file: the name of its sheet where several are read, and its number


def place_of(row: PlannedRow) -> Place:
    return row.row.sheet, row.row.number


def decided(plan: Plan, acts: Mapping[Place, Sequence[Act]]) -> tuple[Plan, dict[Place, UserError]]:
    """The plan after all that she said, and the rows of which that could not be; those stay as they were."""
    refused: dict[Place, UserError] = {}

    def after(row: PlannedRow) -> PlannedRow:
        for act in acts.get(place_of(row), ()):
            try:
                row = act(row)
            except UserError as error:
                refused[place_of(row)] = error
        return row

    return (replace(plan, rows=tuple(map(after, plan.rows))), refused) if acts else (plan, refused)


def override(row: PlannedRow, decision: Chosen) -> PlannedRow:
    """Brings a row in as a new record ("add"), as a correction of the one known ("change"), or not at all
    ("unchanged"). A refused row comes in without the values that refuse it.
    """
    return _DECIDED[decision](row)


def same_person(row: PlannedRow, participant_id: str) -> PlannedRow:
    """The row speaks of this near person, under another spelling; that spelling is known from then on."""
    near = next((near for near in row.near if near.participant_id == participant_id), None)
    if near is None:
        raise UserError(_("This person is no longer proposed for this row."), _("Choose the row and decide again."))
    return near.planned


def not_the_same(row: PlannedRow) -> PlannedRow:
    """The row speaks of none of the near people, and that will be remembered."""
    return replace(row, near=(), distinct=tuple(near.participant_id for near in row.near))


def take_theirs(row: PlannedRow, keys: Collection[str] = ()) -> PlannedRow:
    """The sheet's values in the place of those that she typed (all that were kept, or those named)."""
    taken = {key: kept for key, kept in row.kept.items() if not keys or key in keys}
    changes = {**row.changes, **{key: (kept.ours, kept.theirs) for key, kept in taken.items()}}
    left = {key: kept for key, kept in row.kept.items() if key not in taken}
    return replace(row, decision="change" if changes else row.decision, changes=changes, kept=left)


def _as_new(row: PlannedRow) -> PlannedRow:
    if row.decision == "add":
        return row
    if row.otherwise is not None:
        return row.otherwise if row.otherwise.decision in ("add", "change") else _as_new(row.otherwise)
    if row.decision == "refused":
        raise UserError(
            _("This row cannot come in as it is."), _("Correct the cell that is refused, here or in the sheet.")
        )
    if "entry:cents" in row.changes:  # a payment that looks like another one
        return replace(row, decision="add", same_as=0)
    if row.row.values.get("bm_id"):
        raise UserError(
            _("This row carries the module's ID of a stay that is known."),
            _("Correct the ID in the sheet, or let the row change that stay."),
        )
    tracked = {key: (None, said) for key, (_was, said) in row.changes.items() if key.startswith(("paper:", "payment:"))}
    return replace(_renewed(row), decision="add", changes=tracked, kept={}, same_as=0)


def _renewed(row: PlannedRow) -> PlannedRow:
    """With an id of its own for what the row is: an organisation, a stay, or a person without one."""
    if row.organisation_id:
        return replace(row, organisation_id=new_id())
    if row.mobility_id:
        return replace(row, mobility_id=new_id())
    return replace(row, participant_id=new_id(), known_as=False)


def _as_change(row: PlannedRow) -> PlannedRow:
    if row.otherwise is not None:
        row = row.otherwise
    if row.decision == "add" or not row.changes or "entry:cents" in row.changes:
        raise UserError(_("This row has nothing to change in a record that is known."), _("Add it, or leave it out."))
    return replace(row, decision="change", same_as=0)


def _left_out(row: PlannedRow) -> PlannedRow:
    return row if row.decision == "refused" else replace(row, decision="unchanged", near=())


_DECIDED: Mapping[Chosen, Act] = {"add": _as_new, "change": _as_change, "unchanged": _left_out}
