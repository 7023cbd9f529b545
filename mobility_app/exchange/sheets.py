"""Workbooks being written: typed cells only, one house style, sheets that print on A4 and files that appear whole.

A text never becomes a formula, a link or a number, and every formula carries the value that we computed ourselves, so
that previewers and Protected View show the same figure as a recalculation.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Collection, Sequence
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

from mobility_app import files, i18n
from mobility_app.exchange import styles

Progress = Callable[[int, int], bool]  # (done, total) -> False when she cancelled

CELL: Final = 32_767  # characters that one cell of Excel can hold
SHEET_NAME: Final = 31
# C0 controls but tab and newline, lone surrogates, and the two code points that XML forbids.
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


class Cancelled(Exception):
    """She pressed Cancel; whoever writes the workbook leaves no file behind."""


def clean_cell(value: str) -> str:
    """What one cell may hold of a text; line ends as Excel writes them."""
    return _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))[:CELL]


class Workbook:
    """One workbook in memory; `save` puts it in place in one step."""

    def __init__(self, language: str = "fr", progress: Progress | None = None, steps: int = 0) -> None:
        import xlsxwriter

        self.language = language
        self.gettext = i18n.catalogue(language).gettext
        self.ngettext = i18n.catalogue(language).ngettext
        self._buffer = io.BytesIO()
        self._progress, self._steps, self._done = progress, steps, 0
        self._formats: dict[tuple[str, ...], Any] = {}
        self.writer = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,  # personal data never reaches the system's temporary folder
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": styles.FONT, "font_size": styles.SIZE},
            },
        )

    def describe(self, title: str, author: str, today: dt.date) -> None:
        """The file's own properties; the date is the data's, so that the same data give the same bytes."""
        created = dt.datetime(today.year, today.month, today.day)  # noqa: DTZ001  Excel's dates have no zone
        self.writer.set_properties({"title": clean_cell(title), "author": clean_cell(author), "created": created})

    def format(self, *names: str) -> Any:
        """The cell format of a kind and its looks, made once."""
        if names not in self._formats:
            self._formats[names] = self.writer.add_format(styles.properties(*names))
        return self._formats[names]

    def sheet(self, name: str) -> Sheet:
        taken = {sheet.get_name().casefold() for sheet in self.writer.worksheets()}
        return Sheet(self, self.writer.add_worksheet(sheet_name(name, taken)))

    def step(self, count: int = 1) -> None:
        """One unit of work is done; raises Cancelled when she gave up."""
        self._done += count
        if self._progress is not None and not self._progress(self._done, max(self._steps, self._done)):
            raise Cancelled

    def save(self, path: str | Path) -> None:
        """Trouble with the disk, a folder or an open file is a UserError; the old file then stays as it was."""
        self.writer.close()
        with files.replacing(path) as temporary:
            temporary.write_bytes(self._buffer.getvalue())


def sheet_name(name: str, taken: Collection[str] = ()) -> str:
    """A name that Excel accepts for a sheet, told apart from those that are taken."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", clean_cell(name)).strip("' \n\t")
    name = plain[:SHEET_NAME].strip("' ") or "1"
    name = f"{name} 1" if name.lower() == "history" else name  # Excel keeps that name for itself
    others = (f"{name[: SHEET_NAME - len(end)]}{end}" for end in map(" {}".format, count(2)))
    return next(one for one in chain((name,), others) if one.casefold() not in taken)


class Sheet:
    """One sheet of a workbook. Rows and columns count from 0; `look` names entries of `styles.LOOKS`."""

    def __init__(self, workbook: Workbook, worksheet: Any) -> None:
        self.workbook, self.worksheet = workbook, worksheet
        self.name: str = worksheet.get_name()
        self.column_widths: list[float] = []
        worksheet.set_paper(9)  # A4
        worksheet.set_landscape()
        worksheet.set_margins(left=0.45, right=0.45, top=0.5, bottom=0.6)
        worksheet.hide_gridlines(2)

    # cells

    def text(self, row: int, column: int, value: str, *look: str) -> None:
        if written := clean_cell(value):
            self.worksheet.write_string(row, column, written, self.workbook.format(*look))
        else:
            self.blank(row, column, *look)

    def blank(self, row: int, column: int, *look: str) -> None:
        self.worksheet.write_blank(row, column, None, self.workbook.format(*look))

    def number(self, row: int, column: int, value: float, *look: str) -> None:
        self.worksheet.write_number(row, column, value, self.workbook.format(*look))

    def date(self, row: int, column: int, value: dt.date, *look: str) -> None:
        if value.year < 1900:  # Excel's calendar begins there
            self.text(row, column, i18n.date(value, self.workbook.language), *look)
        else:
            self.worksheet.write_datetime(row, column, value, self.workbook.format(*look))

    def formula(self, row: int, column: int, formula: str, value: float | str, *look: str) -> None:
        self.worksheet.write_formula(row, column, formula, self.workbook.format(*look), value)

    def merged(self, row: int, column: int, last_row: int, last_column: int, value: str, *look: str) -> None:
        """One text over several cells (one cell is left as it is)."""
        if (row, column) == (last_row, last_column):
            self.text(row, column, value, *look)
        else:
            self.worksheet.merge_range(row, column, last_row, last_column, "", self.workbook.format(*look))
            self.text(row, column, value, *look)

    # the page

    def widths(self, widths: Sequence[float], hidden: Collection[int] = ()) -> None:
        self.column_widths = list(widths)
        for column, width in enumerate(widths):
            self.worksheet.set_column(column, column, width, None, {"hidden": column in hidden})

    def print_setup(self, title: str, origin: str, *, pages_wide: int = 1, pages_tall: int = 0) -> None:
        """Footer with the title, where the data come from and “page 1/3”; fitted to the width of the paper."""
        page = self.workbook.gettext("page {page}/{pages}").format(page="&P", pages="&N")
        left, middle = _footer_text(title, 80), _footer_text(origin, 80)
        self.worksheet.set_footer(f"&L&8{left}&C&8{middle}&R&8{page}", {"scale_with_doc": False})
        self.worksheet.center_horizontally()
        self.worksheet.fit_to_pages(pages_wide, pages_tall)

    def address(self, row: int, column: int, last_row: int | None = None, last_column: int | None = None) -> str:
        """The absolute address of a cell or a range, for a formula on any sheet."""
        from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

        if last_row is None:
            cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        else:
            cell = xl_range_abs(row, column, last_row, column if last_column is None else last_column)
        quoted = self.name.replace("'", "''")
        return f"'{quoted}'!{cell}"


def _footer_text(value: str, length: int) -> str:
    """Excel reads & as a command and keeps 255 characters for the whole footer; a number after &8 would join it."""
    plain = clean_cell(value).replace("\n", " ")[:length].replace("&", "&&")
    return f" {plain}" if plain[:1].isdigit() else plain
