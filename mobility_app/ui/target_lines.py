"""The targets as their table shows them: each indicator's total above its activity types."""

from __future__ import annotations

from dataclasses import dataclass

from mobility_app.core.activities import short_title
from mobility_app.core.facts import Report, TargetLine
from mobility_app.exchange import report_words
from mobility_app.i18n import N_, _, number
from mobility_app.ui.budget_lines import INDENT, share
from mobility_app.ui.figures import Figure


@dataclass(frozen=True)
class TargetRow:
    """`typed` is the indicative figure that she typed herself, None where it was added up from others."""

    title: str
    line: TargetLine

    @property
    def total(self) -> bool:
        return not self.line.activity


def target_rows(report: Report) -> tuple[TargetRow, ...]:
    """Each indicator of T1 and T2 in order, its total first."""
    keys = list(dict.fromkeys((line.table, line.key) for line in report.targets))
    lines = sorted(report.targets, key=lambda line: (keys.index((line.table, line.key)), bool(line.activity)))
    return tuple(TargetRow(_title(line), line) for line in lines)


def _title(line: TargetLine) -> str:
    if line.activity:
        return INDENT + _(short_title(line.activity))
    return _(report_words.TARGETS.get(line.key, line.key))


def _shown(value: int | None) -> str:
    return "" if value is None else number(value)


def _tone(row: TargetRow) -> str:
    """How far it is: reached, on the way, far."""
    done, wanted = row.line.implemented, row.line.indicative
    if not wanted:
        return ""
    return "success" if done >= wanted else "info" if 2 * done >= wanted else "warning"


FIGURES: tuple[Figure, ...] = (
    Figure("title", N_("Indicator"), lambda row: row.title, 240, numeric=False, grow=True),
    Figure("table", N_("Table"), lambda row: row.line.table if row.total else "", 64, numeric=False),
    Figure(
        "indicative",
        N_("Indicative"),
        lambda row: _shown(row.line.indicative),
        110,
        edit=lambda row: "" if row.line.indicative is None else str(row.line.indicative),
    ),
    Figure("planned", N_("Planned"), lambda row: number(row.line.planned), 100),
    Figure("implemented", N_("Implemented"), lambda row: number(row.line.implemented), 100),
    Figure(
        "share",
        N_("% achieved"),
        lambda row: share(row.line.implemented, row.line.indicative),
        110,
        numeric=False,
        tone=_tone,
    ),
)
