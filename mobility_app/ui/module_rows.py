"""Rows of the module's page: points of a file to look at, differences with the module, cells that it marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from mobility_app.core.beneficiary.checks import Problem
from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.comparison import Comparison, Difference
from mobility_app.core.beneficiary.matching import Pair, TheirRow
from mobility_app.core.text import sort_key, words
from mobility_app.i18n import N_, _, render
from mobility_app.jobs.beneficiary_words import shown
from mobility_app.ui.rows_model import Column, Order

if TYPE_CHECKING:
    from mobility_app.exchange.beneficiary.feedback import Mark

# code -> (title of its counter, tone)
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "mobility": (N_("To complete in Mobilities"), "warning"),
    "row": (N_("Rows to check"), "warning"),
    "value": (N_("Values to check"), "info"),
    "column": (N_("Columns"), "neutral"),
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "different": (N_("Different"), "warning"),
    "same": (N_("Identical"), "success"),
    "only_here": (N_("Only here"), "info"),
    "only_there": (N_("Only in BM"), "info"),
    "left": (N_("To delete in BM"), "warning"),
    "unsure": (N_("By name"), "neutral"),
    "fell_back": (N_("Back to draft"), "danger"),
    "undelivered": (N_("Report undelivered"), "danger"),
}
MARKS: Mapping[str, tuple[str, str]] = {
    "known": (N_("Marked cells"), "warning"),
    "unknown": (N_("Of no mobility here"), "danger"),
}
_ABOUT_ROWS = frozenset({"doubled", "left", "person", "other_id"})
_ABOUT_VALUES = frozenset({"unshown", "no_code", "encoding"})


@dataclass(frozen=True)
class ModuleRow:
    """One line of a list. `whole` is all that there is to say of it; `stay_id` the mobility that it leads to."""

    id: str
    place: int
    group: str
    who: str = ""
    cell: str = ""
    column: str = ""
    said: str = ""
    remedy: str = ""
    ours: str = ""
    theirs: str = ""
    stay_id: str = ""
    difference: Difference | None = None

    @property
    def whole(self) -> str:
        return " ".join(part for part in (self.said, self.remedy) if part)

    @property
    def adoptable(self) -> bool:
        return self.difference is not None and self.difference.adoptable


class Listed:
    """The rows of a list and how many each group has: made in the worker, for there may be tens of thousands."""

    def __init__(self, rows: Iterable[ModuleRow] = ()) -> None:
        self.by_id = {row.id: row for row in rows}
        self.counts = counts(self.by_id.values())


def find(rows: Iterable[ModuleRow], group: str, order: Order) -> list[str]:
    """The ids of the rows of a group (of all for ""), in order."""
    chosen = [row for row in rows if not group or row.group == group]
    for key, down in order:
        if key == "place":
            chosen.sort(key=lambda row: row.place, reverse=down)
        else:
            chosen.sort(key=lambda row: sort_key(getattr(row, key)), reverse=down)
    return [row.id for row in chosen]


def counts(rows: Iterable[ModuleRow]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row.group] = found.get(row.group, 0) + 1
    return found


# ---- what is to be looked at before the upload -----------------------------------------------------------------------


def problem_rows(problems: Sequence[Problem]) -> tuple[ModuleRow, ...]:
    return tuple(_problem(place, problem) for place, problem in enumerate(problems))


def _problem(place: int, problem: Problem) -> ModuleRow:
    title = BY_MODULE_KEY[problem.key].title if problem.key in BY_MODULE_KEY else ""
    return ModuleRow(
        str(place),
        place,
        _group(problem),
        who=problem.our.record if problem.our else "",
        cell=problem.cell,
        column=problem.header or (_(title) if title else ""),
        said=render(problem.text),
        remedy=render(problem.remedy),
        stay_id=problem.our.id if problem.our else "",
    )


def _group(problem: Problem) -> str:
    if problem.code in _ABOUT_ROWS:
        return "row"
    if problem.code in _ABOUT_VALUES:
        return "value"
    return "mobility" if problem.our else "column"


# ---- what the comparison found ---------------------------------------------------------------------------------------


def compared_rows(found: Comparison) -> tuple[ModuleRow, ...]:
    """Each difference, then each mobility that is on one side only, fell back, or waits for its report."""
    rows = [*map(_different, found.different)]
    for group, pairs, said in (
        ("same", found.same, _("The same here and in the module.")),
        ("left", found.left, _("Not taking place any more, and still in the module: delete it there.")),
        ("unsure", found.unsure, _("Taken for the same mobility by its person and dates, not by its ID.")),
        ("fell_back", found.fell_back, _("Complete here, a draft in the module: open it there and complete it.")),
    ):
        rows += [_pair(group, pair, said) for pair in pairs]
    rows += [
        _row(f"only_here/{stay.id}", "only_here", stay.record, stay.id, _("In this file only: prepare the BM file."))
        for stay in found.only_here
    ]
    rows += [
        _row(f"only_there/{row.number}", "only_there", _named(row), "", _("In the module only."))
        for row in found.only_there
    ]
    rows += [
        _pair("undelivered", pair, _("Participant report: {status}").format(status=status))
        for pair, status in found.reports
        if words(status).startswith("undelivered")
    ]
    return tuple(replace(row, place=place) for place, row in enumerate(rows))


def _different(difference: Difference) -> ModuleRow:
    title = _(BY_MODULE_KEY[difference.key].title)
    ours = shown(difference.key, difference.ours)
    theirs = shown(difference.key, difference.theirs) if difference.theirs is not None else difference.written
    said = _("{field}: here {ours}, in BM {theirs}.").format(field=title, ours=ours or "–", theirs=theirs or "–")
    return ModuleRow(
        f"{difference.our.id}/{difference.key}",
        0,
        "different",
        who=difference.our.record,
        column=title,
        said=said,
        remedy="" if difference.adoptable else _why_not(difference),
        ours=ours or "–",
        theirs=theirs or "–",
        stay_id=difference.our.id,
        difference=difference,
    )


def _why_not(difference: Difference) -> str:
    """Why the dossier cannot take their value."""
    if not difference.written:
        return _("The module has nothing there: prepare the BM file.")
    if difference.theirs is None:
        return _("Nothing readable stands there: correct it in the module.")
    return _("The program computes this itself: it is not taken over.")


def _pair(group: str, pair: Pair, said: str) -> ModuleRow:
    return _row(f"{group}/{pair.our.id}", group, pair.our.record, pair.our.id, said)


def _row(id_: str, group: str, who: str, stay_id: str, said: str) -> ModuleRow:
    return ModuleRow(id_, 0, group, who=who, said=said, stay_id=stay_id)


def _named(row: TheirRow) -> str:
    person = f"{row.values.get('last_name') or ''} {row.values.get('first_name') or ''}".strip()
    return " · ".join(dict.fromkeys(part for part in (row.name, person) if part))


# ---- what the module marked ------------------------------------------------------------------------------------------


def marked_rows(found: Sequence[tuple[Mark, Pair | TheirRow]]) -> tuple[ModuleRow, ...]:
    return tuple(_marked(place, mark, whose) for place, (mark, whose) in enumerate(found))


def _marked(place: int, mark: Mark, whose: Pair | TheirRow) -> ModuleRow:
    known = isinstance(whose, Pair)
    return ModuleRow(
        str(place),
        place,
        "known" if known else "unknown",
        who=whose.our.record if isinstance(whose, Pair) else _named(whose),
        cell=mark.cell,
        column=mark.header,
        said=mark.message or _("Marked with a colour, without a word."),
        stay_id=whose.our.id if isinstance(whose, Pair) else "",
    )


# ---- the columns of the lists ----------------------------------------------------------------------------------------


def _text(key: str, title: str, width: int, *, grow: bool = False, quiet: bool = False) -> Column:
    read = attrgetter(key)
    return Column(key, title, read, width, sort=key, grow=grow, tip=read, ink=(lambda _row: "muted") if quiet else None)


_CELL = Column("cell", N_("Cell"), lambda row: row.cell, 88, sort="place")
_WHO = _text("who", N_("Mobility"), 170)
PROBLEM_COLUMNS: tuple[Column, ...] = (
    _CELL,
    _WHO,
    _text("column", N_("Column"), 150),
    _text("said", N_("What is wrong"), 280, grow=True),
    _text("remedy", N_("What to do"), 230, grow=True, quiet=True),
)
OUTCOME_COLUMNS: tuple[Column, ...] = (
    Column("tick", N_("Adopt"), lambda row: "", 72),
    _text("who", N_("Mobility"), 190, grow=True),
    Column(
        "group",
        N_("Finding"),
        lambda row: _(OUTCOMES[row.group][0]),
        150,
        tone=lambda row: OUTCOMES[row.group][1],
        sort="group",
    ),
    Column(
        "column", N_("Field"), lambda row: row.column or row.said, 200, sort="column", grow=True, tip=attrgetter("said")
    ),
    _text("ours", N_("Here"), 150, grow=True),
    _text("theirs", N_("In BM"), 150, grow=True),
)
MARK_COLUMNS: tuple[Column, ...] = (
    _CELL,
    _WHO,
    _text("column", N_("Column"), 200),
    _text("said", N_("What the module says"), 360, grow=True),
)
