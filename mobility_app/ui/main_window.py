"""The window on one open tracking file: its pages, its saved views, undo, copies, and the way out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut

from mobility_app.actions import views
from mobility_app.core.facts import ProjectRow
from mobility_app.core.views import View
from mobility_app.core.wanted import Wanted
from mobility_app.errors import UserError
from mobility_app.exchange.book import SUFFIXES
from mobility_app.i18n import N_, _, date, render
from mobility_app.jobs import views as kept_views
from mobility_app.store import backup, lists, queries
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label
from mobility_app.store.story import label_text
from mobility_app.ui import tasks
from mobility_app.ui.bin_dialog import BinDialog
from mobility_app.ui.buttons import menu
from mobility_app.ui.commands import open_palette
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text
from mobility_app.ui.help import HelpDialog
from mobility_app.ui.notices import Banner, ask, show_error
from mobility_app.ui.page import Page
from mobility_app.ui.page_budget import BudgetPage
from mobility_app.ui.page_import import ImportPage
from mobility_app.ui.page_mobilities import MobilitiesPage
from mobility_app.ui.page_module import ModulePage
from mobility_app.ui.page_organisations import HostsPage, SendersPage
from mobility_app.ui.page_participants import ParticipantsPage
from mobility_app.ui.page_reports import ReportsPage
from mobility_app.ui.page_settings import SettingsPage
from mobility_app.ui.page_todo import TodoPage
from mobility_app.ui.palette import Palette
from mobility_app.ui.project_words import chooser_labels
from mobility_app.ui.remembered import recall, recall_bytes, remember, remember_bytes
from mobility_app.ui.shell import Shell


class PageMaker(Protocol):
    """The class of a page: it has a key, and makes the page with the desk."""

    key: str

    def __call__(self, desk: Desk) -> Page: ...


# The pages in the order of the left side.
PAGES: tuple[PageMaker, ...] = (
    TodoPage,
    MobilitiesPage,
    ParticipantsPage,
    SendersPage,
    HostsPage,
    BudgetPage,
    ModulePage,
    ImportPage,
    ReportsPage,
    SettingsPage,
)
BREATH_MS = 15
ALL = ""  # what the chooser keeps for all projects together
# Views that every file has; hers come after them.
BUILT_IN: tuple[tuple[str, str, Wanted], ...] = (
    ("leaving", N_("Leaving in 30 days"), Wanted(quick=("leaving",))),
    ("abroad", N_("Abroad"), Wanted(stages=("abroad",))),
    ("returned", N_("Returned, to complete"), Wanted(stages=("returned",))),
)


class MainWindow(Shell):
    """`closed` tells that the file is closed: the copy just made (or None), and whether she wants another file."""

    closed = Signal(object, bool)

    def __init__(self, db: Database, *, today: dt.date | None = None) -> None:
        super().__init__()
        self._db = db
        self._closing = self._another = False
        self.setAcceptDrops(True)
        self.desk = Desk(db, today=today, parent=self)
        self._kept_views: dict[str, View] = {}
        with db.read() as s:
            projects = queries.projects(s)
        self._show_projects(projects)
        self._to_build = list(PAGES)
        first = str(recall("page", ""))
        self._build_until(first if first in {make.key for make in PAGES} else PAGES[0].key)
        self._listen()
        self._name()
        self._refresh_around()
        self.restoreGeometry(recall_bytes("window"))
        self.go(list(self._pages)[-1])
        QTimer.singleShot(BREATH_MS, self._build_next)

    def _listen(self) -> None:
        self.desk.asked.connect(self._asked)
        self.desk.paste_asked.connect(self.paste)
        self.desk.changed.connect(lambda _changes: self._refresh_around())
        self.desk.projects_changed.connect(self._projects_changed)
        self.desk.search_set.connect(self.set_search)
        self.desk.project_changed.connect(self._refresh_around)
        self.desk.project_changed.connect(self._follow_project)
        self.project_chosen.connect(self._choose_project)
        self.view_chosen.connect(self._open_view)
        self.view_menu_asked.connect(self._view_menu)
        self.undo_asked.connect(self.undo_step)
        self.search_entered.connect(self._search_everywhere)
        for keys, act in (
            ("Ctrl+Z", self.undo_step),
            ("Ctrl+Y", self.redo_step),
            ("Ctrl+Shift+Z", self.redo_step),
            ("Ctrl+N", self.add_mobility),
            ("Ctrl+K", self.open_palette),
            ("F1", self.open_help),
            ("Ctrl+P", self._print),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # Building the pages one by one: the window is there with its first page, the others follow between two breaths.

    def page(self, key: str) -> Page:
        self._build_until(key)
        return super().page(key)

    def page_keys(self) -> tuple[str, ...]:
        self._build_until("")
        return super().page_keys()

    def _build_until(self, key: str) -> None:
        """Makes the pages up to the one of that key; all of them for ""."""
        while self._to_build and key not in self._pages:
            page = self._to_build.pop(0)(self.desk)
            self.add_page(page)
            page.recount()

    def _build_next(self) -> None:
        if self._to_build and not self._closing:
            self._build_until(self._to_build[0].key)
            QTimer.singleShot(BREATH_MS, self._build_next)

    def _name(self) -> None:
        name = self._db.path.name if self._db.path else _("shared on a server")
        state = _("read only") if self._db.read_only else _("saved")
        self.set_file(_("Tracking file: {name} · {state}").format(name=name, state=state))
        self.setWindowTitle(f"{Path(name).stem} — Mobility")
        brand = (self.desk.project.coordinator if self.desk.project else "") or Path(name).stem
        entries: list[tuple[str, Callable[[], object]] | None] = [
            (_("Open another tracking file…"), self.open_another),
            None,
            (_("Redo"), self.redo_step),
            (_("Bin…"), self.open_bin),
            None,
            (_("Go to or do… (Ctrl+K)"), self.open_palette),
            (_("Help on this page (F1)"), self.open_help),
            None,
            (_("Close"), self.close),
        ]
        self.set_brand(brand, entries)

    def open_another(self) -> None:
        self._another = True
        self.close()

    # Projects

    def _show_projects(self, projects: Sequence[ProjectRow]) -> None:
        kept = self.desk.project_id or recall(f"project/{self._db.path}")
        several = len(projects) > 1
        chosen = next((row for row in projects if row.id == kept), None)
        if chosen is None and projects and not (several and kept == ALL):
            chosen = projects[0]
        labels = [*chooser_labels(projects), *([(ALL, _("All projects"))] if several else [])]
        self.set_projects(labels, chosen.id if chosen else ALL)
        self._projects = {row.id: row for row in projects}
        self.desk.projects = tuple(projects)
        self.desk.choose(chosen)

    def _choose_project(self, project_id: str) -> None:
        self.desk.choose(self._projects.get(project_id))
        self.go(self.current())

    def _follow_project(self) -> None:
        """The chooser shows what was chosen, here or by a page that made a project; it is remembered."""
        project_id = self.desk.project_id or ALL
        remember(f"project/{self._db.path}", project_id)
        self.project.setCurrentIndex(self.project.findData(project_id))
        self._name()

    # Going about

    def _asked(self, key: str, wanted: Wanted | None) -> None:
        """A figure was pressed: its page, with the rows behind it. A page that is not there is no way."""
        if key not in {make.key for make in PAGES}:
            return
        page = self.go(key)
        if wanted is not None and isinstance(page, MobilitiesPage):
            page.show_wanted(wanted)

    def go(self, key: str) -> Page:
        page = super().go(key)
        remember("page", key)
        if not page.searches:
            self.set_search("")
        elif isinstance(page, MobilitiesPage):
            self.set_search(page.wanted.search)
        return page

    def _search_everywhere(self, words: str) -> None:
        """Enter in the search field of a page that has no list looks among the mobilities."""
        page = self.page(self.current())
        if words and not page.searches:
            self.desk.show("mobilities", Wanted(search=words))

    def add_mobility(self) -> None:
        page = self.go("mobilities")
        if isinstance(page, MobilitiesPage):
            page.add()

    def _print(self) -> None:
        page = self.page(self.current())
        if isinstance(page, MobilitiesPage):
            page._print.showMenu()

    # What stands beside the pages

    def open_palette(self) -> Palette:
        return open_palette(self)

    def open_help(self) -> HelpDialog:
        """The help of the page in front; one at a time."""
        for before in self.findChildren(HelpDialog):
            before.close()
        made = HelpDialog(self.current(), self.page(self.current()).title(), self)
        made.show()
        return made

    def open_bin(self) -> BinDialog:
        for before in self.findChildren(BinDialog):
            before.close()
        made = BinDialog(self.desk, self)
        made.show()
        return made

    def view_titles(self) -> list[tuple[str, str]]:
        """The saved views in sight as (key, title)."""
        return [(key, nav.name) for key, nav in self._views.items()]

    def bring_in(self, *sheets: Path) -> None:
        """Sheets that were chosen or dropped go to the page that imports."""
        page = self.go("import")
        if isinstance(page, ImportPage):
            page.bring_in(*sheets)

    def paste(self) -> None:
        """Cells that were copied in a spreadsheet go to the page that imports."""
        page = self.go("import")
        if isinstance(page, ImportPage):
            page.paste()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file dropped anywhere on the window: a sheet is brought in, another tracking file is told about."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if sheets := [path for path in files if path.suffix.lower() in SUFFIXES]:
            self.bring_in(*sheets)
        elif files:
            text = _("Only a table can be dropped here: Excel, LibreOffice or CSV.")
            self.show_banner(Banner(text, "warning", closable=True))

    # Saved views

    def _refresh_around(self) -> None:
        """The views with their live counts, the name of the next undo, the state of the copies."""
        project, today = self.desk.project_id, self.desk.today

        def work(s: Session) -> tuple[list[tuple[str, View, int]], str]:
            known = [(key, View(wanted, _(title))) for key, title, wanted in BUILT_IN]
            known += [
                (kept.id, View.from_json(kept.title, kept.definition)) for kept in lists.saved_views(s, kept_views.PAGE)
            ]
            found = [(key, view, len(kept_views.ids(s, view, project, today=today))) for key, view in known]
            label = None if self._db.read_only else self._db.undo_label()
            return found, render(label_text(s, label)) if label else ""

        self.desk.read(self, work, lambda found: self._show_around(*found))

    def _show_around(self, found: Sequence[tuple[str, View, int]], undo: str) -> None:
        self.set_views([(key, view.title, count) for key, view, count in found])
        self._kept_views = {key: view for key, view, _count in found}
        self.set_undo(_("Undo: {what}").format(what=undo) if undo else "")
        self._show_backup()

    def _show_backup(self) -> None:
        if self._db.path is None:
            self.set_backup(_("On the server"), _("copies are made there"), "success")
            return
        last = backup.last(self._db.path)
        if last is None:
            self.set_backup(_("No copy yet"), _("one is made on closing"), "warning", self.back_up)
            return
        at = dt.datetime.fromisoformat(last.at.replace("Z", "+00:00")).astimezone()
        self.set_backup(
            _("Copy checked"), _("{date} at {time}").format(date=date(at), time=f"{at:%H:%M}"), "success", self.back_up
        )

    def back_up(self) -> None:
        tasks.run(self, lambda _p: self._db.back_up("asked"), lambda _path: self._show_backup(), title=_("Copy"))

    def _open_view(self, key: str) -> None:
        view = self._kept_views.get(key)
        if view is not None:
            page = self.go(MobilitiesPage.key)
            assert isinstance(page, MobilitiesPage)
            page.show_view(view)
            self.mark_view(key)

    def _view_menu(self, key: str, place: QPoint) -> None:
        if key in {built for built, _title, _wanted in BUILT_IN}:
            return
        made = menu(
            [(_("Rename…"), partial(self._rename_view, key)), (_("Throw away"), partial(self._remove_view, key))], self
        )
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.popup(place)

    def _rename_view(self, key: str) -> None:
        title = ask_text(self, _("Rename the view"), _("Name of the view"), accept=_("Rename"))
        if title:
            self.desk.write(self, Label(N_("name of a view")), lambda s: views.rename(s, key, title))

    def _remove_view(self, key: str) -> None:
        self.desk.write(self, Label(N_("view thrown away")), lambda s: views.remove(s, key))

    # Undo and redo

    def undo_step(self) -> None:
        self._step("undo")

    def redo_step(self) -> None:
        self._step("redo")

    def _step(self, way: str) -> None:
        if self._db.read_only:
            return
        take = self._db.undo if way == "undo" else self._db.redo

        def refused(error: BaseException) -> None:
            if not isinstance(error, UserError):
                raise error
            if ask(self, _("This step cannot be taken"), str(error), _("Skip this step"), _("Close")):
                tasks.run(self, lambda _p: self._db.skip(way), lambda _none: self._refresh_around())  # type: ignore[arg-type]  # undo or redo

        tasks.run(self, lambda _p: take(), lambda _changes: self._refresh_around(), refused)

    def _projects_changed(self, projects: Sequence[ProjectRow]) -> None:
        self._show_projects(projects)
        self._name()

    # The way out

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes the file first: work under way is asked about, a checked copy is made, then the window goes."""
        if self._closing:
            event.accept()
            return
        event.ignore()
        under_way = ", ".join(tasks.titles())
        if under_way and not ask(
            self, _("Work is under way"), _("{what} is not finished. Stop it?").format(what=under_way), _("Stop it")
        ):
            return
        remember_bytes("window", self.saveGeometry())
        self.setEnabled(False)
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()  # what stands in a field is saved on leaving it
        QTimer.singleShot(0, self._close_file)

    def leave(self) -> None:
        """Goes without closing the file: another window takes it over."""
        remember_bytes("window", self.saveGeometry())
        self._closing = True
        self.close()
        self.deleteLater()

    def _close_file(self) -> None:
        tasks.run(self, lambda _p: self._db.close(), self._gone, self._not_closed, title=_("Saving and copying"))

    def _gone(self, copy: Path | None) -> None:
        self._closing = True
        self.closed.emit(copy, self._another)  # first: what comes next is there when this window goes
        self.close()

    def _not_closed(self, error: BaseException) -> None:
        """The copy failed; the data is in the file all the same."""
        if not isinstance(error, UserError):
            self._gone(None)
            raise error
        show_error(self, error)
        self._gone(None)
