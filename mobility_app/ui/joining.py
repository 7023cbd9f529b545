"""“Add a school”: one that the file knows, or another, becomes a member of the project's consortium."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mobility_app.actions import members, organisations
from mobility_app.core.text import clean
from mobility_app.i18n import N_, _
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import menu, menu_button, set_menu
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text

JOINING = N_("{name} becomes a member")


class Joining(QObject):
    """Makes the buttons and keeps their menus; `joined` tells the organisation that has become a member."""

    joined = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self._buttons: list[QPushButton] = []

    def button(self) -> QPushButton:
        made = menu_button(_("Add a school"), [], icon="plus")
        self._buttons.append(made)
        return made

    def offer(self, schools: Sequence[tuple[str, str]]) -> None:
        """(id, name) of those that are no members yet, then a school that the file does not know."""
        entries: list[Any] = [(name, partial(self.join, school)) for school, name in schools]
        entries += [*([None] if entries else []), (_("Another school…"), self.add)]
        for each in self._buttons:
            set_menu(each, menu(entries, each))

    def join(self, school: str) -> None:
        project = self._desk.project_id or ""
        step = Label(JOINING, table="organisation", id=school)
        self._desk.write(
            self._parent, step, lambda s: members.change(s, project, school), lambda _done: self.joined.emit(school)
        )

    def add(self) -> None:
        """Asks the name; the rest of a school is typed on its own page."""
        name = ask_text(self._parent, _("Add a school"), _("Name"), accept=_("Add"))
        if name:
            self.add_named(name)

    def add_named(self, name: str) -> None:
        """A school of this name, found or made, becomes a member: one step."""
        project = self._desk.project_id or ""

        def act(s: Session) -> str:
            school = organisations.find_or_add(s, "sender", clean(name))
            members.change(s, project, school)
            return school

        self._desk.write(self._parent, Label(N_("new member")), act, self.joined.emit)
