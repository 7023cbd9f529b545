"""“New call from this one”: the next application with the members and the conventions of this project."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal

from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import _
from mobility_app.jobs import calls
from mobility_app.ui.buttons import button
from mobility_app.ui.desk import Desk
from mobility_app.ui.new_project_card import NewProjectCard


class NewCallCard(NewProjectCard):
    """Hidden until `begin`; `ended` tells that she thought better of it."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._after: ProjectRow | None = None
        self.heading.setText(_("New call from this one"))
        self.setAccessibleName(_("New call from this one"))
        self.note.setText(_("an application, to be typed in"))
        self.foot.insertWidget(1, button(_("Not now"), self.ended.emit))
        self.hide()

    def about(self) -> str:
        return _(
            "Kept: members, hosts, coordinator, logo, conventions and delays. Anew: places, euros, awards, targets, "
            "period, and the rates that are published for that call."
        )

    def begin(self, project: ProjectRow) -> None:
        self._after = project
        self.title.setText(project.title)
        self.show()
        self.reference.setFocus()

    def _work(self, reference: str, year: int, title: str) -> Callable[[], str]:
        assert self._after is not None
        return partial(calls.new_call, self._desk.db, self._after, reference, call_year=year, title=title)
