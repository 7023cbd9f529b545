"""The rows of a sheet as the preview of an import lists them: what will become of each, and why."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from mobility_app.actions import deciding
from mobility_app.core.incoming import Plan, PlannedRow
from mobility_app.core.text import sort_key, words
from mobility_app.fields import BY_KEY, Field, SheetKind, writable
from mobility_app.i18n import N_, _
from mobility_app.jobs.importing import reasons
from mobility_app.ui.import_kinds import WORDS
from mobility_app.ui.rows_model import Column, Order
from mobility_app.ui.values import shown

# code -> (title, tone, title of its counter)
DECISIONS: Mapping[str, tuple[str, str, str]] = {
    "add": (N_("New row"), "success", N_("New rows")),
    "change": (N_("Changed row"), "info", N_("Changed rows")),
    "unchanged": (N_("Unchanged row"), "neutral", N_("Unchanged rows")),
    "duplicate": (N_("Duplicate"), "neutral", N_("Duplicates")),
    "near": (N_("To decide"), "warning", N_("To decide")),
    "kept": (N_("Kept row"), "warning", N_("Kept rows")),
    "refused": (N_("Refused row"), "danger", N_("Refused rows")),
    "skipped": (N_("Passed over"), "neutral", N_("Rows passed over")),
}
SKIPPED: Mapping[str, str] = {
    "header": N_("Column titles again."),
    "total": N_("A total, not a person."),
    "heading": N_("The name of a school above its people."),
    "remark": N_("A remark, not a person."),
}
# Where the text of a row that is nobody stands.
NAMES: Mapping[SheetKind, str] = {
    "mobilities": "last_name",
    "participants": "last_name",
    "organisations": "organisation:name",
    "payments": "last_name",
}


@dataclass(frozen=True)
class PreviewRow:
    """One row of her sheet: `values` are its typed values by field key, `why` what there is to say of it.

    `unread` is what stands in cells of which no value could be made.
    """

    id: str
    number: int
    decision: str
    values: Mapping[str, Any]
    why: str
    sheet: str = ""
    planned: PlannedRow | None = None  # None for a row that is nobody
    unread: Mapping[str, str] = field(default_factory=dict)

    def text(self, key: str) -> str:
        return self.unread.get(key) or shown(BY_KEY[key], self.values.get(key))

    @cached_property
    def searched(self) -> str:
        """All that the row says, folded."""
        return words(" ".join((*map(self.text, self.values), *self.unread.values(), self.why)))


def preview_rows(
    plan: Plan,
    unread: Mapping[deciding.Place, Mapping[str, str]],
    corrected: Container[deciding.Place],
    before: Mapping[str, PreviewRow],
) -> tuple[PreviewRow, ...]:
    """Every filled row below the titles, in the order of the sheet; rows that did not change are those `before`."""
    rows = [_planned(row, unread, corrected, before) for row in plan.rows]
    name = NAMES[plan.table.kind]
    rows += [
        PreviewRow(
            f"{row.sheet}/{row.number}", row.number, "skipped", {name: row.text}, _(SKIPPED[row.reason]), row.sheet
        )
        for row in plan.table.skipped
    ]
    sheets = {name: place for place, name in enumerate(plan.table.sheets)}
    return tuple(sorted(rows, key=lambda row: (sheets.get(row.sheet, 0), row.number)))


def _planned(
    row: PlannedRow,
    unread: Mapping[deciding.Place, Mapping[str, str]],
    corrected: Container[deciding.Place],
    before: Mapping[str, PreviewRow],
) -> PreviewRow:
    place = sheet, number = deciding.place_of(row)
    id_ = f"{sheet}/{number}"
    was = before.get(id_)
    if was is not None and was.planned is row:
        return was
    why = " · ".join(filter(None, (_("Corrected here.") if place in corrected else "", _why(row))))
    return PreviewRow(id_, number, decision_of(row), row.row.values, why, sheet, row, unread.get(place, {}))


def decision_of(row: PlannedRow) -> str:
    """What the pill says: what will be done, unless she is asked something or a value of hers stands."""
    if row.near and row.decision == "add":
        return "near"
    return "kept" if row.kept and row.decision == "unchanged" else row.decision


def _why(row: PlannedRow) -> str:
    """What changes, then what there is to know; a sentence that says everything in itself needs no column title."""
    new = row.decision == "add" or "entry:cents" in row.changes  # of a new record everything is new
    changes = {} if new else row.changes
    parts = [_change(key, was, will) for key, (was, will) in changes.items()]
    parts += [_reason(header, sentence) for header, sentence in reasons(row)]
    return re.sub(r"\s*\n\s*", " / ", " · ".join(parts))  # a cell of the table is one line


def _reason(header: str, sentence: str) -> str:
    """The title of the column goes before a sentence that does not name it."""
    if not header or words(header) in words(sentence):
        return sentence
    return _("{name}: {value}").format(name=header, value=sentence)


def _change(key: str, was: Any, will: Any) -> str:
    field = BY_KEY.get(key)
    title = _(field.title) if field else key.removeprefix("own:")
    before, after = (shown(field, value) if field else str(value or "") for value in (was, will))
    if not before:
        return _("{name}: {value}").format(name=title, value=after)
    return _("{field}: {before} becomes {after}").format(field=title, before=before, after=after)


def find(rows: Sequence[PreviewRow], decision: str, text: str, order: Order) -> list[str]:
    """The ids of the rows with that decision (all of them for "") and these words, in order; `rows` stand as in the
    sheet.
    """
    wanted = words(text).split()
    chosen = [row for row in rows if not decision or row.decision == decision]
    if wanted:
        chosen = [row for row in chosen if all(word in row.searched for word in wanted)]
    for key, down in order:
        if key == "number":
            chosen = chosen[::-1] if down else chosen
        else:
            chosen.sort(key=lambda row: _sorted_by(row, key), reverse=down)
    return [row.id for row in chosen]


def _sorted_by(row: PreviewRow, key: str) -> tuple[bool, Any]:
    """What cannot be read stands before all that can."""
    if key == "outcome":
        return False, list(DECISIONS).index(row.decision)
    value = row.values.get(key)
    if isinstance(value, int | dt.date):
        return True, value.toordinal() if isinstance(value, dt.date) else value
    return isinstance(value, str), sort_key(row.text(key)) if isinstance(value, str) else 0


def columns(kind: SheetKind) -> tuple[Column, ...]:
    """The columns of such a sheet's preview; further fields are there when she chooses them."""
    first = WORDS[kind].columns
    others = [each.key for each in writable(kind) if each.key not in first]
    return (
        Column("sheet", N_("Sheet"), lambda row: row.sheet, 96, shown=False),
        Column("number", N_("Row"), lambda row: str(row.number), 74, numeric=True, sort="number"),
        Column(
            "outcome",
            N_("Decision"),
            lambda row: _(DECISIONS[row.decision][0]),
            110,
            tone=lambda row: DECISIONS[row.decision][1],
            sort="outcome",
        ),
        *(_field_column(BY_KEY[key], shown=True) for key in first),
        Column(
            "why", N_("Why"), lambda row: row.why, 230, tip=lambda row: row.why, ink=lambda row: "warning", grow=True
        ),
        *(_field_column(BY_KEY[key], shown=False) for key in others),
    )


def _field_column(each: Field, *, shown: bool) -> Column:
    key = each.key
    return Column(
        key,
        each.title,
        lambda row: row.text(key),
        max(92, min(each.width * 6, 190 if key == "organisation:name" else 124)),
        sort=key,
        shown=shown,
        numeric=each.kind == "money",
        ink=lambda row: "danger" if key in row.unread else "text",
    )
