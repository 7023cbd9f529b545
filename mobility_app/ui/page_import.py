"""Import / Export: a sheet dropped here is read, shown row by row, written as one step and taken back in one click."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.errors import Stopped, UserError
from mobility_app.exchange.book import SUFFIXES, Book
from mobility_app.files import safe_name
from mobility_app.i18n import N_, _, current, ngettext, number
from mobility_app.jobs import import_cells, importing
from mobility_app.jobs.school_sheets import Returned, corrections_path, made_for_a_school
from mobility_app.store import queries
from mobility_app.store.journal import Changes
from mobility_app.ui import import_done, import_start, places, tasks
from mobility_app.ui.buttons import button, link
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.drop_zone import dropped_file, dropped_files
from mobility_app.ui.export_card import EXCEL, ExportCard
from mobility_app.ui.import_preview import ImportPreview
from mobility_app.ui.notices import Banner
from mobility_app.ui.pasting import takes_paste
from mobility_app.ui.returned_sheets import ReturnedSheets, taken_text
from mobility_app.ui.school_card import SchoolCard, written_text

SHEETS: places.Kind = (N_("Tables"), SUFFIXES)


class ImportPage(DeskPage):
    """`open_file(path)` reads a sheet; a drop on the page, its button and the window's first start call it.

    `paste()` takes the cells that a spreadsheet put on the clipboard, through the same preview.
    """

    key, icon = "import", "upload"
    tables = frozenset({"mobility", "project", "setting"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self._ours = False  # whether the change that is being told is the import itself
        self.drop = import_start.drop_zone(self.choose_file, self.paste)
        self.drop.dropped.connect(self.open_file)
        self.drop.several.connect(self.compare_filled)
        self.export = ExportCard(desk)
        self.export.written.connect(self._exported)
        self.schools = SchoolCard(desk)
        self.schools.written.connect(self._sheets_written)
        self.schools.returned.connect(self.compare_filled)
        self.filled = ReturnedSheets(desk)
        self.filled.taken_in.connect(self._taken_in)
        self.filled.closed.connect(self._show_start)
        self.preview = ImportPreview(desk)
        self.preview.confirmed.connect(self._write)
        self.preview.corrections_asked.connect(self._ask_corrections)
        self.preview.other_asked.connect(self.choose_file)
        self.preview.closed.connect(self._show_start)
        self.preview.status_changed.connect(self.status_changed)
        takes_paste(self, self.paste)
        self._notices = column(spacing=8)
        self._start = QWidget()
        drop = column(self.drop, import_start.explanation(), spacing=12)
        drop.setStretch(0, 1)
        start = line(drop, column(self.export, self.schools, None, spacing=12), spacing=12)
        start.setStretch(0, 3)
        start.setStretch(1, 2)
        self._start.setLayout(start)
        self._faces = QStackedLayout()
        lay = QVBoxLayout(self)
        lay.setContentsMargins(16, 0, 16, 12)
        lay.setSpacing(8)
        lay.addLayout(self._notices)
        lay.addLayout(self._faces, 1)
        self._faces.addWidget(self._start)  # in its place first: a face without a parent would flash up as a window
        self._faces.addWidget(self.preview)
        self._faces.addWidget(self.filled)

    def title(self) -> str:
        return _("Import / Export")

    def search(self, text: str) -> None:
        self.preview.search(text)

    def refresh(self) -> None:
        self.export.refresh()
        self.schools.refresh()

    # A file comes in

    def choose_file(self) -> None:
        path = places.ask_open(self, _("Open my Excel table"), [(_(SHEETS[0]), SHEETS[1])], "import")
        if path is not None:
            self.open_file(path)

    def bring_in(self, path: Path, *more: Path) -> None:
        """One file of any kind, or several filled sheets of schools."""
        if more:
            self.compare_filled([path, *more])
        else:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Reads the file in the worker, then shows what it holds."""
        self._clear_notices()
        tasks.run(
            self,
            lambda progress: importing.open_book(path, cancel=lambda: progress.cancelled),
            lambda book: self._opened(path, book),
            self._not_opened,
            stopped=lambda: self._say(
                Banner(_("Reading was cancelled: nothing was imported."), "neutral", closable=True)
            ),
            title=_("Reading “{name}”").format(name=path.name),
            lane="files",
        )

    def paste(self) -> None:
        """What stands on the clipboard, as a table."""
        self._clear_notices()
        text = QGuiApplication.clipboard().text()
        tasks.run(
            self,
            lambda _progress: import_cells.pasted(text),
            lambda book: self._opened(Path(book.name), book),
            self._not_opened,
            lane="files",
        )

    def compare_filled(self, paths: list[Path]) -> None:
        """Filled sheets of schools: what each would change."""
        self._clear_notices()
        self.searches = False
        self._faces.setCurrentWidget(self.filled)
        self.filled.read(paths)

    def _sheets_written(self, folder: Path, count: int) -> None:
        self._say(places.written_notice(written_text(count), folder))

    def _taken_in(self, returned: list[Returned]) -> None:
        self._show_start()
        undo = button(_("Undo the import"), self._undo, icon="undo-2")
        back = [corrections_path(each).parent for each in returned if each.plan and each.plan.count("refused")]
        text = taken_text(returned)
        self._say(
            places.written_notice(text, back[0], undo) if back else Banner(text, "success", [undo], closable=True)
        )

    def _opened(self, path: Path, book: Book) -> None:
        if made_for_a_school(book):
            self.compare_filled([path])
            return
        self.searches = True  # while a sheet is looked at, the window's search field narrows its rows
        self.desk.search_set.emit("")
        self.preview.start(path, book)
        self._faces.setCurrentWidget(self.preview)
        self.preview.list.table.setFocus()

    def _not_opened(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        again = button(_("Another file…"), self.choose_file)
        self._say(Banner(str(error), "danger", [again], closable=True))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData(), SUFFIXES):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = dropped_files(event.mimeData(), SUFFIXES)
        if paths:
            event.acceptProposedAction()
            self.bring_in(*paths)

    # Writing

    def _write(self, chosen: importing.Import) -> None:
        db = self.desk.db
        written: list[ProjectRow | None] = []

        def work(progress: tasks.Progress) -> None:
            project_id = importing.write(db, chosen, progress)
            with db.read() as s:
                written.append(queries.project(s, project_id))

        def stopped() -> None:
            """A cancel that came after the last word of the write is too late."""
            if written:
                self._written(chosen, written[0])
            else:
                self._not_written(Stopped(_("The import was cancelled: nothing was written.")))

        self._ours = True
        tasks.run(
            self,
            work,
            lambda _none: self._written(chosen, written[0]),
            self._not_written,
            stopped=stopped,
            title=_("Importing the sheet"),
            lane="files",
        )

    def _written(self, chosen: importing.Import, project: ProjectRow | None) -> None:
        self._show_start()
        refused = chosen.plan.count("refused")
        see = link(_("See them"), lambda: self.desk.show(*import_done.rows_of(chosen.plan)))
        buttons = [see, button(_("Undo the import"), self._undo, icon="undo-2")]
        if refused:
            buttons.insert(1, button(_("Sheet “To correct”"), self._ask_corrections))
        self._say(Banner(import_done.said(chosen.plan), "success", buttons, closable=True))
        self._ours = False
        if project is not None and project.id != self.desk.project_id:
            self.desk.choose(project)

    def _not_written(self, error: BaseException) -> None:
        self._ours = False
        self.preview.show_whether_ready()
        if not isinstance(error, UserError):
            raise error
        self._say(Banner(str(error), "danger", closable=True))

    def _undo(self) -> None:
        self._ours = True
        tasks.run(self, lambda _progress: self.desk.db.undo(), lambda _changes: self._undone(), self._not_written)

    def _undone(self) -> None:
        self._ours = False
        self._say(Banner(_("The import was undone: the tracking file is as it was before."), "neutral", closable=True))

    def _changed(self, changes: Changes) -> None:
        """Once anything else was written, “undo” would mean that: the button goes."""
        if not self._ours:
            self._clear_notices()
        super()._changed(changes)

    # Files written

    def _ask_corrections(self) -> None:
        name = safe_name(_("{name} – to correct").format(name=self.preview.path.stem), ".xlsx")
        path = places.ask_save(self, _("Sheet “To correct”"), name, (_(EXCEL[0]), EXCEL[1]), "import")
        if path is not None:
            self.write_corrections(path)

    def write_corrections(self, path: Path) -> None:
        """Writes the refused rows with their reasons."""
        found = self.preview.understood
        assert found is not None
        count = found.plan.count("refused")
        text = ngettext("{n} row to correct is in “{name}”.", "{n} rows to correct are in “{name}”.", count)
        said = text.format(n=number(count), name=path.name)
        tasks.run(
            self,
            lambda _progress: import_cells.write_corrections(path, found.book, found.plan, language=current()),
            lambda _done: self._say(places.written_notice(said, path), keep=True),
            title=_("Writing the sheet to correct"),
            lane="files",
        )

    def _exported(self, path: Path, text: str) -> None:
        self._say(places.written_notice(text, path))

    # What the page says

    def _show_start(self) -> None:
        self._clear_notices()
        self.desk.search_set.emit("")
        self.status_changed.emit("")
        self.searches = False
        self._faces.setCurrentWidget(self._start)

    def _say(self, banner: Banner, *, keep: bool = False) -> None:
        if not keep:
            self._clear_notices()
        self._notices.addWidget(banner)

    def _clear_notices(self) -> None:
        empty(self._notices)
