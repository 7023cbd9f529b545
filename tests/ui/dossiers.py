"""A small dossier for the tests of the pages: one project with rates, three schools' worth of people, real files."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mobility_app.actions import mobilities, organisations, participants, payments, projects
from mobility_app.store import queries, reference
from mobility_app.store.database import Database, create_database, open_database
from mobility_app.store.journal import Label
from mobility_app.ui.desk import Desk
from mobility_app.ui.page import Page
from tests.ui.screen import settle

TODAY = dt.date(2027, 3, 15)
REFERENCE = "2026-1-FR01-KA121-VET-000212345"
PEOPLE = (
    ("Martin", "Maëlys", "LP Jeanne-Barret", "ES", dt.date(2027, 1, 11), dt.date(2027, 2, 7)),
    ("Dubois", "Zoé", "LP Jeanne-Barret", "DE", dt.date(2027, 3, 1), dt.date(2027, 3, 28)),
    ("N’Guyen", "Linh", "CFA Numérique", "IT", dt.date(2027, 5, 3), dt.date(2027, 5, 30)),
    ("Œuvrard", "Noé", "CFA Numérique", "PL", dt.date(2027, 5, 3), dt.date(2027, 5, 30)),
)


def fill(db: Database, *, rates: str = "example") -> str:
    """One project with its four people, one host each country; `rates` are "example" or "published"."""
    rows = reference.example_rows(2026) if rates == "example" else reference.rate_rows(2026)
    with db.write(Label("dossier")) as s:
        project = projects.create(
            s,
            reference=REFERENCE,
            call_year=2026,
            action="KA121-VET",
            title="Consortium CMQ",
            start=dt.date(2026, 6, 1),
            end=dt.date(2027, 8, 31),
            rates=rows,
        )
        for last, first, school, country, start, end in PEOPLE:
            sender = organisations.find_or_add(s, "sender", school)
            host = organisations.find_or_add(s, "host", f"Atelier {country}", country=country, town="Ville")
            person = participants.add(
                s,
                last_name=last,
                first_name=first,
                organisation_id=sender,
                birth_date=dt.date(2008, 5, 4),
                status="pupil",
            )
            stay = mobilities.add(
                s,
                project,
                person,
                activity="VET_SHORT_TERM",
                country=country,
                town="Ville",
                start=start,
                end=end,
                travel_days=2,
                distance_km=900,
                sending_id=sender,
                host_id=host,
            )
        payments.add(s, stay, "advance", 50000, dt.date(2027, 2, 1))
    return project


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "dossier.mobility"
    with create_database(path) as db:
        fill(db)
    return path


@pytest.fixture
def desk(filled_file: Path, tmp_path: Path, qapp: object) -> Iterator[Desk]:
    """A desk on a copy of the small dossier, its project chosen."""
    db = open_database(shutil.copy(filled_file, tmp_path / "dossier.mobility"))
    desk = Desk(db, today=TODAY)
    with db.read() as s:
        desk.choose(queries.projects(s)[0])
    yield desk
    settle()
    db.close()


@pytest.fixture
def bare_desk(tmp_path: Path, qapp: object) -> Iterator[Desk]:
    """A desk on a dossier with nothing in it."""
    db = create_database(tmp_path / "vide.mobility")
    yield Desk(db, today=TODAY)
    settle()
    db.close()


def opened(qtbot, page: Page) -> Page:
    """The page as she sees it, all its answers there."""
    qtbot.addWidget(page)
    page.resize(1138, 672)
    page.show()
    page.opened()
    settle()
    settle()  # some pages ask once their second half is made
    return page


def undo(desk: Desk) -> None:
    desk.db.undo()
    settle()


def spaced(text: str) -> str:
    """A text with plain spaces in the place of those that no line may break at."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
