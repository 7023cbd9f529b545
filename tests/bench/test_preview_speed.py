"""The preview of an import with 10,000 rows: what she does there never keeps the window waiting."""

from __future__ import annotations

import datetime as dt
import time
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.jobs.collector import resting
from mobility_app.store.database import create_database
from mobility_app.ui.desk import Desk
from mobility_app.ui.page_import import ImportPage
from tests.bench.test_import_speed import _COLUMNS, ROWS, rows
from tests.ui.dossiers import opened
from tests.ui.screen import settle, wait

pytestmark = pytest.mark.bench

HELD = 0.05
TITLES = ("Nom", "Prénom", "Né(e) le", "Établissement", "Statut", "Activité", "Pays", "Ville", "Hôte", "Départ")
TITLES = (*TITLES, "Retour", "Observations", "Prix billet")


def large_book() -> Book:
    cells = [SheetRow(1, ("Mobilités (2026-1-FR01-KA121-VET-000212345)",)), SheetRow(2, TITLES)]
    cells += [SheetRow(row.number + 1, (*map(row.values.get, _COLUMNS.split()), "137")) for row in rows()]
    return Book("grand.xlsx", (Sheet("Suivi", tuple(cells)),))


def test_the_window_answers_while_a_large_sheet_is_looked_at(tmp_path: Path, qtbot, capsys) -> None:
    with resting():  # as a book that was read from a file
        book = large_book()
    with create_database(tmp_path / "vide.mobility") as db:
        page = opened(qtbot, ImportPage(Desk(db, today=dt.date(2027, 3, 15))))
        preview = page.preview
        model, table = preview.list.model, preview.list.table
        gestures = {
            "open": lambda: page._opened(Path("grand.xlsx"), book),
            "search": lambda: page.search("granada"),
            "all again": lambda: page.search(""),
            "sort": lambda: table._sort_by(model.column("last_name")),
            "choose all": table.selectAll,
            "leave out": lambda: preview.list.bar.buttons()[0].click(),
            "as proposed": lambda: preview.list.bar.buttons()[0].click(),
            "correct a cell": lambda: preview._correct(model.row(5), "town", "Jaén"),
        }
        held = {name: min(_held(act) for _round in range(3)) for name, act in gestures.items()}
        settle()
    with capsys.disabled():
        print("\n" + " · ".join(f"{name} {seconds * 1000:.0f} ms" for name, seconds in held.items()))
    assert len(preview.understood.rows) == ROWS
    assert max(held.values()) < HELD


def _held(act) -> float:
    """The longest time in seconds between two beats of the window's own clock, until nothing is left to do."""
    beats = [time.perf_counter()]
    clock = QTimer()
    clock.timeout.connect(lambda: beats.append(time.perf_counter()))
    clock.start(1)
    act()
    settle(60_000)
    wait(300)  # what is made a breath later
    clock.stop()
    return max(later - earlier for earlier, later in pairwise(beats))
