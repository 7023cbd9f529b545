"""Cells that a spreadsheet put on the clipboard, as a table: tab-separated lines, quoted where a cell holds several."""

from __future__ import annotations

from mobility_app.errors import UserError
from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.exchange.delimited import rows_of
from mobility_app.exchange.guard import FILE_BYTES, Unreadable
from mobility_app.i18n import _


def book_of(text: str, name: str) -> Book:
    """One sheet, its rows numbered from 1; raises UserError when there is nothing, or too much."""
    if not text.strip():
        raise UserError(
            _("The clipboard holds no cells."),
            _("In Excel, select your rows with their titles and copy them, then paste here."),
        )
    try:
        if len(text) > FILE_BYTES:
            raise Unreadable("too_large")
        cells = rows_of(text.encode("utf-8", "replace"), "\t" if "\t" in text else None)
    except Unreadable:
        raise UserError(
            _("What stands on the clipboard cannot be read as a table."),
            _("Copy fewer rows at once, or open the file itself."),
        ) from None
    rows = [SheetRow(number, tuple(cell.strip() or None for cell in row)) for number, row in enumerate(cells, 1)]
    return Book(name, (Sheet(name, tuple(row for row in rows if any(row.cells))),))
