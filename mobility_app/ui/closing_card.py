"""Before a project is closed: what is still open in it, each point with the rows behind it, and what closing keeps."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from mobility_app.core.closing import Open
from mobility_app.core.facts import ProjectRow
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import _, ngettext, number, render
from mobility_app.jobs import calls, closing
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button, link, primary
from mobility_app.ui.cards import Card, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage


class ClosingCard(Card):
    """`begin` reads the check list and shows the card; `ended` tells that it is over."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Close the project"))
        self._desk = desk
        self._project: ProjectRow | None = None
        self.points: tuple[Open, ...] = ()
        self.summary = label("", "strong", wrap=True)
        self._list = column(spacing=0)
        self.trouble = InlineMessage()
        self.close_button = primary(_("Close the project"), self.close_project)
        self.add(self.summary)
        self.add(self._list)
        self.add(label(_(closing.FROZEN), "muted", wrap=True))
        self.add(label(_(closing.FREE), "muted", wrap=True))
        self.add(self.trouble)
        self.add(line(None, button(_("Not now"), self.ended.emit), self.close_button))
        self.hide()

    def begin(self, project: ProjectRow) -> None:
        self._project = project
        db, today = self._desk.db, self._desk.today
        tasks.run(self, lambda _p: closing.open_points(db, project, today=today), self._show)

    def _show(self, points: Sequence[Open]) -> None:
        self.points = tuple(points)
        empty(self._list)
        count = len(points)
        text = ngettext("{n} point is still open:", "{n} points are still open:", count).format(n=number(count))
        self.summary.setText(text if count else _("Nothing is open any more."))
        for point in points:
            said = render(point.text)
            row = line(label(said, wrap=True), margins=(0, 4, 0, 4))
            row.setStretch(0, 1)
            if point.ids:
                row.addWidget(
                    link(_("Open"), partial(self._open, said, point.ids), name=_("Open: {what}").format(what=said))
                )
            self._list.addLayout(row)
            self._list.addWidget(rule())
        self.show()

    def _open(self, title: str, ids: tuple[str, ...]) -> None:
        self._desk.show("mobilities", Wanted(ids=ids, title=title))

    def close_project(self) -> None:
        """One step, whatever is open: she knows why."""
        project, db = self._project, self._desk.db
        if project is not None:
            self.trouble.say("")
            tasks.run(
                self,
                lambda _p: calls.set_state(db, project, "closed"),
                lambda _done: self.ended.emit(),
                self.trouble.refuse,
            )
