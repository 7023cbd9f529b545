"""The budget as its table shows it: the project's own lines, each activity type under its sum, and the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from mobility_app.core.activities import WHO, short_title
from mobility_app.core.budget import LINES, PROJECT_LINES
from mobility_app.core.budget_sums import added
from mobility_app.core.facts import BudgetLine, Report
from mobility_app.exchange import report_words
from mobility_app.i18n import N_, _, money
from mobility_app.ui.figures import Figure

Key = tuple[str, str]  # budget line, activity type
ALWAYS = ("individual_support", "travel_support")
ON_DEMAND = (
    "course_fees",
    "linguistic_support",
    "inclusion_participant",
    "inclusion_organisation",
    "exceptional_costs",
)

INDENT = "\u2003"


@dataclass(frozen=True)
class BudgetRow:
    """One line of the table. `key` is None for a sum, which nobody types."""

    title: str
    line: BudgetLine
    key: Key | None = None
    unsure: bool = False  # of a sum: amounts of some mobilities are not in it

    def figure(self, name: str) -> str:
        """An amount; unknown rather than nothing while nothing of it is known."""
        cents: int = getattr(self.line, name)
        return _("unknown") if not cents and (self.line.incomplete or self.unsure) else money(cents)


def budget_rows(report: Report, extra: Collection[Key] = ()) -> tuple[BudgetRow, ...]:
    """`extra` are lines that she asked for, to type what was awarded."""
    by_key = {(line.key, line.activity): line for line in report.budget}
    own = [_own(key, report.budget) for key in PROJECT_LINES]
    rows = [_sum(_("Project"), [row.line for row in own]), *own]
    for activity in _activities(report, extra):
        keys = [(line, activity) for line in ALWAYS]
        keys += [(line, activity) for line in ON_DEMAND if (line, activity) in by_key or (line, activity) in extra]
        lines = [by_key.get(key, _nothing(*key)) for key in keys]
        rows.append(_sum(_(short_title(activity)) if activity else _("Activity type unknown"), lines))
        rows += [BudgetRow(line_title(line.key), line, (line.key, line.activity)) for line in lines]
    rows.append(_sum(_("Total"), report.budget))
    return tuple(rows)


def line_title(key: str) -> str:
    return _(report_words.BUDGET.get(key, key))


def activities_of(report: Report) -> tuple[str, ...]:
    """The activity types that this project has, in their order."""
    return tuple(activity for activity in _activities(report, ()) if activity)


def _activities(report: Report, extra: Collection[Key]) -> Iterator[str]:
    used = {line.activity for line in report.budget if line.key not in PROJECT_LINES}
    used |= {row.activity or "" for row in report.mobilities if row.planned}
    used |= {activity for _line, activity in extra}
    yield from (activity for activity in WHO if activity in used)
    yield from sorted(used - set(WHO) - {""})
    if "" in used:
        yield ""


def _own(key: str, lines: Sequence[BudgetLine]) -> BudgetRow:
    """A line of the project, whatever activity types it was counted by. An award by activity type is not typed here."""
    mine = [line for line in lines if line.key == key]
    by_activity = any(line.awarded is not None and line.activity for line in mine)
    return BudgetRow(line_title(key), added(mine, key), None if by_activity else (key, ""))


def _sum(title: str, lines: Sequence[BudgetLine]) -> BudgetRow:
    """Different lines as one: incomplete mobilities are not added, as one may lack several."""
    together = added(lines)
    return BudgetRow(title, replace(together, incomplete=0), unsure=bool(together.incomplete))


def by_line(report: Report) -> tuple[BudgetLine, ...]:
    """The budget lines in use, whatever the activity types, in their order."""
    used = {line.key for line in report.budget if line.planned or line.paid or line.awarded is not None}
    keys = sorted(used, key=lambda key: (LINES.index(key) if key in LINES else len(LINES), key))
    return tuple(added([line for line in report.budget if line.key == key], key) for key in keys)


def _nothing(key: str, activity: str) -> BudgetLine:
    return BudgetLine(key, activity, None, 0, 0, 0, 0)


def share(part: int, whole: int | None) -> str:
    """A percentage; empty when there is nothing to compare with."""
    return "" if not whole else _("{n} %").format(n=(200 * part + whole) // (2 * whole))


def _awarded(row: BudgetRow) -> str:
    return money(row.line.awarded) if row.line.awarded is not None else "" if row.key else "–"


def _typed(row: BudgetRow) -> str | None:
    """What the editor begins with."""
    if row.key is None:
        return None
    return "" if row.line.awarded is None else money(row.line.awarded).replace("€", "").strip()


def _indented(row: BudgetRow) -> str:
    """A line stands below the sum that it belongs to."""
    return f"{INDENT}{row.title}" if row.key or row.line.key else row.title


FIGURES: tuple[Figure, ...] = (
    Figure("title", N_("Budget line"), _indented, 200, numeric=False, grow=True, tip=lambda row: row.title),
    Figure("awarded", N_("Awarded"), _awarded, 116, edit=_typed),
    Figure("planned", N_("Planned"), lambda row: row.figure("planned"), 104),
    Figure("engaged", N_("Engaged"), lambda row: row.figure("engaged"), 104),
    Figure("done", N_("Implemented"), lambda row: row.figure("done"), 104),
    Figure("paid", N_("Paid"), lambda row: money(row.line.paid), 104),
    Figure(
        "left",
        N_("Left"),
        lambda row: "" if row.line.left is None else money(row.line.left),
        108,
        ink=lambda row: "danger" if (row.line.left or 0) < 0 else "",
    ),
    Figure("share", N_("% engaged"), lambda row: share(row.line.engaged, row.line.awarded), 86),
    Figure(
        "incomplete",
        N_("Incomplete"),
        lambda row: str(row.line.incomplete) if row.line.incomplete else "",
        96,
        ink=lambda row: "warning",
        tip=lambda row: _("Mobilities whose amount is not known yet: they are not counted."),
    ),
)
