"""The agency's report as one workbook: summary, targets, budget, mobilities, countries, organisations, what to correct.

Every figure comes from one `Report`, the value that the window's dashboard shows too; formulas only repeat it.
"""

from __future__ import annotations

from pathlib import Path

from mobility_app.core.facts import Report
from mobility_app.core.yearly import Beside
from mobility_app.exchange import headings, report_more, report_sheets, report_views
from mobility_app.exchange.report_budget import write_budget
from mobility_app.exchange.report_summary import Places, write_summary
from mobility_app.exchange.report_targets import write_targets
from mobility_app.exchange.sheets import Cancelled, Progress, Workbook


def write(
    path: str | Path,
    report: Report,
    language: str = "fr",
    progress: Progress | None = None,
    beside: Beside | None = None,
) -> bool:
    """Writes the workbook in one step. False when she cancelled, and then nothing is written.

    `beside`: what fills the sheets on payments, on the consortium, on the year before and of her own views.
    A folder that is missing or protected, a full disk, a file open in Excel: UserError, and the old file stays.
    """
    workbook = Workbook(language, progress, _steps(report) + report_more.steps(report, beside or Beside()))
    try:
        _fill(workbook, report, beside or Beside())
    except Cancelled:
        return False
    workbook.save(path)
    return True


def _fill(workbook: Workbook, report: Report, beside: Beside) -> None:
    """The summary is the first sheet and the last to be written: it points at the cells of the others."""
    _ = workbook.gettext
    heading = headings.heading(
        _("Activity report"),
        report.project,
        report.today,
        language=workbook.language,
        rates_state=report.rates_state,
        filter_text=report.filter_text,
        incomplete=report.totals.get("incomplete") or 0,
        findings=len(report.findings),
    )
    workbook.describe(f"{heading.title} {report.project.reference}", report.project.coordinator, report.today)
    summary = workbook.sheet(_("Summary"))
    targets = write_targets(workbook, report, heading)
    budget = write_budget(workbook, report, heading)
    mobilities = report_sheets.write_mobilities(workbook, report, heading)
    countries = report_sheets.write_countries(workbook, report, heading)
    organisations = report_sheets.write_organisations(workbook, report, heading)
    months = report_sheets.write_months(workbook, report, heading)
    report_more.write(workbook, report, heading, beside)
    report_views.write(workbook, beside.views, heading)
    findings = report_sheets.write_findings(workbook, report, heading)
    places = Places(mobilities, budget, targets, countries, organisations, months, findings)
    write_summary(summary, report, heading, places)


def _steps(report: Report) -> int:
    tables = (report.mobilities, report.budget, report.targets, report.by_country, report.by_organisation)
    return sum(map(len, (*tables, report.departures_by_month, report.findings)))
