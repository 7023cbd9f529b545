"""Papers for the accountant as a workbook: one sheet a paper, the figures of the PDF, sums as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from mobility_app import i18n
from mobility_app.core.statements import AccountPaper, Cell, PaperColumn, PaperTable, settled_words, warnings
from mobility_app.exchange import measures
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.sheets import Cancelled, Progress, Sheet, Workbook
from mobility_app.exchange.tables import (
    AIR,
    BAND,
    LINE,
    PADDING,
    Column,
    Placed,
    column_widths,
    finish,
    write_head,
    write_heading,
    write_values,
)
from mobility_app.i18n import render

_KINDS: Final = {"text": "wrapped", "code": "text"}
_BOX: Final = 5  # rows that a signature needs


def write(
    path: str | Path, papers: Sequence[AccountPaper], language: str = "fr", progress: Progress | None = None
) -> bool:
    """Writes the workbook in one step; False when she cancelled, and then nothing is written."""
    workbook = Workbook(language, progress, len(papers))
    first = papers[0]
    title = f"{workbook.gettext(first.title)} {first.project.reference}"
    workbook.describe(title, first.project.coordinator, first.today)
    taken: set[str] = set()
    try:
        for paper in papers:
            _write(workbook, paper, _name(workbook, paper, taken))
            workbook.step()
    except Cancelled:
        return False
    workbook.save(path)
    return True


def _name(workbook: Workbook, paper: AccountPaper, taken: set[str]) -> str:
    """The name of a sheet: the member, or the paper; two members may share their first letters."""
    full = paper.subject or workbook.gettext(paper.title).replace(":", "–")
    name, number = full[:31], 2
    while name.casefold() in taken:
        name, number = f"{full[:26]} ({number})", number + 1
    taken.add(name.casefold())
    return name


def _write(workbook: Workbook, paper: AccountPaper, name: str) -> None:
    sheet = workbook.sheet(name)
    columns = [_columns(table, workbook.language) for table in paper.tables]
    values = [[_values(row, table, workbook.language) for row in table.rows] for table in paper.tables]
    sheet.widths(_widths(columns, values))
    heading = _heading(paper, workbook.language)
    row = write_heading(sheet, heading)
    placed = []
    for table, shown, cells in zip(paper.tables, columns, values, strict=True):
        placed.append(_write_table(sheet, row, table, shown, cells))
        row = (placed[-1].total or placed[-1].last) + 3
    _write_end(sheet, paper, row)
    if len(placed) == 1:
        finish(placed[0], heading, 2)
    else:
        sheet.print_setup(heading.title, heading.footer)
    if not paper.landscape:
        sheet.worksheet.set_portrait()


def _heading(paper: AccountPaper, language: str) -> Heading:
    _ = i18n.catalogue(language).gettext
    title = " · ".join(filter(None, (_(paper.title), paper.subject)))
    day = _("data of {day}").format(day=i18n.date(paper.today, language))
    project = f"{paper.project.reference} · {paper.project.title}".strip(" ·")
    said = tuple(render(warning, language) for warning in warnings(paper))
    return Heading(title, f"{project} · {day}", f"{paper.project.reference} · {day}", said)


def _columns(table: PaperTable, language: str) -> list[Column]:
    _ = i18n.catalogue(language).gettext
    return [
        Column(
            str(n),
            _(column.title),
            _KINDS.get(column.kind, column.kind),
            itemgetter(n),
            unknown=_("unknown") if column.unknown else "",
            total="sum" if column.total else "",
        )
        for n, column in enumerate(table.columns)
    ]


def _values(row: Sequence[Cell], table: PaperTable, language: str) -> list[Any]:
    """Figures and dates stay what they are, words are in the language of the sheet."""
    return [_value(cell, column, language) for cell, column in zip(row, table.columns, strict=True)]


def _value(cell: Cell, column: PaperColumn, language: str) -> Any:
    if cell is None or column.kind in ("money", "integer", "date"):
        return cell
    return i18n.show(cell, language)


def _widths(columns: Sequence[Sequence[Column]], values: Sequence[Sequence[Sequence[Any]]]) -> list[float]:
    """Tables that stand under each other share their columns: each as wide as the widest."""
    each = [column_widths(shown, cells) for shown, cells in zip(columns, values, strict=True)]
    count = max(map(len, each))
    return [max(widths[n] for widths in each if n < len(widths)) + 0.1 for n in range(count)]


def _write_table(
    sheet: Sheet, top: int, table: PaperTable, columns: Sequence[Column], values: Sequence[Sequence[Any]]
) -> Placed:
    if table.title:
        for column in range(len(columns)):
            sheet.blank(top, column, "section")
        sheet.text(top, 0, sheet.workbook.gettext(table.title), "section")
        top += 1
    write_head(sheet, top, columns)
    for row, cells in enumerate(values, top + 1):
        write_values(sheet, row, columns, cells, "body", first=top + 1)
    last = top + len(values)
    total = last + 1 if table.totalled and values else None
    placed = Placed(sheet, top, top + 1, last, total, {column.key: n for n, column in enumerate(columns)})
    if total is not None:
        _write_total(placed, table, columns)
    return placed


def _write_total(placed: Placed, table: PaperTable, columns: Sequence[Column]) -> None:
    assert placed.total is not None
    sheet, titled = placed.sheet, False
    for n, column in enumerate(columns):
        if column.total:
            value = table.total(n) / 100 if column.kind == "money" else table.total(n)
            sheet.formula(placed.total, n, f"=SUM({placed.cells(column.key)})", value, column.kind, "total")
        elif not titled and column.kind == "wrapped":
            sheet.text(placed.total, n, sheet.workbook.gettext("Total"), "text", "total")
            titled = True
        else:
            sheet.blank(placed.total, n, "total")
    sheet.worksheet.set_row(placed.total, LINE + AIR)


def _write_end(sheet: Sheet, paper: AccountPaper, row: int) -> None:
    """The sum in words, remarks, lines to fill in, and room for those who sign."""
    language, _ = sheet.workbook.language, sheet.workbook.gettext
    last = len(sheet.column_widths) - 1
    said: list[tuple[str, tuple[str, ...]]] = [(settled_words(paper, language), ("wrapped", "bold"))]
    said += [(render(remark, language), ("wrapped", "quiet")) for remark in paper.remarks]
    said += [(f"{_(blank)} " + "…" * 40, ("wrapped",)) for blank in paper.blanks]
    room = max(sum(sheet.column_widths) - PADDING, min(BAND, 40))
    for words, look in said:
        if words:
            sheet.merged(row, 0, row, last, words, *look)
            sheet.worksheet.set_row(row, LINE * measures.lines(words, room, "bold" in look) + AIR)
            row += 1
    row += 1
    half = (last + 1) // 2
    for n, who in enumerate(paper.signatures):
        left, right = (0, half - 1) if n == 0 else (half, last)
        sheet.merged(row, left, row, right, _(who), "wrapped", "bold")
        sheet.merged(row + 1, left, row + _BOX, right, _("Place, date, signature and stamp"), "wrapped", "signature")
    sheet.worksheet.set_row(row, LINE * 2 + AIR)
