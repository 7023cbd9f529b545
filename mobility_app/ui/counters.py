"""Counters that are filters too: a pill, a number, and one press shows the rows that were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from mobility_app.i18n import _, number
from mobility_app.ui.cards import line
from mobility_app.ui.labels import label
from mobility_app.ui.pills import pill


class Counter(QPushButton):
    """One counter. A second press takes its filter off."""

    def __init__(self, title: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "counter")
        self.setProperty("tone", tone)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self._title, self.figure = title, 0
        self._shown = label("0", "strong")
        word = pill(title, tone)
        for each in (word, self._shown):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(line(word, self._shown, None, margins=(12, 8, 12, 8), spacing=6))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_number(self, figure: int) -> None:
        self.figure = figure
        self._shown.setText(number(figure))
        self.setAccessibleName(_("{name}: {value}").format(name=self._title, value=number(figure)))
        self.setEnabled(figure > 0)


class Counters(QWidget):
    """Several counters of which one at most is on; `chosen` tells its code, "" for none."""

    chosen = Signal(str)

    def __init__(self, counters: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        """`counters` are (code, title, tone)."""
        super().__init__(parent)
        self.buttons = {code: Counter(title, tone) for code, title, tone in counters}
        self.setLayout(line(*self.buttons.values(), spacing=8))
        for code, made in self.buttons.items():
            made.clicked.connect(lambda checked, code=code: self.choose(code if checked else ""))

    def let_go(self) -> None:
        """Takes the filter off when nothing is counted under it any more."""
        if self.on() and not self.buttons[self.on()].figure:
            self.choose("")

    def show_numbers(self, figures: Mapping[str, int], *, hide_zero: Sequence[str] = ()) -> None:
        for code, made in self.buttons.items():
            made.show_number(figures.get(code, 0))
            shown = code not in hide_zero or figures.get(code, 0) > 0
            if made.isHidden() == shown:
                made.setVisible(shown)

    def on(self) -> str:
        return next((code for code, made in self.buttons.items() if made.isChecked()), "")

    def choose(self, code: str) -> None:
        for other, made in self.buttons.items():
            made.setChecked(other == code)
        self.chosen.emit(code)
