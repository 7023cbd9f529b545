"""The open export: every row of every table, readable without the program, nothing that runs in a spreadsheet."""

import csv
import io
import json
import zipfile

import pytest

from mobility_app.actions import mobilities, participants, settings
from mobility_app.jobs import dossiers, reports
from mobility_app.store import reference
from mobility_app.store.columns import Base
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.store.schema import JOURNALED
from tests.actions.conftest import REFERENCE, TODAY


@pytest.fixture
def archive(dossier, tmp_path):
    path = tmp_path / "tout.zip"
    with open_database(dossier) as db:
        with db.write(Label("fill")) as s:
            project = dossiers.add_project(s, REFERENCE, rates=reference.example_rows(2026))
            person = participants.add(s, last_name="=2+3", first_name="Éloïse")
            mobilities.add(s, project, person, country="ES", distance_km=800)
            gone = participants.add(s, last_name="Partie", first_name="Zoé")
            settings.put(s, "secret", {"key": "00ff"})
        with db.write(Label("bin")) as s:
            participants.remove(s, gone)
        reports.open_export(db, path, today=TODAY)
    with zipfile.ZipFile(path) as opened:
        yield {name: opened.read(name) for name in opened.namelist()}


def rows_of(archive, table: str) -> list[dict[str, str]]:
    text = archive[f"csv/{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_every_business_table_is_there_in_both_forms(archive) -> None:
    tables = json.loads(archive["data.json"])["tables"]
    assert set(tables) == set(JOURNALED)
    for name, rows in tables.items():
        assert len(rows_of(archive, name)) == len(rows)
    described = {(row["table"], row["column"]) for row in csv.DictReader(
        io.StringIO(archive["dictionary.csv"].decode("utf-8-sig")), delimiter=";")}  # fmt: skip
    assert described == {(name, column) for name in tables for column in rows_of_header(archive, name)}


def rows_of_header(archive, table: str) -> list[str]:
    return archive[f"csv/{table}.csv"].decode("utf-8-sig").splitlines()[0].split(";")


def test_values_are_whole_and_texts_do_not_run(archive) -> None:
    people = json.loads(archive["data.json"])["tables"]["participant"]
    assert [person["last_name"] for person in people] == ["=2+3"]  # the bin stays here
    assert [row["last_name"] for row in rows_of(archive, "participant")] == ["'=2+3"]
    assert json.loads(archive["data.json"])["tables"]["mobility"][0]["distance_km"] == 800


def test_the_key_of_the_codes_does_not_leave(archive) -> None:
    assert not any(b"00ff" in content for content in archive.values())


def test_references_point_to_what_comes_before() -> None:
    order = [table.name for table in Base.metadata.sorted_tables if table.name in JOURNALED]
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if table.name in JOURNALED:
                assert order.index(key.column.table.name) <= order.index(table.name)
