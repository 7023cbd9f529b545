"""The agency report's further sheets: lengths, green travel, fewer opportunities, payments, consortium, two years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, Final

from mobility_app.core import yearly
from mobility_app.core.budget import done
from mobility_app.core.facts import Report
from mobility_app.exchange import report_words
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.report_budget import share
from mobility_app.exchange.sheets import Workbook
from mobility_app.exchange.tables import Column, write_table
from mobility_app.fields import title_of
from mobility_app.i18n import N_

KINDS: Final = {
    "advance": N_("Advance"),
    "balance": N_("Balance"),
    "repayment": N_("Repayment"),
    "in_kind": N_("Paid in kind"),
}
FIGURES: Final = {
    "mobilities": N_("Mobilities"),
    "persons": N_("Persons"),
    "accompanying": N_("Accompanying persons"),
    "total_days": N_("Days of activity"),
    "green": N_("Green travel"),
    "inclusion": N_("Fewer opportunities"),
    "countries": N_("Countries"),
    "hosts": N_("Host organisations"),
    "senders": N_("Sending organisations"),
}


def write(workbook: Workbook, report: Report, heading: Heading, beside: yearly.Beside) -> None:
    """A sheet without anything to say is left out."""
    _write_lengths(workbook, report, heading)
    _write_travel(workbook, report, heading)
    _write_inclusion(workbook, report, heading)
    if beside.payments:
        _write_payments(workbook, beside.payments, heading)
    if beside.members:
        _write_members(workbook, report, beside, heading)
    if beside.before is not None:
        _write_comparison(workbook, report, beside.before, heading)


def steps(report: Report, beside: yearly.Beside) -> int:
    """How many rows these sheets have."""
    rows = report.mobilities
    tables = (yearly.lengths(rows), yearly.travels(rows), yearly.inclusion(rows), beside.payments, beside.members)
    views = sum(len(listed.rows) for listed in beside.views)
    return sum(map(len, tables)) + views + (len(FIGURES) if beside.before is not None else 0)


def _number(key: str, title: str, total: str = "sum", width: float = 12, unknown: str = "") -> Column:
    return Column(key, title, "integer", attrgetter(key), width, unknown, total="sum" if total else "")


def _activity(workbook: Workbook) -> Any:
    _ = workbook.gettext
    return lambda line: _(report_words.activity(line.activity)) if line.activity else None


def _write_lengths(workbook: Workbook, report: Report, heading: Heading) -> None:
    _ = workbook.gettext
    columns = (
        Column("activity", _("Activity type"), "wrapped", _activity(workbook), 40, _("unknown")),
        Column("role", _("Role"), "text", lambda line: _(title_of("role", line.role)), 18),
        _number("mobilities", _("Mobilities")),
        _number("shortest", _("Shortest (days)"), ""),
        _number("median", _("Median (days)"), ""),
        Column("average", _("Average (days)"), "integer", _average, 12, formula="{days}/{mobilities}"),
        _number("longest", _("Longest (days)"), ""),
        _number("days", _("Days of activity")),
    )
    lines = yearly.lengths(report.mobilities)
    write_table(workbook, _("Durations"), heading.titled(_("Durations")), columns, lines, total=_("Total"))


def _average(line: yearly.Lengths) -> float:
    return line.days / line.mobilities


def _write_travel(workbook: Workbook, report: Report, heading: Heading) -> None:
    _ = workbook.gettext
    columns = (
        Column(
            "means", _("Means of transport"), "wrapped",
            lambda line: _(title_of("means", line.means)) if line.means else None, 30, _("not told"),
        ),
        _number("mobilities", _("Mobilities")),
        _number("green", _("Green travel")),
        Column(
            "share", _("Green share"), "percent", lambda line: share(line.green, line.mobilities), 12,
            formula="{green}/{mobilities}",
        ),
        Column("kilometres", _("Estimated kilometres, both ways"), "kilometres", attrgetter("kilometres"), total="sum"),
        _number("unknown", _("Distance unknown")),
    )  # fmt: skip
    title = _("Green travel")
    write_table(
        workbook, _("Ecology"), heading.titled(title), columns, yearly.travels(report.mobilities), total=_("Total")
    )


def _write_inclusion(workbook: Workbook, report: Report, heading: Heading) -> None:
    """Counts alone: nobody can be found in it."""
    _ = workbook.gettext
    columns = (
        Column("activity", _("Activity type"), "wrapped", _activity(workbook), 40, _("unknown")),
        _number("participants", _("Participants")),
        _number("fewer", _("Fewer opportunities")),
        Column(
            "share", _("Share"), "percent", lambda line: share(line.fewer, line.participants), 12,
            formula="{fewer}/{participants}",
        ),
        _number("days", _("Days of theirs")),
    )  # fmt: skip
    title = _("Participants with fewer opportunities")
    lines = yearly.inclusion(report.mobilities)
    write_table(workbook, _("Fewer opportunities"), heading.titled(title), columns, lines, total=_("Total"))


def _write_payments(workbook: Workbook, payments: Sequence[yearly.Payment], heading: Heading) -> None:
    _ = workbook.gettext
    columns = (
        Column("day", _("Date"), "date", attrgetter("day"), 12, _("unknown")),
        Column("kind", _("Kind"), "text", lambda line: _(KINDS.get(line.kind, line.kind)), 16),
        Column("person", _("Participant"), "wrapped", attrgetter("person"), 28),
        Column("school", _("Sending organisation"), "wrapped", attrgetter("school"), 34),
        Column("cents", _("Amount"), "money", attrgetter("cents"), 14, total="sum"),
        Column("reference", _("Reference"), "wrapped", attrgetter("reference"), 24),
    )
    write_table(workbook, _("Payments"), heading.titled(_("Payments")), columns, payments, total=_("Total"), frozen=3)


def _write_members(workbook: Workbook, report: Report, beside: yearly.Beside, heading: Heading) -> None:
    _ = workbook.gettext
    sent: dict[str, list[Any]] = defaultdict(list)
    for row in report.mobilities:
        if row.planned:
            sent[row.sending_organisation or ""].append(row)

    def of(member: yearly.Member) -> list[Any]:
        return sent.get(member.name, [])

    def summed(member: yearly.Member, key: str) -> int:
        return sum(getattr(row, key) or 0 for row in of(member))

    columns = (
        Column("name", _("Member"), "wrapped", attrgetter("name"), 34),
        Column("uai", _("UAI"), "text", attrgetter("uai"), 12),
        Column("mandate", _("Mandate signed on"), "date", attrgetter("mandate"), 14),
        Column("convention", _("Agreement signed on"), "date", attrgetter("convention"), 14),
        _number("places", _("Places"), unknown=_("not entered")),
        Column("planned", _("Planned"), "integer", lambda member: len(of(member)), 12, total="sum"),
        Column(
            "done", _("Implemented"), "integer",
            lambda member: sum(done(row, report.today) for row in of(member)), 12, total="sum",
        ),
        Column("days", _("Days of activity"), "integer", lambda member: summed(member, "days"), total="sum"),
        Column("allotted", _("Allotted"), "money", attrgetter("allotted"), 14, _("not entered"), total="sum"),
        Column("known", _("Known amount"), "money", lambda member: summed(member, "known_total"), total="sum"),
        Column("paid", _("Paid"), "money", lambda member: summed(member, "paid"), total="sum"),
    )  # fmt: skip
    write_table(workbook, _("Consortium"), heading.titled(_("Consortium")), columns, beside.members, total=_("Total"))


def _write_comparison(workbook: Workbook, report: Report, before: Report, heading: Heading) -> None:
    """Figures first, money in a row of its own kind below: a column has one kind."""
    _ = workbook.gettext
    years = str(report.project.call_year), str(before.project.call_year)
    lines = [(key, now, then) for key, now, then in yearly.compared(report, before) if key in FIGURES]
    columns = (
        Column("figure", _("Figure"), "wrapped", lambda line: _(FIGURES[line[0]]), 34),
        Column("now", _("Call {year}").format(year=years[0]), "integer", lambda line: line[1], 14),
        Column("before", _("Call {year}").format(year=years[1]), "integer", lambda line: line[2], 14),
        Column("difference", _("Difference"), "integer", _difference, 14, formula="{now}-{before}"),
        Column("change", _("Change"), "percent", _change, 12, formula="{now}/{before}-1"),
    )
    title = _("Comparison of {now} with {before}").format(now=years[0], before=years[1])
    write_table(workbook, _("Comparison"), heading.titled(title), columns, lines)


def _difference(line: tuple[str, int | None, int | None]) -> int | None:
    _key, now, before = line
    return None if now is None or before is None else now - before


def _change(line: tuple[str, int | None, int | None]) -> float | None:
    _key, now, before = line
    return None if now is None or not before else now / before - 1
