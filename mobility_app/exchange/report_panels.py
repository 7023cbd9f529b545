"""The building blocks of the summary: single figures over several narrow columns, and small tables of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mobility_app.exchange.sheets import Sheet

SPANS: Final = ((0, 7), (8, 11), (12, 15), (16, 19), (20, 22))  # first and last column of a panel's label and figures


@dataclass(frozen=True)
class Figure:
    """One figure: a number or a word for an unknown one, its kind (of `styles.KINDS`), and the formula behind it."""

    value: float | str
    kind: str = "integer"
    formula: str = ""


def write_figure(sheet: Sheet, row: int, first: int, last: int, figure: Figure, *looks: str) -> None:
    sheet.merged(row, first, row, last, "", figure.kind, *looks)
    if isinstance(figure.value, str):
        sheet.text(row, first, figure.value, figure.kind, *looks)
    elif figure.formula:
        sheet.formula(row, first, f"={figure.formula}", figure.value, figure.kind, *looks)
    else:
        sheet.number(row, first, figure.value, figure.kind, *looks)


@dataclass(frozen=True)
class Panel:
    """A small table of the summary: where its rows landed, and first and last column of the label and each figure."""

    sheet: Sheet
    head: int
    first: int
    last: int
    columns: tuple[tuple[int, int], ...]


def write_panel(
    sheet: Sheet, top: int, left: int, titles: Sequence[str], rows: Sequence[tuple[str, Sequence[Figure]]]
) -> Panel:
    """A label and four figures a row; the last figure is a share, drawn as a bar too."""
    columns = tuple((left + first, left + last) for first, last in SPANS)
    for place, (title, (first, last)) in enumerate(zip(titles, columns, strict=True)):
        sheet.merged(top, first, top, last, title, "text" if place == 0 else "integer", "head", "small")
    sheet.worksheet.set_row_pixels(top, 24)
    for row, (label, figures) in enumerate(rows, top + 1):
        sheet.merged(row, columns[0][0], row, columns[0][1], label, "text", "body", "small", "shrink")
        for figure, (first, last) in zip(figures, columns[1:], strict=True):
            unknown = ["unknown"] if isinstance(figure.value, str) and figure.value else []
            write_figure(sheet, row, first, last, figure, "body", "small", "shrink", *unknown)
    panel = Panel(sheet, top, top + 1, top + len(rows), columns)
    if rows:
        sheet.bars(panel.first, columns[-1][0], panel.last)
    return panel


def share_of(row: int, left: int, part: int, whole: int, ratio: float | None) -> Figure:
    """The ratio of two figures of the same row of a panel, by their place among its columns."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    if ratio is None:
        return Figure("", "percent")
    cells = [xl_rowcol_to_cell(row, left + SPANS[place][0]) for place in (part, whole)]
    return Figure(ratio, "percent", f"{cells[0]}/{cells[1]}")
