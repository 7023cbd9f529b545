"""Scenarios beside the project as it is: each figure, and in words how far it is from today and from the agreement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mobility_app.core.activities import short_title
from mobility_app.core.budget import LINES
from mobility_app.core.facts import BudgetLine, GrantLine, Report, TargetLine
from mobility_app.core.scenarios import Imagined
from mobility_app.exchange import report_words
from mobility_app.i18n import Term, Text, _, money, number, render, text
from mobility_app.ui.budget_lines import by_line, line_title

SUPPORT = "organisational_support"


@dataclass(frozen=True)
class Cell:
    """A figure, what is to be said of it, and the role of the label that says it; `detail` is told on demand."""

    text: str
    words: str = ""
    role: str = "small"
    detail: str = ""


@dataclass(frozen=True)
class Line:
    """One figure of the project as it is, then of each scenario. Without cells it is the heading of a part."""

    title: str
    note: str = ""
    cells: tuple[Cell, ...] = ()


def lines(imagined: Sequence[Imagined]) -> tuple[Line, ...]:
    """The first is the project as it is."""
    reports = [one.report for one in imagined]
    return (
        Line(_("Budget")),
        Line(_("Planned in all"), cells=tuple(_total(report, reports[0]) for report in reports)),
        Line(
            _("Left once all is paid"),
            _("on the lines awarded"),
            tuple(_left(report, reports[0]) for report in reports),
        ),
        *_budget_lines(reports),
        Line(_("Targets")),
        *_targets(reports),
        *_tiers(reports),
    )


def _more(now: int, today: int, shown: str) -> str:
    """`shown` is the difference without its sign."""
    if now == today:
        return ""
    return (_("{n} more") if now > today else _("{n} less")).format(n=shown)


def _money_more(now: int, today: int) -> str:
    return _more(now, today, money(abs(now - today)))


def _role(now: int, today: int, *, welcome: bool) -> str:
    """Green for what is welcome, amber for what is not."""
    if now == today:
        return "small"
    return "success" if (now > today) == welcome else "warning"


def _total(report: Report, today: Report) -> Cell:
    now, before = (sum(line.planned for line in one.budget) for one in (report, today))
    unknown = bool(report.totals["incomplete"]) or any(line.incomplete for line in report.budget)
    figure = _("at least {amount}").format(amount=money(now)) if unknown else money(now)
    return Cell(figure, _money_more(now, before), _role(now, before, welcome=False))


def _left(report: Report, today: Report) -> Cell:
    now, before = _left_of(report), _left_of(today)
    if now is None or before is None:
        return Cell(_("not entered"))
    if now < 0:
        return Cell(money(now), _("more planned than awarded"), "danger")
    return Cell(money(now), _money_more(now, before), _role(now, before, welcome=True))


def _left_of(report: Report) -> int | None:
    """Over the lines for which something was awarded; the others have nothing to be compared with."""
    known = [left for one in by_line(report) if (left := _of_award(one)) is not None]
    return sum(known) if known else None


def _of_award(line: BudgetLine) -> int | None:
    return None if line.awarded is None else line.awarded - line.planned


def _budget_lines(reports: Sequence[Report]) -> Iterator[Line]:
    sums = [{line.key: line for line in by_line(report)} for report in reports]
    used = {key for one in sums for key in one}
    for key in sorted(used, key=lambda key: (LINES.index(key) if key in LINES else len(LINES), key)):
        yield _budget_line(key, [one.get(key) or BudgetLine(key, "", None, 0, 0, 0, 0) for one in sums])


def _budget_line(key: str, sums: Sequence[BudgetLine]) -> Line:
    awarded = sums[0].awarded
    note = "" if awarded is None else _("awarded {amount}").format(amount=money(awarded))
    return Line(line_title(key), note, tuple(_line_cell(one, sums[0]) for one in sums))


def _line_cell(now: BudgetLine, today: BudgetLine) -> Cell:
    said = [_money_more(now.planned, today.planned)]
    role = _role(now.planned, today.planned, welcome=False)
    left = _of_award(now)
    if left is not None and left < 0:
        said.append(_("{amount} above the award").format(amount=money(-left)))
        role = "danger"
    figure = _("at least {amount}").format(amount=money(now.planned)) if now.incomplete else money(now.planned)
    return Cell(figure, "\n".join(filter(None, said)), role)


def _tiers(reports: Sequence[Report]) -> list[Line]:
    """Organisational support tier by tier: how many participants at which rate."""
    found: list[dict[str, GrantLine]] = []
    for report in reports:
        own = [line for line in report.project_lines if line.key == SUPPORT]
        found.append({_tier_title(line): line for line in own})
    titles = list(dict.fromkeys(title for one in found for title in one))
    rows = [
        Line(title, "", tuple(_tier_cell(one.get(title), found[0].get(title)) for one in found)) for title in titles
    ]
    return [Line(_("Organisational support by tier")), *rows] if rows else []


def _tier_title(line: GrantLine) -> str:
    """The activity type, by its short name, and the participants of the tier as its own sentence has them."""
    what = dict(line.sentence.values).get("what")
    if not isinstance(what, Text):
        return _(short_title(line.activity))
    return render(text(what.template, **dict(what.values) | {"activity": Term(short_title(line.activity))}))


def _tier_cell(now: GrantLine | None, today: GrantLine | None) -> Cell:
    people, before = ((one.quantity or 0) if one else 0 for one in (now, today))
    words = _more(people, before, number(abs(people - before)))
    if now is None:
        return Cell(number(0), words)
    figure = _("{n} × {rate}").format(n=number(people), rate=money(now.rate))
    return Cell(figure, words, _role(people, before, welcome=False), render(now.sentence))


def _targets(reports: Sequence[Report]) -> list[Line]:
    totals = [{line.key: line for line in report.targets if not line.activity} for report in reports]
    shown = [key for key, line in totals[0].items() if line.indicative or any(one[key].planned for one in totals)]
    return [_target(key, [one[key] for one in totals]) for key in shown]


def _target(key: str, found: Sequence[TargetLine]) -> Line:
    wanted = found[0].indicative
    note = "" if wanted is None else _("aim: {n}").format(n=number(wanted))
    return Line(
        _(report_words.TARGETS.get(key, key)), note, tuple(_target_cell(one.planned, found[0]) for one in found)
    )


def _target_cell(now: int, today: TargetLine) -> Cell:
    said = [_more(now, today.planned, number(abs(now - today.planned)))]
    wanted, role = today.indicative, _role(now, today.planned, welcome=True)
    if wanted:
        missing = wanted - now
        said.append(_("target reached") if missing <= 0 else _("{n} missing").format(n=number(missing)))
        role = "success" if missing <= 0 else role
    return Cell(number(now), " · ".join(filter(None, said)), role)


def verdict(one: Imagined) -> Cell:
    """Whether the scenario keeps within the agreement, in words."""
    if one.over:
        said = "\n".join(render(found.text) for found in one.over)
        return Cell(_("More than was awarded"), said, "danger")
    if all(line.awarded is None for line in one.report.budget):
        return Cell("", _("What was awarded is not entered."))
    return Cell("", _("Within what was awarded"), "success")
