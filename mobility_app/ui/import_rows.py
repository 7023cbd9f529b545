"""The rows of a sheet as the preview of an import lists them: what will become of each, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mobility_app.core.incoming import Plan, PlannedRow
from mobility_app.core.text import sort_key, words
from mobility_app.fields import BY_KEY
from mobility_app.i18n import N_, _, country_name
from mobility_app.jobs.importing import reasons
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


@dataclass(frozen=True)
class PreviewRow:
    """One row of her sheet: `values` are its typed values by field key, `why` what there is to say of it."""

    id: str
    number: int
    decision: str
    values: Mapping[str, Any]
    why: str
    sheet: str = ""
    planned: PlannedRow | None = None  # None for a row that is nobody

    def text(self, key: str) -> str:
        return shown(BY_KEY[key], self.values.get(key))


def preview_rows(plan: Plan) -> tuple[PreviewRow, ...]:
    """Every filled row below the titles, in the order of the sheet."""
    rows = [_planned(row) for row in plan.rows]
    rows += [
        PreviewRow(
            f"{row.sheet}/{row.number}",
            row.number,
            "skipped",
            {"last_name": row.text},
            _(SKIPPED[row.reason]),
            row.sheet,
        )
        for row in plan.table.skipped
    ]
    sheets = {name: place for place, name in enumerate(plan.table.sheets)}
    return tuple(sorted(rows, key=lambda row: (sheets.get(row.sheet, 0), row.number)))


def _planned(row: PlannedRow) -> PreviewRow:
    sheet, number = row.row.sheet, row.row.number
    return PreviewRow(f"{sheet}/{number}", number, decision_of(row), row.row.values, _why(row), sheet, row)


def decision_of(row: PlannedRow) -> str:
    """What the pill says: what will be done, unless she is asked something or a value of hers stands."""
    if row.near and row.decision == "add":
        return "near"
    return "kept" if row.kept and row.decision == "unchanged" else row.decision


def _why(row: PlannedRow) -> str:
    """What changes, then what there is to know; a sentence that says everything in itself needs no column title."""
    changes = {} if row.decision == "add" else row.changes  # of a new row everything is new
    parts = [_change(key, was, will) for key, (was, will) in changes.items()]
    parts += [_reason(header, sentence) for header, sentence in reasons(row)]
    return " · ".join(parts)


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


def find(rows: Sequence[PreviewRow], decision: str, order: Order) -> list[str]:
    """The ids of the rows with that decision (all of them for ""), in order; `rows` stand as in the sheet."""
    chosen = [row for row in rows if not decision or row.decision == decision]
    for key, down in order:
        if key == "number":
            chosen = chosen[::-1] if down else chosen
        else:
            chosen.sort(key=lambda row: _sorted_by(row, key), reverse=down)
    return [row.id for row in chosen]


def _sorted_by(row: PreviewRow, key: str) -> Any:
    if key == "decision":
        return list(DECISIONS).index(row.decision)
    value = row.values.get(key)
    return "" if value is None else value.isoformat() if hasattr(value, "isoformat") else sort_key(row.text(key))


def _field_column(key: str, title: str, width: int, *, grow: bool = False) -> Column:
    return Column(key, title, lambda row: row.text(key), width, sort=key, grow=grow)


COLUMNS: tuple[Column, ...] = (
    Column("sheet", N_("Sheet"), lambda row: row.sheet, 96, shown=False),
    Column("number", N_("Row"), lambda row: str(row.number), 90, numeric=True, sort="number"),
    Column(
        "decision",
        N_("Decision"),
        lambda row: _(DECISIONS[row.decision][0]),
        126,
        tone=lambda row: DECISIONS[row.decision][1],
        sort="decision",
    ),
    _field_column("last_name", N_("Last name"), 104),
    _field_column("first_name", N_("First name"), 88),
    _field_column("sending_organisation", N_("Sending organisation"), 132),
    Column("country", N_("Country"), lambda row: country_name(row.values.get("country")), 92, sort="country"),
    _field_column("start", N_("Start"), 92),
    _field_column("end", N_("End"), 92),
    Column("why", N_("Why"), lambda row: row.why, 230, tip=lambda row: row.why, ink=lambda row: "warning", grow=True),
)
