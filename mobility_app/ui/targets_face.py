"""The targets of the agreement, T1 and T2: indicative is typed, implemented is counted."""

from __future__ import annotations

from mobility_app.actions import projects
from mobility_app.i18n import N_, _
from mobility_app.store import reports
from mobility_app.store.journal import Label
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.face import Face
from mobility_app.ui.figures import FiguresTable
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.target_lines import FIGURES, TargetRow, target_rows
from mobility_app.ui.typed_figures import write_typed
from mobility_app.ui.values import read_whole


class TargetsFace(Face):
    """`table` shows one row a target and activity type, with the totals."""

    code, name = "targets", N_("Targets")
    tables = frozenset({"mobility", "target", "project", "paper"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.table = FiguresTable(_("Targets"), FIGURES, strong=lambda row: row.total)
        self.table.setProperty("role", "framed")
        self.table.figures.typed.connect(self._aim)
        self.trouble = InlineMessage()
        note = label(
            _("Indicative is typed from the agreement, by activity type; a total that is not typed is their sum."),
            "small",
            wrap=True,
        )
        lay = column(self.table, line(note, self.trouble), spacing=10)
        lay.setStretch(0, 1)
        self.setLayout(lay)

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None
        self.ask(
            lambda s: reports.figures(s, project.id, today), lambda report: self.table.show_lines(target_rows(report))
        )

    def _aim(self, row: TargetRow, _column: str, written: str) -> None:
        project, aimed = self.desk.project_id, row.line
        if project is None:
            return
        write_typed(
            self,
            Label(N_("indicative figure")),
            lambda: read_whole(written) if written.strip() else None,
            lambda s, value: projects.set_target(s, project, aimed.table, aimed.key, aimed.activity, value),
        )
