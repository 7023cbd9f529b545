"""Rapports: the agency's report and the certificates of a project, each shown before it is made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.core.facts import Report
from mobility_app.core.views import View
from mobility_app.i18n import _
from mobility_app.jobs import views
from mobility_app.jobs.certificates import Printed
from mobility_app.store import reports
from mobility_app.store.database import Session
from mobility_app.ui import places, printing, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.certificates_card import CertificatesCard
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.report_card import ReportCard


class ReportsPage(DeskPage):
    key, icon = "reports", "chart-column"
    tables = frozenset(
        {
            "mobility",
            "participant",
            "organisation",
            "project",
            "rate",
            "payment",
            "paper",
            "budget_award",
            "target",
            "saved_view",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._query: tasks.Task | None = None
        self.report = ReportCard(desk)
        self.report.written.connect(self._written)
        self.certificates = CertificatesCard(desk)
        self.certificates.printed.connect(self._printed)
        self._notices = column(spacing=8)
        cards = line(self.report, self.certificates, spacing=12)
        cards.setStretch(0, 3)
        cards.setStretch(1, 2)
        whole = QWidget()
        inside = column(self._notices, cards)
        inside.setStretch(1, 1)
        whole.setLayout(inside)
        nothing = EmptyState(
            "chart-column",
            _("No project chosen"),
            _("A report belongs to one project: choose it at the top, or bring in your Excel table."),
            [button(_("Open my Excel table"), lambda: desk.show("import"), icon="upload")],
        )
        self._faces = QStackedWidget()
        self._faces.addWidget(whole)
        self._faces.addWidget(nothing)
        self.setLayout(column(self._faces, margins=(16, 0, 16, 12)))

    def title(self) -> str:
        return _("Reports")

    def refresh(self) -> None:
        project, today = self.desk.project_id, self.desk.today
        self._faces.setCurrentIndex(0 if project else 1)
        if project is None:
            return
        if self._query is not None:
            self._query.cancel()

        def ask(s: Session) -> tuple[Report, tuple[View, ...]]:
            return reports.report(s, project, today), views.known(s)

        self._query = self.desk.read(self, ask, lambda found: self.report.show_report(*found))
        self.certificates.refresh()

    def _written(self, path: Path) -> None:
        self._say(places.written_notice(_("The report is in “{name}”.").format(name=path.name), path))

    def _printed(self, made: Printed, path: Path) -> None:
        text = printing.printed_text(made)
        if made.files:
            self._say(places.written_notice(text, made.files[0] if len(made.files) == 1 else path))
        else:
            self._say(Banner(text, "warning", closable=True))

    def _say(self, banner: Banner) -> None:
        empty(self._notices)
        self._notices.addWidget(banner)
