"""A new project: its reference says nearly everything; the rest is confirmed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.core.identifiers import project_code
from mobility_app.core.text import clean
from mobility_app.i18n import _
from mobility_app.jobs import dossiers
from mobility_app.store import queries
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, Facts, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage


class NewProjectCard(Card):
    """`made` tells the project."""

    made = Signal(object)  # ProjectRow

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("New project"), parent=parent)
        self._desk = desk
        self.reference, self.call, self.title = QLineEdit(), QLineEdit(), QLineEdit()
        self.reference.setPlaceholderText("2026-1-FR01-KA121-VET-000212345")
        self.reference.setMaxLength(60)
        self.call.setMaxLength(4)
        self.call.setFixedWidth(84)
        self.title.setMaxLength(300)
        facts = Facts(104)
        facts.add(_("Reference"), self.reference)
        call = QWidget()
        call.setLayout(line(self.call, None))
        call.setAccessibleName(_("Call"))
        self.call.setAccessibleName(_("Call"))
        facts.add(_("Call"), call)
        facts.add(_("Title"), self.title)
        self.trouble = InlineMessage()
        self.make = button(_("Create the project"), self._make, icon="plus")
        self.make.setEnabled(False)
        self.reference.textEdited.connect(self._read)
        self.add(facts)
        self.add(self.trouble)
        self.foot = line(None, self.make)
        self.add(self.foot)
        self.add(label(self.about(), "small", wrap=True))

    def about(self) -> str:
        """What the new project has from the beginning."""
        return _("It gets its own copy of the published rates of that call.")

    def _work(self, reference: str, year: int, title: str) -> Callable[[], str]:
        """What makes the project, in the worker; it answers with its id."""
        db = self._desk.db
        return lambda: dossiers.new_project(db, reference, call_year=year, title=title)

    def _read(self, written: str) -> None:
        code = project_code(written)
        if code is not None:
            self.call.setText(str(code.call_year))
        self.trouble.say("")
        self.make.setEnabled(bool(clean(written)))

    def _make(self) -> None:
        year = self.call.text().strip()
        if not (year.isdecimal() and 2014 <= int(year) <= 2100):
            self.trouble.say(_("Type the year of the call: the rates depend on it."))
            self.call.setFocus()
            return
        db = self._desk.db
        create = self._work(clean(self.reference.text()), int(year), clean(self.title.text()))

        def work(_progress: tasks.Progress) -> ProjectRow | None:
            made = create()
            with db.read() as s:
                return queries.project(s, made)

        tasks.run(self, work, self._show, self.trouble.refuse)

    def _show(self, project: ProjectRow | None) -> None:
        for each in (self.reference, self.call, self.title):
            each.clear()
        self.make.setEnabled(False)
        if project is not None:
            self.made.emit(project)
