"""Pictures of every page on the example: `python -m tests.ui.screens FOLDER`, at the scaling that Qt was started with.

`make screenshots` calls it through packaging/screenshots.py, once a scaling. `shots(window)` lists what is looked at:
a page that another colleague adds to the window is there by itself, its further faces are added to FACES.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QScrollArea

from mobility_app import i18n
from mobility_app.jobs import demo
from mobility_app.store.database import create_database, open_database
from mobility_app.ui import start, tasks, theme
from mobility_app.ui.main_window import MainWindow
from mobility_app.ui.page_budget import BudgetPage
from mobility_app.ui.page_mobilities import MobilitiesPage
from mobility_app.ui.records_page import RecordsPage
from tests.ui.screen import settle, wait

SIZE = QSize(1366, 768)


def _one(page: MobilitiesPage) -> None:
    page.table.select_ids(page.model.ids()[5:6])


def _third(page: RecordsPage) -> None:
    page.table.select_ids(page.model.ids()[2:3])


def _several(page: MobilitiesPage | RecordsPage) -> None:
    page.table.select_ids(page.model.ids()[3:9])


def _member(page: BudgetPage) -> None:
    page.show_face("members")
    face = page.face("members")
    face.choose(face.table.figures.lines()[0].member.organisation_id)


def _expense(page: BudgetPage) -> None:
    page.face("costs").pane.add()


def _funded(page: MobilitiesPage) -> None:
    """Somebody who left with others, whose co-funding is in sight."""
    rows = sorted(page.model.fetch(page.model.ids()), key=lambda row: not row.flow)
    page.table.select_ids([row.id for row in rows[:1]])
    wait(200)  # a pane is filled once she rests on a row
    settle()
    page.one.findChild(QScrollArea).verticalScrollBar().setValue(page.one.funding.y() - 10)


def _scenarios(page: BudgetPage) -> None:
    """Two scenarios, the second beyond what was awarded."""
    places = page.face("whatif").places
    for count, country in ((8, "ES"), (60, "PT")):
        places.form.editors["country"].set_value(country)
        places.target.setCurrentIndex(places.target.count() - 1)
        places.wanted.emit("", count)
        settle()


# Further faces of a page: (page key, name, what brings it there).
FACES: tuple[tuple[str, str, Callable], ...] = (
    ("mobilities", "mobilities-one", _one),
    ("mobilities", "mobilities-several", _several),
    ("mobilities", "mobilities-new", lambda page: page.add()),
    ("participants", "participants-one", _third),
    ("participants", "participants-several", _several),
    ("senders", "senders-one", _third),
    ("hosts", "hosts-one", _third),
    ("budget", "budget-charts", lambda page: page.face("budget").show_view("charts")),
    ("budget", "budget-whatif", lambda page: page.show_face("whatif")),
    ("budget", "budget-scenarios", _scenarios),
    ("budget", "budget-payments", lambda page: page.show_face("payments")),
    ("budget", "budget-paid", lambda page: page.face("payments").turn_to("made")),
    ("budget", "budget-members", lambda page: page.show_face("members")),
    ("budget", "budget-member", _member),
    ("budget", "budget-costs", lambda page: page.show_face("costs")),
    ("budget", "budget-expense", _expense),
    ("mobilities", "mobilities-funded", _funded),
    ("budget", "budget-targets", lambda page: page.show_face("targets")),
    ("budget", "budget-rates", lambda page: page.show_face("rates")),
    ("module", "module-retype", lambda page: page.show_gesture("retype")),
    ("module", "module-chase", lambda page: page.show_gesture("chase")),
    ("budget", "budget-project", lambda page: page.show_face("project")),
    ("budget", "budget-closing", lambda page: page.face("project").act("close")),
    ("import", "import-preview", lambda page: page.bring_in(demo.SHEET)),
    ("import", "import-refused", lambda page: page.preview.counters.choose("refused")),
    ("import", "import-year", lambda page: page.bring_in(demo.SHEET.with_name("suivi-annee-en-cours-2026.xlsx"))),
    ("import", "import-row", lambda page: page.preview.list.table.select_ids(page.preview.list.model.ids()[2:3])),
    ("reports", "reports-final", lambda page: page.certificates.choose_kind("final")),
)


def shots(window: MainWindow) -> Iterator[str]:
    """Brings each page, then each further face, to the front; yields its name when it is ready to be looked at."""
    for key in window.page_keys():
        window.go(key)
        settle()
        yield key
    for key, name, show in FACES:
        show(window.go(key))
        settle()
        wait(200)  # what is made a breath later
        settle()
        yield name


def shoot(path: Path, folder: Path) -> None:
    """Writes NAME-THEME-LANGUAGE.png of every face of the window on the file `path`."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for language in i18n.LANGUAGES:
        i18n.use(language)
        start.prepare(app)
        for name in theme.THEMES:
            theme.apply(app, name)
            beginning = start.StartPage()
            beginning.show()
            settle()
            beginning.grab().save(str(folder / f"start-{name}-{language}.png"))
            beginning.deleteLater()
            window = MainWindow(open_database(path), today=demo.TODAY)
            window.resize(SIZE)
            window.show()
            for shot in shots(window):
                window.grab().save(str(folder / f"{shot}-{name}-{language}.png"))
            window.close()
            settle()
            window.deleteLater()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_STATE_HOME"] = home
        example = Path(home) / "exemple.mobility"
        with create_database(example) as db:
            demo.fill(db, demo.TODAY)
        shoot(example, Path(sys.argv[1]))
        tasks.shutdown()
