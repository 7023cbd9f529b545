"""The summary's three charts, native ones that read their figures from the sheets: months, countries, budget lines."""

from __future__ import annotations

from typing import Any, Final

from mobility_app.exchange import styles
from mobility_app.exchange.report_panels import Panel
from mobility_app.exchange.sheets import Sheet
from mobility_app.exchange.tables import Placed

COUNTRIES: Final = 12  # more bars would be too thin to read
ROWS: Final = 13  # height of a chart
ROW_PIXELS: Final = 20
GAP: Final = 11
THOUSANDS: Final = 8_000  # euros from which the scale is in k€
_FONT: Final = {"name": styles.FONT, "size": 8, "color": styles.MUTED}
_TITLE: Final = {"name": styles.FONT, "size": 10, "bold": True, "color": styles.NAVY}


def insert(sheet: Sheet, row: int, width: int, months: Placed, countries: Placed, budget: Panel, largest: int) -> int:
    """Side by side below `row`, `width` pixels together; returns the last row that they cover.

    `largest`: the largest amount of the budget in cents, for the scale.
    """
    _ = sheet.workbook.gettext
    charts = (
        (_("Departures by month"), _months(sheet, months) if months.last >= months.first else None),
        (_("Mobilities by country"), _countries(sheet, countries) if countries.last >= countries.first else None),
        (_("Budget by line"), _budget(sheet, budget, largest // 100) if largest else None),
    )
    each = (width - 2 * GAP) // 3
    for place, (title, chart) in enumerate(charts):
        if chart is None:
            sheet.text(row + 1, place * 16, f"{title} : {_('nothing to show yet')}", "quiet")
            continue
        chart.set_title({"name": title, "name_font": _TITLE})
        chart.set_chartarea({"border": {"color": styles.RULE}, "fill": {"color": "#FFFFFF"}})
        chart.set_size({"width": each, "height": ROWS * ROW_PIXELS})
        where = {"x_offset": place * (each + GAP), "description": title, "object_position": 2}
        sheet.worksheet.insert_chart(row, 0, chart, where)
    for covered in range(row, row + ROWS):
        sheet.worksheet.set_row_pixels(covered, ROW_PIXELS)
    return row + ROWS - 1


def _months(sheet: Sheet, months: Placed) -> Any:
    chart = sheet.workbook.writer.add_chart({"type": "column"})
    _series(chart, months.cells("month"), months.cells("departures"), styles.BLUE, gap=40)
    chart.set_x_axis({"text_axis": True, "num_format": "mmm yy", "num_font": _FONT, "line": {"color": styles.RULE}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"none": True})
    return chart


def _countries(sheet: Sheet, countries: Placed) -> Any:
    chart = sheet.workbook.writer.add_chart({"type": "bar"})
    last = min(countries.last, countries.first + COUNTRIES - 1)
    first = min(countries.first, last)
    names = countries.sheet.address(first, countries.columns["name"], last)
    figures = countries.sheet.address(first, countries.columns["mobilities"], last)
    _series(chart, names, figures, styles.BLUE, gap=35)
    _horizontal(chart)
    chart.set_legend({"none": True})
    return chart


def _budget(sheet: Sheet, panel: Panel, largest: int) -> Any:
    chart = sheet.workbook.writer.add_chart({"type": "bar"})
    names = sheet.address(min(panel.first, panel.last), panel.columns[0][0], panel.last)
    for place, colour in ((1, styles.GREY), (2, styles.PALE_BLUE), (3, styles.BLUE)):
        column = panel.columns[place][0]
        figures = sheet.address(min(panel.first, panel.last), column, panel.last)
        title = sheet.address(panel.head, column)
        _series(chart, names, figures, colour, gap=45, name=f"={title}", labels=False)
    _horizontal(chart, largest)
    chart.set_legend({"position": "bottom", "font": _FONT})
    return chart


def _series(
    chart: Any, names: str, figures: str, colour: str, *, gap: int, name: str = "", labels: bool = True
) -> None:
    series: dict[str, Any] = {"categories": f"={names}", "values": f"={figures}", "fill": {"color": colour}, "gap": gap}
    if name:
        series["name"] = name
    if labels:
        series["data_labels"] = {"value": True, "font": _FONT}
    chart.add_series(series)


def _horizontal(chart: Any, largest: int = 0) -> None:
    """Names stand at the left, the first one on top; the scale, in euros, stays at the bottom when there is one."""
    chart.set_y_axis({"reverse": True, "crossing": "max", "num_font": _FONT, "line": {"color": styles.RULE}})
    grid = {"visible": bool(largest), "line": {"color": styles.RULE, "width": 0.5}}
    scale: dict[str, Any] = {"visible": bool(largest), "major_gridlines": grid, "min": 0, "line": {"none": True}}
    if largest:
        thousands = largest >= THOUSANDS
        scale |= {
            "num_font": _FONT,
            "num_format": '#,##0,\\ "k€"' if thousands else '#,##0\\ "€"',
            "major_unit": _step(largest),
        }
    chart.set_x_axis(scale)


def _step(largest: int) -> int:
    """About four lines of the scale, at round figures: 1, 2 or 5 times a power of ten."""
    power = 1
    while power * 40 < largest:
        power *= 10
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor * 4 >= largest)
