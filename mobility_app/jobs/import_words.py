"""What an import does to each row, in words for a person and as the command line's JSON."""

from __future__ import annotations

import datetime as dt
from typing import Any

from mobility_app.core.bank import masked
from mobility_app.core.incoming import Kept, Near, Plan, PlannedRow
from mobility_app.fields import BY_KEY, choice_title
from mobility_app.i18n import N_, Country, Euros, Term, Value, _, render, text


def reasons(row: PlannedRow) -> list[tuple[str, str]]:
    """Why a row is what it is, as (column, sentence) in the language of the program."""
    if row.decision == "duplicate":
        return [("", _doubles(row))]
    found = [(problem.column_header, render(problem.text)) for problem in row.row.problems]
    found += [(_title(key), _kept(key, kept)) for key, kept in row.kept.items()]
    return found + [("", _near(near)) for near in row.near]


def _doubles(row: PlannedRow) -> str:
    if row.organisation_id:
        one, of_sheet = N_("Same organisation as row {row}."), N_("Same organisation as row {row} of sheet “{sheet}”.")
    elif "entry:cents" in row.changes:
        one, of_sheet = N_("Same payment as row {row}."), N_("Same payment as row {row} of sheet “{sheet}”.")
    elif not row.mobility_id:
        one, of_sheet = N_("Same person as row {row}."), N_("Same person as row {row} of sheet “{sheet}”.")
    else:
        one = N_("Same person and same stay as row {row}.")
        of_sheet = N_("Same person and same stay as row {row} of sheet “{sheet}”.")
    template = of_sheet if row.same_as_sheet != row.row.sheet else one
    return render(text(template, row=row.same_as, sheet=row.same_as_sheet))


def _kept(key: str, kept: Kept) -> str:
    """Whose value stands, and since when; the sheet's own value is named."""
    day = kept.at.replace(tzinfo=dt.UTC).astimezone().date()
    return render(
        text(N_("Kept: changed by hand on {day} (the sheet says “{value}”)."), day=day, value=said(key, kept.theirs))
    )


def _near(near: Near) -> str:
    born = near.birth_date
    template = (
        N_("May be {name}, born on {day}, whom the dossier knows.") if born else N_("May be {name}, known already.")
    )
    return render(text(template, name=near.name, **({"day": born} if born else {})))


def _title(key: str) -> str:
    return _(BY_KEY[key].title) if key in BY_KEY else key.removeprefix("own:")


def summary(plan: Plan) -> dict[str, Any]:
    """The outcome as the command line's JSON."""
    found = {
        "rows": len(plan.rows),
        "added": plan.count("add"),
        "changed": plan.count("change"),
        "unchanged": plan.count("unchanged"),
        "duplicates": [{**_row(row), "same_as": row.same_as} for row in plan.chosen("duplicate")],
        "refused": [_refusal(row) for row in plan.chosen("refused")],
        "own_columns": list(plan.table.own_columns),
        "kept": [entry for row in plan.rows for entry in _kept_json(row)],
        "near": [
            {"row": row.row.number, "id": near.participant_id, "name": near.name}
            for row in plan.rows
            for near in row.near
        ],
    }
    return found | _colours_and_sheets(plan)


def _colours_and_sheets(plan: Plan) -> dict[str, Any]:
    """What only some files have."""
    found: dict[str, Any] = {}
    if plan.table.kind != "mobilities":
        found["content"] = plan.table.kind
    if plan.table.sheets:
        found["sheets"] = list(plan.table.sheets)
    if plan.table.colours:
        found["colours"] = [
            {"colour": each.rgb, "rows": each.rows, "legend": each.said, "decision": each.decision or None}
            for each in plan.table.colours
        ]
    return found


def _row(row: PlannedRow) -> dict[str, Any]:
    """Where it stands; the sheet is named where several are read together."""
    return {"row": row.row.number} | ({"sheet": row.row.sheet} if row.row.sheet else {})


def _kept_json(row: PlannedRow) -> list[dict[str, Any]]:
    return [
        {
            "row": row.row.number,
            "field": key,
            "ours": plain(_hidden(key, k.ours)),
            "theirs": plain(_hidden(key, k.theirs)),
            "at": f"{k.at:%Y-%m-%d}",
        }
        for key, k in row.kept.items()
    ]


def _hidden(key: str, value: Any) -> Any:
    """An account is named by its ends alone."""
    return masked(value) or None if key == "iban" else value


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _refusal(row: PlannedRow) -> dict[str, Any]:
    problem = next(problem for problem in row.row.problems if problem.refuses)
    return {**_row(row), "column": problem.column_header, "reason": render(problem.text)}


def said(key: str, value: Any) -> Value:
    """A value as it stands inside a sentence."""
    field = BY_KEY.get(key)
    match field.kind if field else "":
        case "boolean":
            return Term(N_("yes") if value else N_("no"))
        case "choice" if field:
            return Term(choice_title(field.choices, value))
        case "country":
            return Country(value)
        case "money":
            return Euros(value)
        case "iban":
            return masked(value)
    return value if isinstance(value, int | dt.date) else str(value)
