"""What stands of hers when a sheet says otherwise: values typed by hand, notes, and her choice of what to bring in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import bank_details, by_hand
from mobility_app.core.incoming import Decision, Kept, PlannedRow, Policy
from mobility_app.fields import BY_KEY

_NOTES = ("notes", "organisation:notes")


def keep_hers(s: Session, rows: list[PlannedRow]) -> list[PlannedRow]:
    """What she changed by hand since the last import is not overwritten: it is marked, and she may take theirs."""
    edits = by_hand.edits(s, [row for row in rows if row.changes])
    if not edits:
        return rows

    def settle(row: PlannedRow) -> PlannedRow:
        kept = {
            key: Kept(was, will, edits[place])
            for key, (was, will) in row.changes.items()
            if (place := by_hand.place_of(row, key)) in edits and place and not _adds_to(was, will)
        }
        kept |= bank_details.kept_whole(row.changes, kept)
        changes = {key: change for key, change in row.changes.items() if key not in kept}
        for key in _NOTES:
            if key in kept and (notes := with_remarks(kept[key].ours, row.row.remarks)) != kept[key].ours:
                changes[key] = (kept[key].ours, notes)
        decision: Decision = "unchanged" if row.decision == "change" and not changes else row.decision
        return replace(row, changes=changes, kept=kept, decision=decision) if kept else row

    return [settle(row) for row in rows]


def _adds_to(was: Any, will: Any) -> bool:
    """Nothing of hers is lost: there was nothing, or it stays and something follows."""
    return was in (None, "") or (isinstance(will, str) and will.startswith(f"{was}\n"))


def with_remarks(notes: str | None, remarks: Sequence[str]) -> str:
    """The notes with each remark that they do not hold yet on a line of its own."""
    lines = [notes] if notes else []
    for remark in remarks:
        if remark not in (notes or ""):
            lines.append(remark)
    return "\n".join(lines)[: BY_KEY["notes"].length]


def by_policy(row: PlannedRow, policy: Policy) -> PlannedRow:
    """What she left out of the whole import stays as it is; she may still take it in."""
    left_out = {"add": "change", "update": "add"}.get(policy)
    return PlannedRow(row.row, "unchanged", otherwise=row) if row.decision == left_out else row
