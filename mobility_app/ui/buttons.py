"""Buttons: one primary a page at most, plain ones beside it, links for what opens something."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from mobility_app.ui import icons
from mobility_app.ui.labels import tip

Act = Callable[[], object]
_INK = {"primary": "on_accent", "link": "accent", "danger": "danger"}


def button(
    text: str, act: Act | None = None, *, role: str = "", icon: str = "", name: str = "", shortcut: str = ""
) -> QPushButton:
    """A button that calls `act`. Roles: "" (secondary), primary, danger, link, flat. `name` is for screen readers."""
    shown = text.replace("&", "&&")
    made = QPushButton(f" {shown}" if icon and text else shown)  # the space keeps the drawing off the words
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if role in ("link", "flat"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        icons.dress(made, icon, _INK.get(role, "muted"))
    made.setAccessibleName(name or text)
    if name and not text:
        tip(made, name)
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
    if act is not None:
        made.clicked.connect(lambda _checked=False: act())
    return made


def primary(text: str, act: Act | None = None, *, icon: str = "", shortcut: str = "") -> QPushButton:
    return button(text, act, role="primary", icon=icon, shortcut=shortcut)


def link(text: str, act: Act | None = None, *, name: str = "") -> QPushButton:
    """A text that opens something; `name` says what, when several links of a page read alike."""
    return button(text, act, role="link", name=name)


def icon_button(icon: str, name: str, act: Act | None = None) -> QPushButton:
    """A button that is a drawing alone; its name is its tooltip."""
    made = button("", act, role="flat", icon=icon, name=name)
    made.setFixedSize(28, 28)
    return made


def menu_button(text: str, entries: Sequence[tuple[str, Act] | None], *, role: str = "", icon: str = "") -> QPushButton:
    """A button that opens a menu; an entry is (text, act), None draws a line."""
    made = button(text, role=role, icon=icon)
    made.setProperty("menu", "true")
    made.setMenu(menu(entries, made))
    return made


def set_menu(button_: QPushButton, made: QMenu) -> None:
    """Gives a button another menu; the one before goes."""
    before = button_.menu()
    button_.setMenu(made)
    if before is not None:
        before.deleteLater()


def menu(entries: Sequence[tuple[str, Act] | None], parent: QWidget) -> QMenu:
    made = QMenu(parent)
    for entry in entries:
        if entry is None:
            made.addSeparator()
            continue
        text, act = entry
        action = QAction(text.replace("&", "&&"), made)
        action.triggered.connect(lambda _checked=False, act=act: act())
        made.addAction(action)
    return made
