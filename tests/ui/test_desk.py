"""What a colleague writes on the server reaches the pages of this window."""

import pytest

from mobility_app.actions import projects
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.ui.desk import Desk
from tests.ui.dossiers import TODAY, fill
from tests.ui.screen import settle


@pytest.mark.postgres
def test_news_of_a_colleague_is_told_to_the_pages(postgres_url, eve_on, qtbot):
    with open_database(postgres_url, create=True) as db:
        fill(db)
        desk = Desk(db, today=TODAY)
        desk.ask_news()
        settle()
        told = []
        desk.changed.connect(told.append)
        with open_database(eve_on(postgres_url)) as colleague:
            with colleague.read() as s:
                project = queries.projects(s)[0]
            with colleague.write(Label("title")) as s:
                projects.change(s, project.id, title="Autre titre")
        assert told == []
        desk.ask_news()
        settle()
        assert [changes.touched("project") for changes in told] == [True]
