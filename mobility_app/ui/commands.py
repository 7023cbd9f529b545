"""What Ctrl+K offers on the window of a file: its pages, its actions, her views, and people by their name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from mobility_app.core.wanted import Wanted
from mobility_app.i18n import _
from mobility_app.store import queries
from mobility_app.store.database import Session
from mobility_app.store.lists import stays_of
from mobility_app.ui.page_mobilities import MobilitiesPage
from mobility_app.ui.palette import Command, Palette, Tell

if TYPE_CHECKING:
    from mobility_app.ui.main_window import MainWindow

PEOPLE = 8  # shown at once; more letters find the others


def open_palette(window: MainWindow) -> Palette:
    commands = (*_pages(window), *_actions(window), *_views(window))
    made = Palette(window, commands, partial(_people, window))
    place = window.geometry()
    made.move(place.center().x() - made.width() // 2, place.top() + 72)
    made.open()
    made.field.setFocus()
    return made


def _pages(window: MainWindow) -> list[Command]:
    pages = [window.page(key) for key in window.page_keys()]
    return [Command(page.title(), _("Page"), page.icon, partial(window.go, page.key)) for page in pages]


def _actions(window: MainWindow) -> list[Command]:
    """What needs writing is left out of a file that is open for reading only."""
    kind = _("Action")
    asked: list[tuple[str, str, Callable[[], object], str]] = [
        (_("Export to Excel…"), "download", lambda: _mobilities(window).export(), ""),
        (_("Help on this page"), "circle-help", window.open_help, "F1"),
        (_("Bin…"), "trash-2", window.open_bin, ""),
        (_("Open another tracking file…"), "folder-open", window.open_another, ""),
        (_("Close"), "x", window.close, ""),
    ]
    if not window.desk.db.read_only:
        asked = [
            (_("Add a mobility"), "plus", window.add_mobility, "Ctrl+N"),
            (_("Open my Excel table"), "upload", partial(window.go, "import"), ""),
            (_("Paste from Excel"), "upload", window.paste, "Ctrl+V"),
            (_("Undo"), "undo-2", window.undo_step, "Ctrl+Z"),
            (_("Redo"), "undo-2", window.redo_step, "Ctrl+Y"),
            *([(_("Make a copy now"), "circle-check", window.back_up, "")] if window.desk.db.path else []),
            *asked,
        ]
    return [Command(title, kind, icon, act, shortcut) for title, icon, act, shortcut in asked]


def _mobilities(window: MainWindow) -> MobilitiesPage:
    page = window.go("mobilities")
    assert isinstance(page, MobilitiesPage)
    return page


def _views(window: MainWindow) -> list[Command]:
    return [
        Command(title, _("Saved view"), "bookmark", partial(window.view_chosen.emit, key))
        for key, title in window.view_titles()
    ]


def _people(window: MainWindow, text: str, tell: Tell) -> None:
    """People of all projects; each opens their stays, or their own page when there are none."""
    desk = window.desk

    def work(s: Session) -> list[tuple[str, str, tuple[str, ...]]]:
        rows = queries.participants(s, queries.participant_ids(s, search=text)[:PEOPLE])
        project = desk.project_id
        return [
            (row.full_name, row.organisation or "", tuple(stays_of(s, participant_id=row.id, project_id=project)))
            for row in rows
        ]

    def show(found: Sequence[tuple[str, str, tuple[str, ...]]]) -> None:
        tell([Command(name, school or _("Person"), "users", partial(_open, window, name, stays))
              for name, school, stays in found])  # fmt: skip

    desk.read(window, work, show)


def _open(window: MainWindow, name: str, stays: tuple[str, ...]) -> None:
    if stays:
        window.desk.show("mobilities", Wanted(ids=stays, title=name))
        _mobilities(window).select_next(stays[:1])
    else:
        page = window.go("participants")
        window.set_search(name)
        page.search(name)
