"""The code under which the school's own accounts keep a project: typed once, written on every payment list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mobility_app.actions import projects
from mobility_app.core.facts import ProjectRow
from mobility_app.fields import Field
from mobility_app.i18n import N_, _
from mobility_app.store.journal import Label
from mobility_app.ui.cards import line
from mobility_app.ui.desk import Desk
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label

FIELD = Field("budget_code", N_("Budget code"), "text", "project", length=60)


class BudgetCode(QWidget):
    """Saved as she leaves the field, and undone like anything else."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._project = ""
        self.editor = Editor(FIELD)
        self.editor.setFixedWidth(180)
        self.editor.committed.connect(self._save)
        caption = label(_(FIELD.title), "muted")
        caption.setBuddy(self.editor)
        self.setLayout(line(caption, self.editor))

    def show_project(self, project: ProjectRow) -> None:
        if project.id != self._project:
            self.editor.forget()
        self._project = project.id
        self.editor.set_value(project.budget_code)

    def _save(self) -> None:
        project, code = self._project, self.editor.value()
        step = Label(N_("budget code of {name}"), table="project", id=project)
        self._desk.write(
            self, step, lambda s: projects.change(s, project, budget_code=code), failed=self.editor.trouble.refuse
        )
