"""Every test of the window: dressed as she sees it, in French, and with no work left behind."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from mobility_app import i18n
from mobility_app.ui import tasks, theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    i18n.use("fr")
    theme.apply(qapp, "light")
    yield
    tasks.shutdown()
    i18n.use("fr")
    qapp.clipboard().clear()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
