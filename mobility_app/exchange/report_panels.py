"""The building blocks of the summary: single figures over several narrow columns, and small tables of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mobility_app.exchange.sheets import Sheet
from mobility_app.exchange.tables import BAR, bar

# First and last column of a panel's label, its three figures, their share and the bar that draws it.
SPANS: Final = ((0, 8), (9, 11), (12, 14), (15, 17), (18, 19), (20, 22))


@dataclass(frozen=True)
class Figure:
    """One figure: a number or a word for an unknown one, its kind (of `styles.KINDS`), and the formula behind it."""

    value: float | str
    kind: str = "integer"
    formula: str = ""
    unknown: bool = False


def write_figure(sheet: Sheet, row: int, first: int, last: int, figure: Figure, *looks: str) -> None:
    sheet.merged(row, first, row, last, "", figure.kind, *looks)
    if figure.formula:
        sheet.formula(row, first, f"={figure.formula}", figure.value, figure.kind, *looks)
    elif isinstance(figure.value, str):
        sheet.text(row, first, figure.value, figure.kind, *looks)
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
    """A label, three figures, and how far one of them has come: a share and its bar, under one title."""
    columns = tuple((left + first, left + last) for first, last in SPANS)
    heads = [*columns[:-2], (columns[-2][0], columns[-1][1])]
    for place, (title, (first, last)) in enumerate(zip(titles, heads, strict=True)):
        kind = "text" if place == 0 else "integer" if place < len(heads) - 1 else "centred"
        sheet.merged(top, first, top, last, title, kind, "head", "small", "shrink")
    sheet.worksheet.set_row_pixels(top, 24)
    for row, (label, figures) in enumerate(rows, top + 1):
        sheet.merged(row, columns[0][0], row, columns[0][1], label, "text", "body", "small", "shrink")
        for figure, (first, last) in zip(figures, columns[1:], strict=True):
            looks = ("body",) if figure.kind == "bar" else ("body", "small", "shrink")
            write_figure(sheet, row, first, last, figure, *looks, *(("unknown",) if figure.unknown else ()))
    return Panel(sheet, top, top + 1, top + len(rows), columns)


def progress(row: int, left: int, part: int, whole: int, ratio: float | None) -> tuple[Figure, Figure]:
    """The share that one figure of a row is of another (by their place among the columns), and its bar."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    if ratio is None:
        return Figure("", "percent"), Figure("", "bar")
    dividend, divisor, share = (xl_rowcol_to_cell(row, left + SPANS[place][0]) for place in (part, whole, 4))
    return Figure(ratio, "percent", f"{dividend}/{divisor}"), Figure(bar(ratio) or "", "bar", BAR.format(share=share))
