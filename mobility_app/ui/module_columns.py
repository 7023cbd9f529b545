"""The columns of a module's file as chips, by what becomes of each: filled, the module's own, not filled, untouched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY, CHOOSABLE
from mobility_app.core.text import sort_key, words
from mobility_app.exchange.beneficiary.layout import LayoutColumn
from mobility_app.i18n import N_, _, number
from mobility_app.ui.cards import Card, empty, scrolled
from mobility_app.ui.chips import Flow, Segments
from mobility_app.ui.labels import tip
from mobility_app.ui.notices import InlineMessage

GROUPS = {
    "filled": (N_("Recognised"), "success"),
    "theirs": (N_("The module's own"), "neutral"),
    "unfilled": (N_("Not filled from here"), "warning"),
    "untouched": (N_("Unknown, left untouched"), "neutral"),
}
AT_ONCE = 6  # chips made between two breaths: a file may have 120 columns
NAMED = 5  # columns that came or went
HIGHEST = 98  # pixels: three lines of chips, the others scroll


class ModuleColumns(Card):
    """`chosen` tells her header and the key that she means by it, "" for a column to leave alone."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Columns of your file"), parent=parent)
        self.chips: list[QPushButton] = []
        self._columns: dict[str, list[LayoutColumn]] = {}
        self._waiting: list[LayoutColumn] = []
        self.groups = Segments(_("Columns"), [(code, _(title)) for code, (title, _tone) in GROUPS.items()])
        self.groups.changed.connect(lambda _code: self._fill())
        self._place = QWidget()
        self._flow = Flow(self._place, spacing=5)
        self._area = scrolled(self._place)
        self.changes = InlineMessage("small")
        for each in (self.groups, self._area, self.changes):
            self.add(each)

    def show_columns(
        self, columns: Sequence[LayoutColumn], appeared: Sequence[str] = (), vanished: Sequence[str] = ()
    ) -> None:
        self._columns = {code: [column for column in columns if group_of(column) == code] for code in GROUPS}
        for code, found in self._columns.items():
            said = _("{name} ({count})").format(name=_(GROUPS[code][0]), count=number(len(found)))
            self.groups.retitle(code, said)
        told = [
            (title.format(names=_some(headers)), title.format(names=", ".join(headers)))
            for title, headers in (
                (_("New columns since the last file: {names}"), appeared),
                (_("Columns gone since the last file: {names}"), vanished),
            )
            if headers
        ]
        self.changes.say(" · ".join(short for short, _whole in told))
        tip(self.changes, " · ".join(whole for _short, whole in told))
        self._fill()

    def _fill(self) -> None:
        empty(self._flow)
        self.chips = []
        self._waiting = list(self._columns.get(self.groups.chosen(), ()))
        self._go_on()

    def _go_on(self) -> None:
        """Makes some chips, and comes back for the others."""
        some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        for column in some:
            made = self._chip(column)
            self.chips.append(made)
            self._flow.addWidget(made)
        self._fit()
        if self._waiting:
            QTimer.singleShot(0, self, self._go_on)

    def _chip(self, column: LayoutColumn) -> QPushButton:
        text = said_of(column)
        made = QPushButton(text.replace("&", "&&"))
        made.setProperty("role", "chip")
        made.setProperty("tone", GROUPS[group_of(column)][1])
        made.setAutoDefault(False)
        made.setAccessibleName(text)
        tip(made, _("Column {letters}. Press to say what this column means.").format(letters=column.letters))
        made.clicked.connect(
            lambda _checked=False: self.menu_of(column).popup(made.mapToGlobal(QPoint(0, made.height())))
        )
        return made

    def menu_of(self, column: LayoutColumn) -> QMenu:
        """Made when it is asked for: sixty entries for each of a hundred chips would be slow."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entry(menu, column, "", _("Leave this column untouched"))
        menu.addSeparator()
        for title, key in sorted(
            ((_(BY_MODULE_KEY[key].title), key) for key in CHOOSABLE), key=lambda e: sort_key(e[0])
        ):
            self._entry(menu, column, key, title)
        return menu

    def _entry(self, menu: QMenu, column: LayoutColumn, key: str, title: str) -> None:
        action = QAction(title.replace("&", "&&"), menu)
        action.setCheckable(True)
        action.setChecked((column.key or "") == key)
        action.setData(key)
        action.triggered.connect(lambda _checked=False: self.chosen.emit(column.header, key))
        menu.addAction(action)

    def _fit(self) -> None:
        height = self._flow.heightForWidth(max(self._area.viewport().width(), 200))
        self._area.setFixedHeight(min(height, HIGHEST))
        self._area.setVisible(height > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _some(headers: Sequence[str]) -> str:
    """The first of them: a file of another kind has a hundred new ones."""
    shown = ", ".join(headers[:NAMED])
    return f"{shown} +{number(len(headers) - NAMED)}" if len(headers) > NAMED else shown


def group_of(column: LayoutColumn) -> str:
    """What becomes of a column."""
    known = BY_MODULE_KEY.get(column.key or "")
    if known is None or known.use == "never":
        return "untouched"
    if known.written:
        return "filled"
    return "unfilled" if known.use == "unknown" else "theirs"


def said_of(column: LayoutColumn) -> str:
    """ "Last name → Nom", the header alone when it says the same or means nothing here."""
    if group_of(column) in ("untouched", "unfilled"):
        return column.header
    title = _(BY_MODULE_KEY[str(column.key)].title)
    return column.header if words(column.header) == words(title) else f"{column.header} → {title}"
