"""Réglages: language and theme of this computer, the project's facts and rules, the file and its copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mobility_app.actions import settings
from mobility_app.core.facts import OrganisationRow, ProjectRow
from mobility_app.i18n import N_, _
from mobility_app.jobs.todo import CUT_OFF, cut_off
from mobility_app.store import queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import tasks
from mobility_app.ui.cards import Card, Facts, column, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.editors import Editor
from mobility_app.ui.file_cards import FileCard, LooksCard
from mobility_app.ui.labels import label
from mobility_app.ui.new_project_card import NewProjectCard
from mobility_app.ui.project_cards import CoordinatorCard, LogoCard, ProjectCard, TermsCard
from mobility_app.ui.record_fields import SINCE


@dataclass(frozen=True)
class Settings:
    """All that the page shows, read at once."""

    project: ProjectRow | None
    offered: tuple[OrganisationRow, ...]
    since: dt.date | None


class SettingsPage(DeskPage):
    key, icon = "settings", "settings"
    tables = frozenset({"project", "organisation", "setting", "file"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._query: tasks.Task | None = None
        self._made = False

    def _make(self) -> None:
        """The cards are made when the page is first opened, half of them a breath later."""
        self.project, self.coordinator = ProjectCard(self.desk), CoordinatorCard(self.desk)
        self.logo, self.new_project = LogoCard(self.desk), NewProjectCard(self.desk)
        self.new_project.made.connect(self.desk.choose)
        left = column(self.project, self.coordinator, self.logo, self.new_project, None, spacing=12)
        self._columns = line(left, margins=(0, 0, 4, 0), spacing=12)
        inside = QWidget()
        inside.setLayout(self._columns)
        self.setLayout(column(scrolled(inside), margins=(16, 0, 12, 12)))
        QTimer.singleShot(0, self._make_rest)

    def _make_rest(self) -> None:
        self.terms, self.looks, self.file = TermsCard(self.desk), LooksCard(self.desk), FileCard(self.desk)
        right = column(self.terms, self._following(), self.looks, self.file, None, spacing=12)
        self._columns.addLayout(right)
        for place in (0, 1):
            self._columns.setStretch(place, 1)
        self._of_project: Sequence[QWidget] = (self.project, self.terms, self.coordinator, self.logo)
        self._made = True
        self.refresh()

    def _following(self) -> Card:
        """The cut-off date: what began earlier was followed elsewhere, and nothing of it is late."""
        card = Card(_("Follow-up of papers"))
        self.since = Editor(SINCE, in_place=True)
        self.since.committed.connect(self._save_since)
        facts = Facts(200)
        facts.add(_(SINCE.title), self.since)
        card.add(facts)
        text = _("Papers of stays that began earlier were followed elsewhere: none of them is called late.")
        card.add(label(text, "small", wrap=True))
        return card

    def title(self) -> str:
        return _("Settings")

    def refresh(self) -> None:
        if not self._made:
            if self.layout() is None:
                self._make()
            return
        project = self.desk.project_id
        self.file.refresh()

        def ask(s: Session) -> Settings:
            offered = queries.organisations(s, queries.organisation_ids(s, "sender"))
            return Settings(queries.project(s, project) if project else None, tuple(offered), cut_off(s))

        if self._query is not None:
            self._query.cancel()
        self._query = self.desk.read(self, ask, self._show)

    def _show(self, found: Settings) -> None:
        project = found.project
        for card in self._of_project:
            card.setVisible(project is not None)
        self.since.set_value(found.since)
        if project is None:
            return
        self.project.show_project(project)
        self.terms.show_project(project)
        self.coordinator.show_project(project, found.offered)
        self.logo.show_project(project)

    def _save_since(self) -> None:
        day = self.since.value()
        kept = {"day": day.isoformat()} if day else {}
        self.desk.write(self, Label(N_("follow-up of papers")), lambda s: settings.put(s, CUT_OFF, kept))
