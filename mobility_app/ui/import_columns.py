"""The columns of her sheet as chips: what each title was understood as, and the menu that changes it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mobility_app.core.incoming import Colour, Column, Table
from mobility_app.core.text import words
from mobility_app.fields import BY_KEY, SheetKind, title_of, writable
from mobility_app.i18n import _, ngettext, number
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, empty, scrolled
from mobility_app.ui.chips import Flow
from mobility_app.ui.import_kinds import WORDS
from mobility_app.ui.labels import tip
from mobility_app.ui.notices import InlineMessage

LINES = 2  # of chips in sight until she asks for all


class ColumnChips(Card):
    """`chosen` tells her title and the field that she means by it, "" for a column of her own.

    The rows of the sheet need the room: two lines of chips are in sight, those to look at first.
    """

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.more = link("", self._toggle)
        super().__init__(_("Columns recognised"), corner=self.more, parent=parent)
        lay = self.layout()
        assert lay is not None
        lay.setContentsMargins(16, 8, 16, 8)
        self.chips: list[QPushButton] = []
        self._kind: SheetKind = "mobilities"
        self._whole = False
        self._place = QWidget()
        self._flow = Flow(self._place, spacing=5)
        self._area = scrolled(self._place)
        self.colours = InlineMessage("small")
        self.add(self._area)
        self.add(self.colours)

    def _toggle(self) -> None:
        self._whole = not self._whole
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as its chips, two lines at most unless she wants all of them."""
        if not self.chips:
            return
        one = self.chips[0].sizeHint().height()
        least = LINES * one + (LINES - 1) * self._flow.spacing()
        needed = self._flow.heightForWidth(self._area.viewport().width())
        self.more.setVisible(needed > least)
        self.more.setText(_("Show fewer") if self._whole else _("Show all"))
        self.more.setAccessibleName(_("{name}: {value}").format(name=_("Columns recognised"), value=self.more.text()))
        height = needed if self._whole else min(needed, least)
        if self._area.height() != height or self._area.maximumHeight() != height:
            self._area.setFixedHeight(height)

    def show_table(self, table: Table) -> None:
        empty(self._flow)
        self._kind = table.kind
        self.chips = [self._chip(column) for column in sorted(table.columns, key=lambda column: not column.own)]
        for made in self.chips:
            self._flow.addWidget(made)
            made.show()  # now, so that the room that they need is known
        self._fit()
        known = sum(not column.own for column in table.columns)
        said = _("{known} of {all}").format(known=number(known), all=number(len(table.columns)))
        if own := len(table.own_columns):
            kept = ngettext("{n} column of your own is kept", "{n} columns of your own are kept", own)
            if table.kind in ("participants", "payments"):
                kept = ngettext("{n} column is not kept", "{n} columns are not kept", own)
            said += f" · {kept.format(n=number(own))}"
        self.note.setText(said)
        self.colours.say(" · ".join(map(_said_colour, table.colours)))

    def _chip(self, column: Column) -> QPushButton:
        made = QPushButton(said_of(column, self._kind).replace("&", "&&"))
        made.setProperty("role", "chip")
        made.setProperty("tone", "warning" if column.own else "neutral")
        if column.own:
            made.setProperty("menu", "true")  # the arrow asks for a look; the others open their menu all the same
        made.setAutoDefault(False)
        made.setAccessibleName(said_of(column, self._kind))
        tip(made, _("Press to say what this column means."))
        menu = QMenu(made)
        menu.aboutToShow.connect(partial(self._fill, menu, column))
        made.setMenu(menu)
        return made

    def _fill(self, menu: QMenu, column: Column) -> None:
        """Made when it opens: forty entries for each of twenty chips would be slow."""
        if menu.actions():
            return
        nothing = _("My own column, kept as it is") if self._kind == "mobilities" else _("None of these fields")
        self._entry(menu, column, "", nothing)
        menu.addSeparator()
        for field in writable(self._kind):
            self._entry(menu, column, field.key, _(field.title))

    def _entry(self, menu: QMenu, column: Column, key: str, title: str) -> None:
        action = QAction(title.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked((column.field_key or "") == key and not column.computed)
        action.setData(key)
        action.triggered.connect(lambda _checked=False: self.chosen.emit(column.header, key))
        menu.addAction(action)


def said_of(column: Column, kind: SheetKind) -> str:
    """What a chip says: "NOM → Nom", a title alone when it says the same, "Prix billet → à moi"."""
    if column.field_key is None:
        return _(WORDS[kind].left_out).format(header=column.header)
    title = _(BY_KEY[column.field_key].title)
    if column.full_name:
        title = _("Last and first name")
    if column.computed:
        return _("{header} → computed by the program").format(header=column.header)
    return column.header if words(column.header) == words(title) else f"{column.header} → {title}"


def _said_colour(colour: Colour) -> str:
    """What the colour of some rows is read as."""
    rows = ngettext("{n} coloured row", "{n} coloured rows", colour.rows).format(n=number(colour.rows))
    said = _("{rows} “{said}”").format(rows=rows, said=colour.said) if colour.said else rows
    if colour.decision:
        return _("{what} → {meaning}").format(what=said, meaning=_(title_of("decision", colour.decision)))
    if colour.stage:
        return _("{what} → the program finds the stage itself").format(what=said)
    return _("{what} → kept in the notes").format(what=said)
