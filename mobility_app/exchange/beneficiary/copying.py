"""The filled copy of her file: written, read back, and compared cell by cell with what was meant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.exchange import reading
from mobility_app.exchange.beneficiary.filling import Plan
from mobility_app.exchange.beneficiary.sheet_edit import edited
from mobility_app.exchange.beneficiary.sheet_xml import Written
from mobility_app.exchange.book import Book, Cell, Sheet
from mobility_app.i18n import _


def write(made: Plan, path: Path) -> None:
    """Writes the copy to a path of the caller's, reads it back and compares every cell of it with what was meant.

    Raises UserError, and the caller hands nothing over, when one differs.
    """
    path.write_bytes(content(made))
    _read_back(made, path)


def content(made: Plan) -> bytes:
    """The bytes of the copy; those of her file when there is nothing to fill."""
    file = made.file
    if not made.edits:
        return file.content
    if file.kind == "text":
        return file.text.edited({row: {c: str(w.value) for c, w in cells.items()} for row, cells in made.edits.items()})
    assert file.package is not None
    like = file.layout.first_row
    sheet = file.scanned({*made.edits, like})
    xml = edited(sheet, made.edits, like=like, since_1904=file.book.since_1904)
    return file.package.replaced(file.part, xml)


def _read_back(made: Plan, path: Path) -> None:
    if not reads_back(made, reading.read(path)):
        raise UserError(
            _("The filled copy of “{name}” does not read back as it was meant: it was not kept.").format(
                name=made.file.name
            ),
            _("Your file is untouched. Open it in Excel, save it as .xlsx under a new name, and use that copy."),
        )


def reads_back(made: Plan, copy: Book) -> bool:
    """Whether every cell of every sheet of the copy is hers, or what was meant in its place."""
    hers = made.file.book.sheets
    alike = [sheet.name for sheet in copy.sheets] == [sheet.name for sheet in hers]
    if len(copy.sheets) != len(hers) or not (alike or len(hers) == 1):  # a text's only sheet is called after its file
        return False
    return all(
        _same_cells(sheet, got, made.edits if sheet is made.file.layout.sheet else {})
        for sheet, got in zip(hers, copy.sheets, strict=True)
    )


def _same_cells(sheet: Sheet, got: Sheet, edits: Mapping[int, Mapping[int, Written]]) -> bool:
    """Row by row: two whole tables of cells would be the largest thing in memory."""
    mine, theirs = ({row.number: row.cells for row in each.rows} for each in (sheet, got))
    for number in {*mine, *theirs, *edits}:
        meant = {**_filled(mine.get(number, ())), **{i: _as_read(w.value) for i, w in edits.get(number, {}).items()}}
        if meant != _filled(theirs.get(number, ())):
            return False
    return True


def _filled(cells: Sequence[Cell]) -> dict[int, Cell]:
    return {index: _as_read(cell) for index, cell in enumerate(cells) if cell is not None}


def _as_read(value: str | int | float | Decimal | bool | dt.date | None) -> Cell:
    """Numbers compare as numbers; a whole one is whole, however it is stored."""
    if isinstance(value, Decimal | float):
        return int(value) if value == int(value) else float(value)
    return value
