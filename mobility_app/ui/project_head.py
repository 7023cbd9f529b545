"""Where a project stands, and the steps of its life: applied for, granted, closed, the next call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import N_, _
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.pills import pill, set_pill

# state -> (word, tone of its pill, what it means)
STATES = {
    "application": (
        N_("Application"),
        "warning",
        N_("Applied for: the needs of the schools are typed, and estimated at the rates of the last call."),
    ),
    "agreement": (
        N_("Granted, under way"),
        "info",
        N_("Granted: mobilities, payments and papers are followed until the project is closed."),
    ),
    "closed": (
        N_("Closed"),
        "success",
        N_("Closed: its figures no longer change. Open it again to correct something."),
    ),
}


class ProjectHead(Card):
    """`asked` tells what she wants: "agreement", "application", "close", "reopen" or "new_call"."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.state, self.name = pill(""), ElidedLabel("", "heading")
        self.meaning = label("", "muted", wrap=True)
        self.granted = button(_("The project is granted"), self._asking("agreement"))
        self.back = button(_("Back to the application"), self._asking("application"), role="link")
        self.close_button = button(_("Close the project…"), self._asking("close"))
        self.reopen = button(_("Open the project again"), self._asking("reopen"))
        self.new_call = button(_("New call from this one…"), self._asking("new_call"), icon="plus")
        buttons = (self.back, self.granted, self.reopen, self.close_button, self.new_call)
        head = line(self.state, self.name, *buttons)
        head.setStretch(1, 1)
        self.add(column(head, self.meaning, spacing=4))

    def _asking(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.emit(what)

    def show_project(self, project: ProjectRow) -> None:
        word, tone, meaning = STATES[project.state]
        set_pill(self.state, _(word), tone)
        self.name.say(" · ".join(filter(None, (project.reference, project.title))))
        self.meaning.setText(_(meaning))
        for each, states in (
            (self.granted, ("application",)),
            (self.back, ("agreement",)),
            (self.close_button, ("agreement",)),
            (self.reopen, ("closed",)),
        ):
            each.setVisible(project.state in states)
