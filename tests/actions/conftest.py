"""A dossier with one project, on both engines."""

import datetime as dt
from collections.abc import Iterator

import pytest

from mobility_app.jobs import dossiers
from mobility_app.store import queries, reference
from mobility_app.store.database import Database, open_database
from mobility_app.store.journal import Label

TODAY = dt.date(2027, 3, 15)
REFERENCE = "2026-1-FR01-KA121-VET-000212345"


@pytest.fixture
def db(dossier) -> Iterator[Database]:
    with open_database(dossier) as db:
        yield db


@pytest.fixture
def project_id(db: Database) -> str:
    with db.write(Label("new project")) as s:
        return dossiers.add_project(s, REFERENCE, rates=reference.example_rows(2026))


@pytest.fixture
def stays(db: Database):
    """The mobilities as frozen rows, by number."""

    def read():
        with db.read() as s:
            return queries.mobilities(s, today=TODAY)

    return read
