"""The project itself: where it stands, its facts and conventions, the agency's instalments, visits, and its needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from mobility_app.core.facts import OrganisationRow, ProjectRow
from mobility_app.core.instalments import Instalment, Received
from mobility_app.i18n import N_, _
from mobility_app.jobs import applying, calls, closing
from mobility_app.store import project_rows, queries
from mobility_app.store.database import Session
from mobility_app.ui import places, tasks
from mobility_app.ui.allotment_card import AllotmentCard
from mobility_app.ui.cards import column, line, scrolled
from mobility_app.ui.closing_card import ClosingCard
from mobility_app.ui.desk import Desk
from mobility_app.ui.face import Face
from mobility_app.ui.instalments_card import InstalmentsCard
from mobility_app.ui.needs_card import NeedsCard
from mobility_app.ui.new_call_card import NewCallCard
from mobility_app.ui.notices import Banner, InlineMessage
from mobility_app.ui.project_cards import CoordinatorCard, ProjectCard, TermsCard
from mobility_app.ui.project_head import ProjectHead
from mobility_app.ui.shell import Shell
from mobility_app.ui.visits_card import VisitRow, VisitsCard, visit_rows


@dataclass(frozen=True)
class Known:
    """All that the face shows, read at once; `senders` and `hosts` are those of the whole dossier."""

    project: ProjectRow
    senders: Sequence[OrganisationRow]
    hosts: tuple[str, ...]
    instalments: Sequence[Instalment]
    received: Received
    visits: tuple[VisitRow, ...]
    applying: applying.Applying


class ProjectFace(Face):
    """The application stands above the facts while the project is applied for, and below once it is granted."""

    code, name = "project", N_("Project")
    tables = frozenset(
        {"project", "organisation", "instalment", "preparatory_visit", "need", "membership", "budget_award", "rate"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._project: ProjectRow | None = None
        self.head, self.trouble = ProjectHead(), InlineMessage()
        self._application, self._columns = QWidget(), QWidget()
        parts = (self.head, self.trouble, self._application, self._columns, None)
        self._whole = column(*parts, margins=(0, 0, 8, 0), spacing=12)
        inside = QWidget()
        inside.setLayout(self._whole)
        self.setLayout(column(scrolled(inside)))
        self.head.asked.connect(self.act)
        self._application.hide()
        self._to_make = [self._make_facts, self._make_money, self._make_terms, self._make_needs, self._make_allotment]
        QTimer.singleShot(0, self._make_next)

    # Making the cards, a few at a time: the window is never held

    def _make_next(self) -> None:
        self._to_make.pop(0)()
        if self._to_make:
            QTimer.singleShot(0, self._make_next)
        elif self.desk.project is not None:
            self.refresh()

    def _make_facts(self) -> None:
        self.facts, self.coordinator = ProjectCard(self.desk), CoordinatorCard(self.desk)
        self._left = column(self.facts, self.coordinator, None, spacing=12)
        self._right = column(None, spacing=12)
        both = line(self._left, self._right, spacing=12)
        for place, share in enumerate((4, 6)):
            both.setStretch(place, share)
        self._columns.setLayout(both)

    def _make_money(self) -> None:
        self.instalments, self.visits = InstalmentsCard(self.desk), VisitsCard(self.desk)
        for place, card in enumerate((self.instalments, self.visits)):
            self._right.insertWidget(place, card)

    def _make_terms(self) -> None:
        self.terms = TermsCard(self.desk)
        self._right.insertWidget(2, self.terms)
        self.closing, self.new_call = ClosingCard(self.desk), NewCallCard(self.desk)
        self.closing.ended.connect(self.closing.hide)
        self.new_call.ended.connect(self.new_call.hide)
        for place, card in enumerate((self.closing, self.new_call)):
            self._whole.insertWidget(2 + place, card)
        self.new_call.made.connect(self._go_on_with)

    def _make_needs(self) -> None:
        self.needs = NeedsCard(self.desk)
        self._needs = column(self.needs, spacing=12)
        self._application.setLayout(self._needs)

    def _make_allotment(self) -> None:
        self.allotment = AllotmentCard(self.desk)
        self.allotment.written.connect(self._tell)
        self._needs.addWidget(self.allotment)

    # Showing

    def refresh(self) -> None:
        if self._to_make:
            return
        project, today = self.desk.project, self.desk.today
        assert project is not None
        self.ask(lambda s: _read(s, project.id, today), self._show)

    def _show(self, found: Known | None) -> None:
        if found is None:
            return
        project = found.project
        if self._project is not None and self._project.id != project.id:
            self.closing.hide()
            self.new_call.hide()
            self.trouble.say("")
        self._project = project
        self.head.show_project(project)
        self.facts.show_project(project)
        self.terms.show_project(project)
        self.coordinator.show_project(project, found.senders)
        self.instalments.show_instalments(found.instalments, found.received)
        self.visits.show_visits(found.visits, found.hosts)
        self.needs.show_needs(found.applying, [(row.id, row.name) for row in found.senders])
        self.allotment.show_figures(found.applying)
        self._place_application(project.state == "application", bool(found.applying.needs))

    def _place_application(self, applied_for: bool, any_need: bool) -> None:
        self._application.setVisible(applied_for or any_need)
        wanted = self._whole.indexOf(self.new_call) + 1 if applied_for else self._whole.count() - 2
        if self._whole.indexOf(self._application) != wanted:
            self._whole.removeWidget(self._application)
            self._whole.insertWidget(wanted, self._application)

    # The steps of its life

    def act(self, what: str) -> None:
        """What the head asks for; each step can be undone."""
        project, db = self._project, self.desk.db
        if project is None:
            return  # nothing was read yet
        self.trouble.say("")
        if what == "close":
            self.new_call.hide()
            self.closing.begin(project)
        elif what == "new_call":
            self.closing.hide()
            self.new_call.begin(project)
        else:
            state = "agreement" if what == "reopen" else what
            tasks.run(self, lambda _p: calls.set_state(db, project, state), lambda _done: None, self.trouble.refuse)

    def _go_on_with(self, project: ProjectRow) -> None:
        """The new call is there: all pages show it from now on."""
        self.new_call.hide()
        self.desk.choose(project)

    def _tell(self, path: Path) -> None:
        window = self.window()
        if isinstance(window, Shell):
            banner: Banner = places.written_notice(_("The notifications of places are written."), path)
            window.show_banner(banner)


def _read(s: Session, project_id: str, today: dt.date) -> Known | None:
    project = queries.project(s, project_id)
    if project is None:
        return None
    senders = queries.organisations(s, queries.organisation_ids(s, "sender"))
    hosts = queries.organisations(s, queries.organisation_ids(s, "host"))
    return Known(
        project,
        senders,
        tuple(sorted({row.name for row in hosts})),
        project_rows.instalments(s, project_id),
        closing.received(s, project_id, today),
        visit_rows(project_rows.visits(s, project_id), queries.rate_table(s, project), project),
        applying.read(s, project),
    )
