"""Budgets, rates and what-ifs as lines of text, for a person who reads a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mobility_app.core.activities import SHORT
from mobility_app.core.facts import Finding, Report
from mobility_app.core.lines import TITLES
from mobility_app.core.rate_checks import BLOCKS
from mobility_app.core.whatif import Places, Room
from mobility_app.i18n import N_, _, money, ngettext, number, render

_LINES = {"individual_support": N_("Individual support"), "exceptional_costs": N_("Exceptional costs")}


def line_title(key: str) -> str:
    """A budget line in her words."""
    title = TITLES.get(key)
    return render(title) if title else _(_LINES.get(key, key))


def budget_lines(report: Report) -> Iterator[str]:
    """Each budget line with awarded, planned, engaged, done, paid and left; whether totals are provisional."""
    yield " · ".join((_("Line"), _("Awarded"), _("Planned"), _("Engaged"), _("Done"), _("Paid"), _("Left")))
    for line in report.budget:
        title = line_title(line.key)
        if line.activity:
            title += f" ({_(SHORT.get(line.activity, line.activity))})"
        awarded = _("not typed") if line.awarded is None else money(line.awarded)
        left = "–" if line.left is None else money(line.left)
        amounts = (money(line.planned), money(line.engaged), money(line.done), money(line.paid))
        yield " · ".join((title, awarded, *amounts, left))
    incomplete = report.totals["incomplete"] or 0
    if incomplete:
        yield ngettext(
            "Provisional: {count} mobility has an unknown amount.",
            "Provisional: {count} mobilities have an unknown amount.",
            incomplete,
        ).format(count=number(incomplete))


def rate_lines(found: Mapping[str, Any]) -> Iterator[str]:
    for row in found["rates"]:
        name = " ".join(part for part in (row["subject"], row["key"], row["variant"]) if part)
        amount = "" if row["amount"] is None else f"{row['amount']} €"
        title = _(BLOCKS[row["line"]]) if row["line"] in BLOCKS else row["line"]
        yield f"{title} · {name} · {amount} · {row['state']}"
    for finding in found["findings"]:
        yield f"{finding['text']} {finding['remedy']}"


def finding_lines(findings: Iterable[Finding]) -> Iterator[str]:
    for finding in findings:
        where = f"{finding.record} : " if finding.record else ""
        yield f"{where}{render(finding.text)} {render(finding.remedy)}"


def room_line(room: Room) -> str:
    """What is left on one budget line before another stay."""
    title = line_title(room.key)
    if room.left is None:
        return _("{line}: the amount awarded is not typed.").format(line=title)
    amount = money(room.left)
    if room.places is None:
        return _("{line}: {amount} left once everything planned is paid.").format(line=title, amount=amount)
    text = ngettext(
        "{line}: {amount} left once everything planned is paid, enough for {n} more.",
        "{line}: {amount} left once everything planned is paid, enough for {n} more.",
        room.places,
    )
    return text.format(line=title, amount=amount, n=number(room.places))


def places_lines(found: Places, count: int) -> Iterator[str]:
    for line in found.money.lines:
        yield f"{render(line.title)} : {money(line.amount)}. {render(line.sentence)}"
    each = found.money.total
    yield _("One costs {amount}.").format(amount=money(each))
    if count > 1:
        yield _("{count} cost {amount}.").format(
            count=number(count), amount=money(None if each is None else each * count)
        )
    if found.support_each is not None:
        yield _("The next participant adds {amount} of organisational support.").format(
            amount=money(found.support_each)
        )
    for room in found.rooms:
        yield room_line(room)
    if found.places is None:
        yield _("How many can be paid is unknown: type the amounts awarded and the rates.")
        return
    yield ngettext(
        "{left} left: {count} more can be paid.", "{left} left: {count} more can be paid.", found.places
    ).format(left=money(found.left), count=number(found.places))
