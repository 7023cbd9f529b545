"""The cards of a project's settings: its facts, its rules, who coordinates it, the logo on its papers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from mobility_app.actions import organisations, projects
from mobility_app.core.facts import OrganisationRow, ProjectRow
from mobility_app.i18n import N_, _
from mobility_app.jobs import logos
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.record_fields import PROJECT, TERM_NOTES, TERMS
from mobility_app.ui.record_form import RecordForm

PICTURES: places.Kind = (N_("Pictures"), (".png", ".jpg", ".jpeg"))
LOGO = (260, 72)  # room of the preview


def _label(_key: str, record: str) -> Label:
    return Label(N_("settings of {name}"), table="project", id=record)


class ProjectCard(Card):
    """What the agreement says of the project."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Project"), parent=parent)
        self.form = RecordForm(desk, PROJECT, projects.change, _label, width=132)
        self.add(self.form)

    def show_project(self, project: ProjectRow) -> None:
        self.note.setText(project.label)
        self.form.show_row(project)


class TermsCard(Card):
    """The conventions that the agreement leaves to the project."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Rules of the project"), parent=parent)
        self.form = RecordForm(desk, TERMS, projects.change, _label, notes=TERM_NOTES, width=200)
        self.add(self.form)
        self.unconfirmed = InlineMessage("warning")
        self.add(self.unconfirmed)

    def show_project(self, project: ProjectRow) -> None:
        self.form.show_row(project)
        self.unconfirmed.say(
            ""
            if project.travel_days_confirmed
            else _("Convention to confirm: compare how travel days are counted with the agreement, then tick it.")
        )


class CoordinatorCard(Card):
    """The organisation that signs for the consortium: its name stands on papers and at the top left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Coordinator"), parent=parent)
        self._desk = desk
        self._project = ""
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Coordinating organisation"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(16)
        self.choice.activated.connect(lambda place: self._choose(self.choice.itemData(place)))
        self.where = label("", "small", wrap=True)
        row = line(self.choice, button(_("New organisation…"), self._ask_new))
        row.setStretch(0, 1)
        self.add(row)
        self.add(self.where)

    def show_project(self, project: ProjectRow, offered: Sequence[OrganisationRow]) -> None:
        """`offered` are the organisations that send, by name."""
        self._project = project.id
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(_("not chosen yet"), None)
            for row in offered:
                self.choice.addItem(row.name, row.id)
            self.choice.setCurrentIndex(max(self.choice.findData(project.coordinator_id), 0))
        known = " · ".join(part for part in (project.coordinator_town, project.coordinator_oid) if part)
        self.where.setText(known or _("Its town and its OID are typed on the page of schools."))

    def _choose(self, organisation_id: str | None) -> None:
        project = self._project
        self._desk.write(
            self, _label("", project), lambda s: projects.change(s, project, coordinator_id=organisation_id)
        )

    def _ask_new(self) -> None:
        name = ask_text(self, _("New organisation"), _("Name"), accept=_("Add"))
        if name:
            self.add_new(name)

    def add_new(self, name: str) -> None:
        """Adds an organisation that coordinates from now on."""
        project = self._project

        def act(s: Session) -> None:
            projects.change(s, project, coordinator_id=organisations.find_or_add(s, "sender", name))

        self._desk.write(self, _label("", project), act)


class LogoCard(Card):
    """The campus logo, beside the European emblem on every paper."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Campus logo"), parent=parent)
        self._desk = desk
        self._project = ""
        self.picture = label()
        self.picture.setFixedSize(*LOGO)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("role", "paper")
        self.choose_button = button(_("Choose a picture…"), self._ask)
        self.remove_button = button(_("Take away"), lambda: self.set_logo(None), role="link")
        self.trouble = InlineMessage()
        row = line(self.picture, None, self.remove_button, self.choose_button)
        self.add(row)
        self.add(self.trouble)
        self.add(
            label(_("PNG or JPEG, 10 MB at most; it is drawn anew, nothing hidden in it is kept."), "small", wrap=True)
        )

    def show_project(self, project: ProjectRow) -> None:
        self._project = project.id
        shown = QPixmap()
        if project.logo and shown.loadFromData(project.logo):
            room = self.picture.size() * 0.92
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            shown = shown.scaled(room * 2, keep, smooth)
            shown.setDevicePixelRatio(2)
            self.picture.setPixmap(shown)
            self.picture.setAccessibleName(_("Campus logo"))
        else:
            self.picture.setPixmap(QPixmap())
            self.picture.setText(_("none yet"))
        self.remove_button.setVisible(bool(project.logo))

    def _ask(self) -> None:
        path = places.ask_open(self, _("Choose a picture…"), [(_(PICTURES[0]), PICTURES[1])], "logo")
        if path is not None:
            self.set_logo(path)

    def set_logo(self, path: Path | None) -> None:
        """Takes the picture in the worker; what cannot be used is said in place."""
        db, project = self._desk.db, self._project
        self.trouble.say("")
        tasks.run(self, lambda _p: logos.set_logo(db, project, path), lambda _done: None, self.trouble.refuse)
