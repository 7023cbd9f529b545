"""Typing the needs of the schools on the command line, and telling each school what it got."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mobility_app.actions import projects
from mobility_app.cli import main
from mobility_app.store import queries, reference
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from tests.store import world

FIRST = "2026-1-FR01-KA121-VET-000000001"
NEXT = "2027-1-FR01-KA121-VET-000000002"
ASKED = ["--activity", "LM-SHORT-VET", "--country", "es", "--days", "14", "--places", "4", "--distance", "830"]


@pytest.fixture
def dossier(tmp_path: Path) -> str:
    path = tmp_path / "d.mobility"
    with open_database(path, create=True) as db:
        world.found(db, 3)
        with db.write(Label("a change")) as s:
            projects.apply_rates(s, queries.projects(s)[0].id, reference.example_rows(2026))
    assert main(["project", "new-call", str(path), "--project", FIRST, "--reference", NEXT]) == 0
    return str(path)


def school(dossier: str) -> str:
    with open_database(dossier) as db, db.read() as s:
        return queries.organisations(s, queries.organisation_ids(s, "sender"))[0].name


def needs(dossier: str, capsys, *more: str) -> dict:
    capsys.readouterr()
    assert main(["project", "needs", dossier, "--project", NEXT, *more, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_need_is_typed_estimated_and_taken_away(dossier: str, capsys) -> None:
    name = school(dossier)
    found = needs(dossier, capsys, "--add", name[:6].lower(), *ASKED, "--adults", "1", "--green", "5")
    (need,) = found["needs"]
    assert (need["number"], need["school"], need["activity"], need["country"]) == (1, name, "VET_SHORT_TERM", "ES")
    assert (need["places"], need["days"], need["adults"], need["green"], need["distance"]) == (4, 14, 1, 5, 830)
    assert found["rates_of"] == FIRST
    assert float(found["requested"]) > float(need["requested"]) > 0  # organisational support comes on top
    assert needs(dossier, capsys, "--remove", "1")["needs"] == []
    assert main(["undo", dossier]) == 0
    assert len(needs(dossier, capsys)["needs"]) == 1
    capsys.readouterr()
    assert main(["project", "needs", dossier, "--project", NEXT]) == 0
    said = capsys.readouterr().out
    assert "4 places × 14 jours" in said.replace("\u00a0", " ")
    assert FIRST in said


def test_a_country_that_is_not_known_yet_leaves_the_estimate_unknown(dossier: str, capsys) -> None:
    facts = ["--activity", "VET_SHORT_TERM", "--days", "14", "--places", "4"]
    assert needs(dossier, capsys, "--add", school(dossier), *facts)["requested"] is None


@pytest.mark.parametrize("wrong", [
    ["--add", "Lycée inconnu", *ASKED],
    ["--add", "Lycée", "--days", "3"],
    ["--remove", "7"],
    ["--add", "Lycée", *ASKED, "--remove", "1"],
])  # fmt: skip
def test_what_cannot_be_is_refused_in_one_line(dossier: str, capsys, wrong: list[str]) -> None:
    capsys.readouterr()
    assert main(["project", "needs", dossier, "--project", NEXT, *wrong]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert needs(dossier, capsys)["needs"] == []


def test_each_school_is_told_its_places(dossier: str, tmp_path: Path, capsys) -> None:
    out = tmp_path / "places.pdf"
    assert main(["project", "places", dossier, "--project", NEXT, "--out", str(out)]) == 2  # nobody asks yet
    needs(dossier, capsys, "--add", school(dossier), *ASKED)
    for name in ("places.pdf", "places.xlsx", "folder"):
        assert main(["project", "places", dossier, "--project", NEXT, "--out", str(tmp_path / name)]) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert [path.suffix for path in (tmp_path / "folder").iterdir()] == [".pdf"]


def test_closing_tells_what_is_still_open(dossier: str, capsys) -> None:
    capsys.readouterr()
    assert main(["project", "state", dossier, "closed", "--project", FIRST, "--today", "2027-03-15"]) == 0
    assert capsys.readouterr().out.count("Encore ouvert") > 1
