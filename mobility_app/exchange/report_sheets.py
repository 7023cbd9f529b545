"""The plain tables of the agency report: mobilities, countries, organisations, months, and what is to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, Final

from mobility_app import i18n
from mobility_app.core.facts import Finding, Report, Tally
from mobility_app.exchange import report_words
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Workbook
from mobility_app.exchange.tables import Column, Counted, Placed, write_table
from mobility_app.exchange.workbook import field_column
from mobility_app.fields import MOBILITY

# The agency checks stays and amounts; how to reach a person and what was noted about one stay with the coordinator.
PRIVATE: Final = frozenset({"birth_date", "email", "phone", "lodging", "insurance", "decision_reason", "notes", "own"})
_SUMS: Final = frozenset({"days", "individual_support", "travel_support"})
_COUNTS: Final = frozenset({"green", "fewer_opportunities"})


def write_mobilities(workbook: Workbook, report: Report, heading: Heading) -> Placed:
    """One row a mobility, candidates too; only those that count are in the line of totals."""
    _ = workbook.gettext
    columns = mobility_columns(workbook.language)
    counted = Counted("counted", attrgetter("planned"), _("Yes"))
    return write_table(
        workbook,
        _("Mobilities"),
        heading.titled(_("Mobilities")),
        columns,
        report.mobilities,
        total=_("Total"),
        looks=lambda row: () if row.planned else ("quiet",),
        frozen=3,
        pages_wide=3,
        hide_empty=True,
        counted=counted,
    )


def mobility_columns(language: str) -> tuple[Column, ...]:
    """Every field that is not private, then what the totals rest on."""
    _ = i18n.catalogue(language).gettext
    columns = []
    for field in MOBILITY:
        if field.sensitive or field.key in PRIVATE:
            continue
        column = replace(field_column(field, language), width=6)
        if field.key in _SUMS:
            column = column.totalled("sum")
        elif field.key in _COUNTS:
            column = column.totalled("count")
        columns.append(column)
        if field.key == "stage":
            columns.append(Column("counted", _("Counted"), "centred", _yes_or_no("planned", language), total="count"))
        elif field.key == "total":
            known = Column("known_total", _("Known amount"), "money", attrgetter("known_total"), 12, total="sum")
            columns += [known, Column("paid", _("Paid"), "money", attrgetter("paid"), 12, total="sum")]
    return tuple(columns)


def _yes_or_no(attribute: str, language: str) -> Any:
    _ = i18n.catalogue(language).gettext
    return lambda row: _("Yes") if getattr(row, attribute) else _("No")


def write_countries(workbook: Workbook, report: Report, heading: Heading) -> Placed:
    _ = workbook.gettext
    name = Column(
        "name", _("Country"), "text", lambda tally: i18n.country_name(tally.key, workbook.language) or None, 22,
        _("unknown"),
    )  # fmt: skip
    return _tallies(workbook, _("By country"), heading, name, report.by_country)


def write_organisations(workbook: Workbook, report: Report, heading: Heading) -> Placed:
    _ = workbook.gettext
    name = Column("name", _("Sending organisation"), "wrapped", lambda tally: tally.key or None, 34, _("unknown"))
    return _tallies(workbook, _("By organisation"), heading, name, report.by_organisation)


def _tallies(workbook: Workbook, title: str, heading: Heading, name: Column, rows: Sequence[Tally]) -> Placed:
    _ = workbook.gettext
    figures = (
        ("mobilities", _("Mobilities")),
        ("participants", _("Participants")),
        ("accompanying", _("Accompanying persons")),
        ("days", _("Days of activity")),
        ("green", _("Green travel")),
        ("inclusion", _("Fewer opportunities")),
    )
    columns = (
        name,
        *(Column(key, title, "integer", attrgetter(key), 12, total="sum") for key, title in figures),
        Column("known_total", _("Known amount"), "money", attrgetter("known_total"), 16, total="sum"),
        Column("incomplete", _("Incomplete"), "integer", attrgetter("incomplete"), 12, total="sum"),
    )
    return write_table(workbook, title, heading.titled(title), columns, rows, total=_("Total"))


def write_months(workbook: Workbook, report: Report, heading: Heading) -> Placed:
    """Departures by month, and how many have left by then."""
    _ = workbook.gettext
    running, so_far = [], 0
    for month, departures in report.departures_by_month:
        so_far += departures
        running.append((month, departures, so_far))
    columns = (
        Column("month", _("Month"), "month", lambda row: row[0], 16),
        Column("departures", _("Departures"), "integer", lambda row: row[1], 16, total="sum"),
        Column(
            "running",
            _("Departures so far"),
            "integer",
            lambda row: row[2],
            16,
            formula="SUM({first[departures]}:{departures})",
        ),
    )
    return write_table(
        workbook, _("By month"), heading.titled(_("Departures by month")), columns, running, total=_("Total")
    )


def write_findings(workbook: Workbook, report: Report, heading: Heading) -> Placed:
    """What is to be looked at: which record, what, who must act, and what to do."""
    _ = workbook.gettext

    def said(attribute: str) -> Any:
        return lambda finding: i18n.render(getattr(finding, attribute), workbook.language)

    def worded(words: dict[str, str], attribute: str) -> Any:
        return lambda finding: (
            words[code] and _(words[code]) if (code := getattr(finding, attribute)) in words else code
        )

    columns = (
        Column("record", _("Record"), "wrapped", attrgetter("record"), 26),
        Column("severity", _("Gravity"), "text", worded(report_words.SEVERITIES, "severity"), 12),
        Column("text", _("Finding"), "wrapped", said("text"), 44),
        Column("who", _("Who acts"), "text", worded(report_words.ACTORS, "who"), 20),
        Column("remedy", _("What to do"), "wrapped", said("remedy"), 44),
        Column("due", _("Due"), "date", attrgetter("due"), 12),
        Column("answer", _("Answer"), "text", worded(report_words.ANSWERS, "answer"), 14),
    )
    return write_table(
        workbook, _("To correct"), heading.titled(_("To correct")), columns, report.findings, looks=_gravity
    )


def _gravity(finding: Finding) -> tuple[str, ...]:
    return ("bold",) if finding.severity == "blocking" else ()
