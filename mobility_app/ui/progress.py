"""The strip that shows long work: what it is, how far it is, and a Cancel button, at the bottom of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from mobility_app.i18n import _, number
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column, line
from mobility_app.ui.labels import label
from mobility_app.ui.tasks import Task

WIDTH, MARGIN = 420, 16


class ProgressStrip(QFrame):
    """Lives as long as its task; several of them stand one above the other."""

    def __init__(self, task: Task, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "floating")
        self._task, self._window = task, window
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(task.title)
        self.state = label("", "small")
        self.cancel = button(_("Cancel"), self._cancel)
        head = line(label(task.title, "strong"), None, self.state)
        self.setLayout(line(column(head, self.bar, spacing=8), self.cancel, margins=(16, 12, 12, 12), spacing=16))
        task.stepped.connect(self._step)
        task.closed.connect(self._close)  # `ended` may have been emitted before this strip was there
        window.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        window = self._window
        others = [strip for strip in window.findChildren(ProgressStrip) if strip is not self and strip.isVisible()]
        height = self.sizeHint().height()
        lift = 40 + MARGIN + len(others) * (height + 8)
        self.setGeometry(window.width() - WIDTH - MARGIN, window.height() - height - lift, WIDTH, height)

    def _step(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(_("{done} of {total}").format(done=number(done), total=number(total)))

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.state.setText(_("Cancelling…"))
        self._task.cancel()

    def _close(self) -> None:
        self.hide()
        self.deleteLater()
