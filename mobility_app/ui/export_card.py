"""What goes out: her columns again, all of ours, the deadlines for an agenda, or everything that the file holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.files import safe_name
from mobility_app.i18n import N_, _, current, date, ngettext, number
from mobility_app.jobs import calendar, reports
from mobility_app.store import queries
from mobility_app.store.database import Session
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label

EXCEL: places.Kind = (N_("Excel table"), (".xlsx",))
CSV: places.Kind = (N_("CSV table"), (".csv",))
ICS: places.Kind = (N_("Agenda"), (".ics",))
ZIP: places.Kind = (N_("Archive"), (".zip",))


@dataclass(frozen=True)
class Stock:
    """What there is to export: how many mobilities, and how many columns her last sheet had."""

    mobilities: int
    her_columns: int


class ExportCard(Card):
    """`written` tells the file, and what is in it."""

    written = Signal(Path, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Export"), parent=parent)
        self._desk = desk
        self._stock = Stock(0, 0)
        self.setMinimumWidth(340)
        self.text = label("", "muted", wrap=True)
        self.add(self.text)
        hers, everything = partial(self.export, her_columns=True), partial(self.export, her_columns=False)
        self.hers = self._way(
            _("My columns"), _("Your own sheet again, brought up to date."), EXCEL, _("Export to Excel"), hers
        )
        self.all_columns = self._way(
            _("All columns"), _("Everything that is known, grants included."), EXCEL, _("All to Excel"), everything
        )
        self.csv = self._way(_("CSV"), _("My columns for another program."), CSV, _("Export as CSV"), hers)
        self.dates = self._way(
            _("Deadlines"), _("For your agenda: Outlook, Thunderbird, telephone."), ICS, _("Deadlines (.ics)"),
            self.export_deadlines,
        )  # fmt: skip
        self.whole = self._way(
            _("Whole file"), _("All that it holds, readable without this program."), ZIP, _("Everything (.zip)"),
            self.export_everything,
        )  # fmt: skip

    def _way(self, title: str, text: str, kind: places.Kind, press: str, write: Callable[[Path], None]) -> QPushButton:
        """One way out: what it is, and its button."""
        made = button(press, lambda: self._ask(kind, write), icon="download")
        row = line(column(label(title, "strong"), label(text, "small", wrap=True), spacing=1), made, spacing=12)
        row.setStretch(0, 1)
        self.add(rule())
        self.add(row)
        return made

    def refresh(self) -> None:
        project, today = self._desk.project_id, self._desk.today

        def ask(s: Session) -> Stock:
            headers = reports.headers_of(s)
            return Stock(len(queries.mobility_ids(s, project_id=project, today=today)), len(headers))

        self._desk.read(self, ask, self._show)

    def _show(self, stock: Stock) -> None:
        self._stock = stock
        project = self._desk.project
        count = ngettext("{n} mobility", "{n} mobilities", stock.mobilities).format(n=number(stock.mobilities))
        what = _("{count} of {project}").format(count=count, project=project.label) if project else count
        if stock.her_columns:
            said = ngettext("your sheet's {n} column", "your sheet's {n} columns, in your order", stock.her_columns)
            text = _("{what}, in {columns}.").format(what=what, columns=said.format(n=number(stock.her_columns)))
        else:
            text = _("{what}. Once a sheet is imported, they are exported in its own columns.").format(what=what)
        self.text.setText(text)
        for each in (self.hers, self.all_columns, self.csv):
            each.setEnabled(stock.mobilities > 0)
        self.dates.setEnabled(project is not None and stock.mobilities > 0)

    def _ask(self, kind: places.Kind, write: Callable[[Path], None]) -> None:
        name = safe_name(self._name(), kind[1][0])
        path = places.ask_save(self, _("Export"), name, (_(kind[0]), kind[1]), "export")
        if path is not None:
            write(path)

    def _name(self) -> str:
        project, day = self._desk.project, date(self._desk.today).replace("/", "-")
        return f"{project.reference if project else _('mobilities')} {day}"

    def export(self, path: Path, *, her_columns: bool) -> None:
        """Writes the file in the worker; `written` tells when it is there."""
        db, today, project, language = self._desk.db, self._desk.today, self._desk.project, current()
        title = _title(project)

        def work(progress: tasks.Progress) -> int:
            with db.read() as s:
                ids = queries.mobility_ids(s, project_id=project.id if project else None, today=today)
            done = reports.export_table(
                db, path, ids, today=today, her_columns=her_columns, title=title, language=language, progress=progress
            )
            return len(ids) if done else -1

        def done(count: int) -> None:
            if count >= 0:
                text = ngettext("{n} mobility exported to “{name}”.", "{n} mobilities exported to “{name}”.", count)
                self.written.emit(path, text.format(n=number(count), name=path.name))

        tasks.run(self, work, done, title=_("Exporting the mobilities"), lane="files")

    def export_deadlines(self, path: Path) -> None:
        """The deadlines of the project, for an agenda."""
        db, today, project = self._desk.db, self._desk.today, self._desk.project
        if project is None:
            return

        def done(count: int) -> None:
            text = ngettext("{n} deadline is in “{name}”.", "{n} deadlines are in “{name}”.", count)
            self.written.emit(path, text.format(n=number(count), name=path.name))

        tasks.run(self, lambda _p: calendar.write(db, project, path, today=today), done, lane="files")

    def export_everything(self, path: Path) -> None:
        """All that the file holds, as JSON and CSV with a dictionary."""
        db, today, language = self._desk.db, self._desk.today, current()
        text = _("Everything is in “{name}”: tables, files and what each column means.").format(name=path.name)
        tasks.run(
            self,
            lambda _p: reports.open_export(db, path, today=today, language=language),
            lambda _done: self.written.emit(path, text),
            title=_("Exporting everything"),
            lane="files",
        )


def _title(project: ProjectRow | None) -> str:
    """What stands above the table, with the reference, so that an import knows its project again."""
    return f"{project.title or _('Mobilities')} ({project.reference})" if project else _("Mobilities")
