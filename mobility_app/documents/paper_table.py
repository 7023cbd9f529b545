"""Tables of account papers: columns as wide as their figures need, rows that break over pages under the same header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mobility_app import i18n
from mobility_app.core.statements import Cell, PaperColumn, PaperTable
from mobility_app.documents.facts_table import GREY, HAIR, INK
from mobility_app.documents.letters import MM, Style, clean, width, wrap
from mobility_app.documents.page import Align, Colour, Paper

# Digits of one width, so that figures stand under each other.
FIGURES, STRONG = "NotoSans-Regular", "NotoSans-Bold"
NAVY: Colour = (0.07, 0.19, 0.44)
TINT: Colour = (0.894, 0.925, 0.98)
WASH: Colour = (0.957, 0.969, 0.992)
AMBER: Colour = (0.48, 0.29, 0.0)
BODY = Style(FIGURES, 8.4, 10.6, INK)
UNKNOWN = Style(FIGURES, 8.4, 10.6, AMBER)
HEAD = Style(STRONG, 7.8, 9.6, NAVY)
SUM = Style(STRONG, 8.4, 10.6, NAVY)
GAP, AIR = 1.6, 1.5  # mm beside and above the letters of a cell


@dataclass(frozen=True)
class Line:
    """A row set in letters: the lines of each cell and how they are drawn."""

    cells: tuple[tuple[list[str], Style], ...]

    @property
    def height(self) -> float:
        """In mm, with the air around the letters."""
        tallest = max(max(len(lines), 1) * style.leading for lines, style in self.cells)
        return tallest / MM + 2 * AIR


@dataclass(frozen=True)
class Set:
    """A whole table set in letters: right edges of the columns from 0, header, rows, totals."""

    widths: tuple[float, ...]
    aligned: tuple[Align, ...]
    head: Line
    rows: tuple[Line, ...]
    total: Line | None


def shown(cell: Cell, column: PaperColumn, language: str) -> str:
    """A cell as people read it."""
    if cell is None:
        return i18n.catalogue(language).gettext("unknown") if column.unknown else ""
    if column.kind == "money" and isinstance(cell, int):
        return money(cell, language)
    return clean(i18n.show(cell, language))


def money(cents: int, language: str) -> str:
    """Always with its cents: figures under each other have their commas under each other."""
    from decimal import Decimal

    from babel.numbers import format_currency

    pattern = {"fr": "#,##0.00\u00a0¤", "en": "¤#,##0.00"}[language]
    return format_currency(Decimal(cents) / 100, "EUR", pattern, locale=i18n.LOCALES[language], currency_digits=False)


def compose(table: PaperTable, room: float, language: str) -> Set:
    """The table in the largest letters in which no figure and no code is broken."""
    texts = [[shown(c, col, language) for c, col in zip(row, table.columns, strict=True)] for row in table.rows]
    factor, widths = _fitting(table, texts, room, language)
    widths = widths or tuple(room / len(table.columns) for _column in table.columns)
    titles = [i18n.catalogue(language).gettext(column.title) for column in table.columns]
    rows = tuple(_line(row, texts[n], table, widths, factor) for n, row in enumerate(table.rows))
    head = Line(
        tuple((wrap(t, HEAD.scaled(factor), _inner(w)), HEAD.scaled(factor)) for t, w in _pairs(titles, widths))
    )
    return Set(widths, tuple(map(_align, table.columns)), head, rows, _total(table, widths, factor, language))


def _fitting(
    table: PaperTable, texts: Sequence[Sequence[str]], room: float, language: str
) -> tuple[float, tuple[float, ...] | None]:
    """Rather letters a little smaller than texts on two lines; much smaller ones only for figures that need it."""
    sizes = [1 - step / 25 for step in range(9)]
    for factor in sizes[:4]:
        if widths := _widths(table, texts, room, factor, language, broken=False):
            return factor, widths
    for factor in sizes:
        if widths := _widths(table, texts, room, factor, language):
            return factor, widths
    return sizes[-1], None


def _pairs(texts: Sequence[str], widths: Sequence[float]) -> list[tuple[str, float]]:
    return list(zip(texts, widths, strict=True))


def _inner(wide: float) -> float:
    return max(wide - 2 * GAP, 1) * MM


def _align(column: PaperColumn) -> Align:
    return "right" if column.kind in ("money", "integer") else "left"


def _line(row: Sequence[Cell], texts: Sequence[str], table: PaperTable, widths: Sequence[float], factor: float) -> Line:
    cells = []
    for cell, column, (text, wide) in zip(row, table.columns, _pairs(texts, widths), strict=True):
        style = (UNKNOWN if cell is None and column.unknown else BODY).scaled(factor)
        cells.append((wrap(text, style, _inner(wide)), style))
    return Line(tuple(cells))


def _total(table: PaperTable, widths: Sequence[float], factor: float, language: str) -> Line | None:
    if not table.totalled or not table.rows:
        return None
    style = SUM.scaled(factor)
    texts = [_sum(table, n, column, language) for n, column in enumerate(table.columns)]
    first = next((n for n, column in enumerate(table.columns) if _align(column) == "left"), 0)
    texts[first] = i18n.catalogue(language).gettext("Total")
    return Line(tuple((wrap(text, style, _inner(wide)), style) for text, wide in _pairs(texts, widths)))


def _sum(table: PaperTable, index: int, column: PaperColumn, language: str) -> str:
    if not column.total:
        return ""
    return money(table.total(index), language) if column.kind == "money" else i18n.number(table.total(index), language)


def _widths(
    table: PaperTable, texts: Sequence[Sequence[str]], room: float, factor: float, language: str, *, broken: bool = True
) -> tuple[float, ...] | None:
    """Figures, dates and codes get what they need, texts share the rest; None when the rest is too little.

    Without `broken`, also None when a text would take two lines.
    """
    least, wanted = [], []
    for n, column in enumerate(table.columns):
        title = i18n.catalogue(language).gettext(column.title)
        values = [row[n] for row in texts]
        head = max((width(word, HEAD.scaled(factor)) for word in title.split()), default=0.0)
        bold = width(_sum(table, n, column, language), SUM.scaled(factor))
        whole = max((width(value, BODY.scaled(factor)) for value in values), default=0.0)
        words = max((width(word, BODY.scaled(factor)) for value in values for word in value.split()), default=0.0)
        needed = max(head, bold, words if column.kind == "text" else whole) / MM + 2 * GAP
        least.append(needed + 0.05)  # what just fits must not be broken by a rounding
        wanted.append(max(least[-1], whole / MM + 2 * GAP + 0.05))
    free = room - sum(least)
    if free < 0:
        return None
    more = [want - need for want, need in zip(wanted, least, strict=True)]
    if sum(more) > free:
        if not broken:
            return None
        return tuple(need + extra * free / sum(more) for need, extra in zip(least, more, strict=True))
    spare = (free - sum(more)) / len(more)
    return tuple(want + spare for want in wanted)


# ---- drawing ---------------------------------------------------------------------------------------------------------


def draw_head(paper: Paper, made: Set, left: float, y: float, *, again: bool) -> None:
    """The header; `again` on a later page, where it says nothing new."""
    right = left + sum(made.widths)
    with paper.decoration():
        paper.bars([(left, y, right, y + made.head.height)], TINT)
        paper.rule(left, y + made.head.height, right, y + made.head.height, 0.3, NAVY)
    if again:
        with paper.decoration():
            for x, align, (lines, style) in _places(made, made.head, left):
                paper.letters(x, _first(y, made.head, lines, style, middle=True), lines, style, align)
        return
    with paper.group("TR"):
        _cells(paper, made, made.head, left, y, "TH", middle=True)


def draw_row(paper: Paper, made: Set, line: Line, left: float, y: float, *, total: bool = False) -> None:
    right, foot = left + sum(made.widths), y + line.height
    with paper.decoration():
        if total:
            paper.bars([(left, y, right, foot)], WASH)
            paper.rule(left, y, right, y, 0.25, NAVY)
        paper.rule(left, foot, right, foot, 0.25 if total else 0.12, NAVY if total else HAIR)
    with paper.group("TR"):
        _cells(paper, made, line, left, y, "TD")


def _cells(paper: Paper, made: Set, line: Line, left: float, y: float, tag: str, *, middle: bool = False) -> None:
    for x, align, (lines, style) in _places(made, line, left):
        with paper.element(tag):
            paper.letters(x, _first(y, line, lines, style, middle=middle), lines, style, align)


def _first(y: float, line: Line, lines: Sequence[str], style: Style, *, middle: bool = False) -> float:
    """The first baseline of a cell."""
    spare = line.height - 2 * AIR - len(lines) * style.leading / MM if middle else 0.0
    return y + AIR + spare / 2 + (style.leading * 0.5 + style.size * 0.32) / MM


def _places(made: Set, line: Line, left: float) -> list[tuple[float, Align, tuple[list[str], Style]]]:
    found = []
    for wide, align, cell in zip(made.widths, made.aligned, line.cells, strict=True):
        found.append((left + wide - GAP if align == "right" else left + GAP, align, cell))
        left += wide
    return found


__all__ = ["GREY", "Line", "Set", "compose", "draw_head", "draw_row"]
