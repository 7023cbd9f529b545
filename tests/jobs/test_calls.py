"""The life of a project on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mobility_app.actions import application, papers
from mobility_app.cli import main
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from tests.store import world

FIRST = "2026-1-FR01-KA121-VET-000000001"
NEXT = "2027-1-FR01-KA121-VET-000000002"


@pytest.fixture
def dossier(tmp_path: Path) -> str:
    path = tmp_path / "d.mobility"
    with open_database(path, create=True) as db:
        world.found(db, 3)
        with db.write(Label("a change")) as s:
            stays = queries.mobilities(s, today=world.TODAY)
            papers.set_state(s, [stays[0].id], "CONTRAT", "signed", world.TODAY)
    return str(path)


def test_a_new_call_its_needs_and_its_states(dossier: str, capsys) -> None:
    assert main(["project", "new-call", dossier, "--project", FIRST, "--reference", NEXT]) == 0
    with open_database(dossier) as db:
        with db.read() as s:
            new = next(row for row in queries.projects(s) if row.reference == NEXT)
            school = queries.organisation_ids(s, "sender")[0]
        with db.write(Label("a change")) as s:
            facts = {"activity": "VET_SHORT_TERM", "days": 14, "country": "ES", "distance_km": 830}
            application.ask(s, new.id, school, number=4, **facts)
    capsys.readouterr()
    assert main(["project", "needs", dossier, "--project", NEXT, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schools"][0]["requested_places"] == 4
    assert found["awarded"] is None
    assert main(["project", "needs", dossier, "--project", NEXT]) == 0
    assert "4 places demandées" in capsys.readouterr().out
    assert main(["project", "state", dossier, "closed", "--project", FIRST]) == 0
    assert main(["project", "state", dossier, "perdu", "--project", FIRST]) == 2
    assert "perdu" in capsys.readouterr().err


def test_moving_tells_what_is_to_be_done_again(dossier: str, capsys) -> None:
    assert main(["project", "new-call", dossier, "--reference", NEXT]) == 0
    capsys.readouterr()
    assert main(["project", "move", dossier, "--to", NEXT, "--ids", "1,2"]) == 0
    said = capsys.readouterr().out
    assert "2 mobilités basculées." in said
    assert said.count("Contrat à refaire") == 1
    assert said.count("portait BM") == 2
    assert main(["project", "move", dossier, "--to", NEXT]) == 2
    assert main(["project", "move", dossier, "--to", NEXT, "--ids", "1"]) == 2
    assert NEXT in capsys.readouterr().err
    with open_database(dossier) as db, db.read() as s:
        moved = [row.project_id for row in queries.mobilities(s, today=world.TODAY)]
    assert len(set(moved[:2])) == 1
    assert moved[2] != moved[0]
