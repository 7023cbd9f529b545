"""Her saved views as sheets of the agency's report: her columns, her filter, her order, and the totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mobility_app.core.views import OWN, Listed
from mobility_app.exchange import workbook as her_table
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Workbook
from mobility_app.exchange.tables import Column, write_table
from mobility_app.fields import BY_KEY

SUMMED = ("days", "virtual_hours", "course_days", "interruption_days")
FIRST = ("number", "last_name", "first_name", "sending_organisation", "country", "start", "end", "days", "total")


def write(workbook: Workbook, views: Iterable[Listed], heading: Heading) -> None:
    """One sheet a view, under its own title, with the number of rows and the sums of days and euros below."""
    _ = workbook.gettext
    for listed in views:
        columns = list(_columns(listed.view.columns or FIRST, workbook.language))
        write_table(
            workbook, listed.view.title, heading.titled(listed.view.title), columns, listed.rows, total=_("Total")
        )


def _columns(keys: Iterable[str], language: str) -> Iterator[Column]:
    for key in keys:
        if key.startswith(OWN):
            yield her_table.own_column(key.removeprefix(OWN))
            continue
        field = BY_KEY[key]
        made = her_table.field_column(field, language)
        yield made.totalled("sum") if field.kind == "money" or key in SUMMED else made
        if key == "last_name" and "first_name" not in keys:
            yield her_table.field_column(BY_KEY["first_name"], language)
