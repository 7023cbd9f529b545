"""Outcomes of the Beneficiary Module's bridge as the command line's JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY, CHOOSABLE
from mobility_app.core.beneficiary.comparison import Difference
from mobility_app.core.beneficiary.values import OurStay
from mobility_app.i18n import render
from mobility_app.jobs import dossiers
from mobility_app.jobs.beneficiary_module import Compared, Prepared


def name_of(stay: OurStay, ids: Mapping[str, str] | None = None) -> str:
    """The Mobility activity ID, by which the file knows it too; the dossier's id where there is none."""
    return (ids or {}).get(stay.id) or stay.row.bm_id or stay.id


def summary(prepared: Prepared) -> dict[str, Any]:
    columns = prepared.file.layout.columns
    return {
        "rows": len(prepared.plan.rows),
        "mapped": {column.header: column.key for column in columns if column.key in CHOOSABLE},
        "unmapped": [column.header for column in columns if column.key not in CHOOSABLE],
        "problems": [
            {
                "mobility": name_of(problem.our, prepared.plan.ids) if problem.our else None,
                "cell": problem.cell,
                "reason": f"{render(problem.text)} {render(problem.remedy)}".strip(),
            }
            for problem in prepared.problems
        ],
    }


def comparison_summary(compared: Compared) -> dict[str, Any]:
    found, headers = compared.comparison, compared.file.layout.by_key
    return {
        "same": len(found.same),
        "different": [
            {
                "mobility": _their_name(difference),
                "header": headers[difference.key].header,
                "field": difference.key,
                "ours": plain(difference.key, difference.ours),
                "theirs": _theirs(difference),
            }
            for difference in found.different
        ],
        "only_here": [name_of(stay) for stay in found.only_here],
        "only_there": [row.name for row in (*found.only_there, *(pair.their for pair in found.left))],
    }


def _theirs(difference: Difference) -> Any:
    """Their value; what the cell shows where it could not be understood."""
    if difference.theirs is None:
        return difference.written or None
    return plain(difference.key, difference.theirs)


def _their_name(difference: Difference) -> str:
    return str(difference.their.values.get("bm_id") or name_of(difference.our))


def plain(key: str, value: Any) -> Any:
    """A value as JSON has it: dates in ISO form, money as a decimal text."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if BY_MODULE_KEY[key].kind == "money" and isinstance(value, int):
        return dossiers.decimal(value)
    return value
