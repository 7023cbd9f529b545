"""How the report is written: of whom, in which language, with which of her views; the workbook or the two-page PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mobility_app.core.facts import ProjectRow, Report
from mobility_app.core.views import View
from mobility_app.files import safe_name
from mobility_app.i18n import _, current, date, ngettext, number
from mobility_app.jobs import reports
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.export_card import EXCEL
from mobility_app.ui.labels import label
from mobility_app.ui.places import Kind

PDF: Kind = ("PDF", (".pdf",))


class ReportFoot(QWidget):
    """`written` tells the file. Schools and views are those of the report that is shown."""

    written = Signal(Path)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._views: tuple[View, ...] = ()
        self.school = QComboBox()
        self.school.setAccessibleName(_("Of which school"))
        self.school.setMinimumContentsLength(16)
        self.school.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.language = Segments(_("Language of the report"), [("fr", "Français"), ("en", "English")])
        self.language.choose(current())
        self.with_views = QCheckBox()
        self.summary_button = button(_("Two-page PDF…"), self._ask_summary, icon="printer")
        self.write_button = primary(_("Save the report…"), self._ask_workbook, icon="file-spreadsheet")
        choices = line(label(_("School"), "muted"), self.school, label(_("Language"), "muted"), self.language)
        choices.setStretch(1, 1)
        choices.setStretch(3, 1)
        buttons = line(self.with_views, None, self.summary_button, self.write_button)
        self.setLayout(column(choices, buttons, spacing=8))

    def show_report(self, report: Report, views: Sequence[View]) -> None:
        chosen = self.school.currentData()
        schools = sorted(tally.key for tally in report.by_organisation if tally.key)
        with QSignalBlocker(self.school):
            self.school.clear()
            self.school.addItem(_("The whole project"), "")
            for name in schools:
                self.school.addItem(name, name)
            self.school.setCurrentIndex(max(0, self.school.findData(chosen)))
        self._views = tuple(views)
        text = ngettext("My saved view, as a sheet more", "My {n} saved views, a sheet each", len(views))
        self.with_views.setText(text.format(n=number(len(views))))
        self.with_views.setVisible(bool(views))

    def _ask_workbook(self) -> None:
        self._ask(_("Save the report…"), _("report {reference} {day}"), (_(EXCEL[0]), EXCEL[1]), self.write)

    def _ask_summary(self) -> None:
        self._ask(_("Two-page PDF…"), _("summary {reference} {day}"), PDF, self.write_summary)

    def _ask(self, title: str, name: str, kind: Kind, write: Callable[[Path], None]) -> None:
        project = self._desk.project
        if project is None:
            return
        day = date(self._desk.today).replace("/", "-")
        about = f"{name.format(reference=project.reference, day=day)} {self.school.currentData()}".strip()
        path = places.ask_save(self, title, safe_name(about, kind[1][0]), kind, "report")
        if path is not None:
            write(path)

    def write(self, path: Path) -> None:
        """Writes the workbook in the worker; `written` tells when it is there."""
        kept = self._views if self.with_views.isChecked() else ()
        self._write(path, partial(reports.agency_report, kept=kept))

    def write_summary(self, path: Path) -> None:
        """Writes the two pages for a steering committee."""
        self._write(path, reports.summary)

    def _write(self, path: Path, job: Callable[..., bool]) -> None:
        project: ProjectRow | None = self._desk.project
        db, today = self._desk.db, self._desk.today
        language, member = self.language.chosen(), str(self.school.currentData() or "")
        if project is None:
            return
        tasks.run(
            self,
            lambda progress: job(db, project, path, today=today, language=language, member=member, progress=progress),
            lambda done: self.written.emit(path) if done else None,
            title=_("Writing the report"),
            lane="files",
        )
