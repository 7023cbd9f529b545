"""What tests of the window share: typing with accents, walking the accessibility tree, waiting for the workers."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from mobility_app.ui import tasks

MUST_HAVE_NAMES = {
    QAccessible.Role.Button,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.EditableText,
    QAccessible.Role.ComboBox,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Table,
    QAccessible.Role.List,
    QAccessible.Role.ProgressBar,
    QAccessible.Role.Chart,
}


def type_text(widget: QWidget, text: str) -> None:
    """Types any letters; pytest-qt's own keyClicks aborts the process on an accent."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def wait(milliseconds: int) -> None:
    """Lets the event loop run (QTest.qWait holds the interpreter, so that workers starve)."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(limit: int = 5000) -> None:
    """Waits until the workers have nothing left to do and their answers have arrived."""
    waited = 0
    wait(5)
    while tasks.busy():
        assert waited < limit, "work did not end"
        wait(10)
        waited += 10
    wait(5)


def unnamed(root: QWidget) -> list[str]:
    """The visible controls under `root` that a screen reader could not name."""
    faults = []
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisibleTo(root) or _inner(widget):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if face and face.role() in MUST_HAVE_NAMES and not face.text(QAccessible.Text.Name).strip():
            faults.append(f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    return faults


def _inner(widget: QWidget) -> bool:
    """Parts that Qt itself puts inside a control: the control is named, they are not."""
    return widget.objectName().startswith("qt_") or type(widget.parent()).__name__ in (
        "QComboBoxPrivateContainer",
        "QCalendarWidget",
        "DateEdit",
        "SearchField",
    )


def rich_labels(root: QWidget) -> Iterator[QLabel]:
    """Labels that would read their text as markup."""
    for made in root.findChildren(QLabel):
        if made.textFormat() != Qt.TextFormat.PlainText and made.text():
            yield made
