"""The base of pages that show lists and figures of the dossier: they ask again when what they show has changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from mobility_app.store.journal import Changes
from mobility_app.ui.desk import Desk
from mobility_app.ui.page import Page


class DeskPage(Page):
    """Asks again at once while it is in front, else when it is opened next.

    `tables` are those whose rows it shows.
    """

    tables: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._stale = True
        desk.changed.connect(self._changed)
        desk.project_changed.connect(self.ask_again)

    def opened(self) -> None:
        if self._stale:
            self._stale = False
            self.refresh()

    def refresh(self) -> None:
        """Shows what the dossier holds now."""
        raise NotImplementedError

    def count(self, session: Any, project_id: str | None) -> int | None:
        """The number beside its name at the left; asked in the worker."""
        return None

    def ask_again(self) -> None:
        self._stale = True
        self.recount()
        if self.isVisible():
            self.opened()

    def recount(self) -> None:
        """Tells the number beside its name; the window may call it before the page was ever opened."""
        if type(self).count is not DeskPage.count:
            project_id = self.desk.project_id
            self.desk.read(self, lambda s: self.count(s, project_id), self.count_changed.emit)

    def _changed(self, changes: Changes) -> None:
        if changes.touched(*self.tables):
            self.ask_again()
