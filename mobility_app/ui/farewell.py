"""The last word: a small note that everything is saved and copied, seen for a moment while the program goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from mobility_app.i18n import _
from mobility_app.ui import icons
from mobility_app.ui.cards import line
from mobility_app.ui.labels import label

SEEN_MS = 1200


def last_word(copy: Path | None, at: dt.datetime | None = None) -> str:
    """What closing did; without a new copy, nothing had changed since the last one."""
    at = at or dt.datetime.now().astimezone()
    if copy is None:
        return _("Saved.")
    return _("Saved and backed up, copy checked at {time:%H:%M}").format(time=at)


class Farewell(QFrame):
    """Stands in the middle of `around` (in screen pixels), takes no keyboard, then calls `then`."""

    def __init__(self, text: str, around: QRect, then: Callable[[], object]) -> None:
        super().__init__(None, Qt.WindowType.SplashScreen | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose)  # else Qt ends the program with the window before it
        self.setProperty("role", "notice")
        self.setProperty("tone", "success")
        self.setAccessibleName(text)
        drawing = QLabel()
        icons.dress(drawing, "circle-check", "success", 24)
        self.text = label(text, "heading")
        self.setLayout(line(drawing, self.text, margins=(24, 20, 28, 20), spacing=12))
        self.adjustSize()
        place = self.frameGeometry()
        place.moveCenter(around.center())
        self.move(place.topLeft())
        self._then = then
        QTimer.singleShot(SEEN_MS, self._go)

    def _go(self) -> None:
        self.close()
        self._then()


def say_farewell(text: str, window: QWidget | None, then: Callable[[], object]) -> Farewell:
    """Shows the note where the window was; the caller keeps it alive."""
    screen = window.screen() if window else None
    around = window.frameGeometry() if window else screen.availableGeometry() if screen else QRect(0, 0, 800, 600)
    made = Farewell(text, around, then)
    made.show()
    return made
