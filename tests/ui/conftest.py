"""Every test of the window: dressed as she sees it, in French, with no work and no dialog left behind."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox

from mobility_app import i18n
from mobility_app.ui import tasks, theme

PATIENCE = 3_000  # milliseconds that a dialog may stand unanswered


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    i18n.use("fr")
    theme.apply(qapp, "light")
    yield
    tasks.shutdown()
    i18n.use("fr")
    qapp.clipboard().clear()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def no_dialog_waits_for_ever(dressed: None) -> Iterator[None]:
    """A dialog that no test answers would hold the whole run: it is closed, and the test fails with its words."""
    seen: dict[int, int] = {}
    unanswered: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            seen.clear()
            return
        seen[id(dialog)] = seen.get(id(dialog), 0) + 100
        if seen[id(dialog)] > PATIENCE:
            words = dialog.text() if isinstance(dialog, QMessageBox) else dialog.windowTitle()
            unanswered.append(words)
            dialog.reject()

    timer = QTimer()
    timer.setInterval(100)
    timer.timeout.connect(look)
    timer.start()
    yield
    timer.stop()
    assert unanswered == [], "a dialog stood unanswered"
