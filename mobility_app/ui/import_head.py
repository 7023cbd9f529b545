"""Which file is shown, and how it is read: what its rows are, which of its sheets, and where its titles stand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from mobility_app.core.incoming import Table
from mobility_app.exchange.book import Book, Sheet
from mobility_app.fields import SheetKind
from mobility_app.i18n import _, ngettext, number
from mobility_app.jobs import importing
from mobility_app.ui import icons
from mobility_app.ui.buttons import Act, button, menu, menu_button, set_menu
from mobility_app.ui.cards import line
from mobility_app.ui.import_kinds import WORDS
from mobility_app.ui.labels import ElidedLabel

HEADERS_OFFERED = 20  # rows that may hold the titles


class ImportHead(QWidget):
    """Tells what she chooses instead."""

    kind_chosen = Signal(str)
    sheet_chosen = Signal(str)
    header_chosen = Signal(int)
    other_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        drawing = QLabel()
        icons.dress(drawing, "file-spreadsheet", "accent", 20)
        self.name = ElidedLabel("", "heading")
        self.kind = menu_button(
            "", [(_(words.choice), partial(self._choose_kind, kind)) for kind, words in WORDS.items()]
        )
        self.sheet = menu_button("", [])
        self.header = menu_button("", [])
        other = button(_("Another file…"), self.other_asked.emit)
        lay = line(drawing, self.name, self.kind, self.sheet, self.header, other)
        lay.setStretch(1, 1)
        self.setLayout(lay)

    def _choose_kind(self, kind: SheetKind) -> None:
        self.kind_chosen.emit(kind)

    def show_table(self, book: Book, table: Table) -> None:
        self._show(book, table.sheet, table.header_row, len(table.sheets), len(table.alike) + 1 if table.alike else 0)
        _say(self.kind, _("Content: {kind}").format(kind=_(WORDS[table.kind].title)))

    def show_trouble(self, book: Book, sheet: str, header: int | None) -> None:
        """No table was found: another sheet or another row may hold one."""
        self._show(book, sheet, header, 0, 0)
        _say(self.kind, _("Content: choose"))

    def _show(self, book: Book, name: str, header: int | None, together: int, alike: int) -> None:
        shown = next((each for each in book.sheets if each.name == name), book.sheets[0])
        text = _("Sheet: {name}").format(name=shown.name)
        if together:
            text = _("{n} sheets together").format(n=number(together))
        _say(self.sheet, text)
        set_menu(self.sheet, menu(self._sheets(book, alike), self.sheet))
        self.sheet.setVisible(len(book.sheets) > 1)
        text = _("Titles: row {n}").format(n=header) if header else _("Titles: choose the row")
        _say(self.header, text)
        set_menu(self.header, menu(self._headers(shown), self.header))

    def _sheets(self, book: Book, alike: int) -> list[tuple[str, Act] | None]:
        """`alike` sheets of one shape can be read together."""
        entries: list[tuple[str, Act] | None] = []
        if alike:
            text = _("All {n} sheets of this shape together").format(n=number(alike))
            entries += [(text, partial(self.sheet_chosen.emit, importing.ALL_SHEETS)), None]
        for each in book.sheets:
            rows = ngettext("{n} row", "{n} rows", len(each.rows)).format(n=number(len(each.rows)))
            entries.append((f"{each.name} ({rows})", partial(self.sheet_chosen.emit, each.name)))
        return entries

    def _headers(self, sheet: Sheet) -> list[tuple[str, Act] | None]:
        entries: list[tuple[str, Act] | None] = []
        for row in sheet.rows[:HEADERS_OFFERED]:
            said = ", ".join(str(cell) for cell in row.cells if cell is not None)
            said = f"{said[:60]}…" if len(said) > 60 else said
            text = _("Row {n}: {text}").format(n=row.number, text=said)
            entries.append((text, partial(self.header_chosen.emit, row.number)))
        return entries


def _say(made: QPushButton, text: str) -> None:
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(text)
