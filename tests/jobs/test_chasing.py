"""Reports chase on a real file: messages, drafts, her words, reminders, and the command."""

from __future__ import annotations

import datetime as dt
import email
import json
from email import policy
from pathlib import Path

import pytest

from mobility_app.actions import chasing, message_texts, organisations, papers, participants
from mobility_app.cli import main
from mobility_app.errors import UserError
from mobility_app.jobs import beneficiary_memory as memory
from mobility_app.jobs import chasing as job
from mobility_app.store import queries
from mobility_app.store.database import Database, create_database
from mobility_app.store.journal import Label
from tests.jobs import module_dossier
from tests.jobs.module_dossier import rows

TODAY = dt.date(2027, 4, 1)  # all are back
OUT = ("ROUX", "LEFT", "MAYBE", "OFF")  # accompanying, or not taking place


@pytest.fixture
def db(tmp_path: Path):
    with create_database(tmp_path / "dossier.mobility") as db:
        module_dossier.found(db)
        found = rows(db)
        with db.write(Label("people")) as s:
            organisations.change(s, found["MARTIN"].sending_id, email="ddfpt@lycee.exemple.test")
            for name in found.keys() - {"MARTIN"} - set(OUT):
                participants.change(s, found[name].participant_id, birth_date=dt.date(2000, 1, 1))
            participants.change(s, found["GREEN"].participant_id, email=None)
            participants.change(s, found["MARTIN"].participant_id, birth_date=dt.date(2010, 1, 1))
        yield db


def read(db: Database) -> job.Chase:
    with db.read() as s:
        return job.read(s, queries.projects(s)[0], today=TODAY)


def names(chase: job.Chase) -> list[str]:
    return [one.row.last_name for one in chase.owing]


def test_the_school_is_told_of_all_and_people_are_hidden_from_one_another(db: Database) -> None:
    chase = read(db)
    assert sorted(names(chase)) == sorted(rows(db).keys() - set(OUT))
    (school,) = chase.schools
    message = job.message(chase, school, "school")
    assert (message.to, message.bcc) == (("ddfpt@lycee.exemple.test",), ())
    assert all(one.row.full_name in message.text for one in chase.owing)
    assert "Lycée Jean-Moulin" in message.text
    assert "{" not in message.subject + message.text
    people = job.message(chase, school, "people")
    assert people.to == ()
    assert len(people.bcc) == len(chase.owing) - 2
    told = job.through_school(school)
    assert "MARTIN Maëlys (mineur)" in told
    assert "GREEN Anna (sans adresse électronique)" in told
    assert rows(db)["MARTIN"].email not in people.bcc


def test_one_person_alone_is_written_to_openly(db: Database) -> None:
    chase = read(db)
    (school,) = chase.schools
    alone = job.School(school.id, school.name, school.to, school.direct[:1])
    assert job.message(chase, alone, "people").to == (school.direct[0].row.email,)


def test_undelivered_invitations_come_first(db: Database) -> None:
    chase = read(db)
    last = chase.owing[-1]
    memory.keep_known(db, chase.project, organisations={}, reports={last.id: "Undelivered email"}, today=TODAY)
    chase = read(db)
    assert chase.owing[0].id == last.id
    assert "n’est pas arrivée" in job.message(chase, chase.schools[0], "school").text.splitlines()[4]


def test_a_paper_that_is_in_ends_the_chase(db: Database) -> None:
    before = names(read(db))
    with db.write(Label("paper")) as s:
        papers.set_state(s, [rows(db)["GREEN"].id], "RAPP", "signed", TODAY)
    assert names(read(db)) == [name for name in before if name != "GREEN"]


def test_her_words_are_kept_as_one_step_and_fields_have_french_names(db: Database) -> None:
    assert "{établissement}" in read(db).words["school"][1]
    with db.write(Label("words")) as s:
        message_texts.keep(
            s, job.KINDS["school"], "  Relance {projet}\n", "À {établissement} : {nombre}\n{list}\n{nom}"
        )
    chase = read(db)
    message = job.message(chase, chase.schools[0], "school")
    assert message.subject == "Relance 2026 · KA121-VET"
    assert message.text.startswith(f"À Lycée Jean-Moulin : {len(chase.owing)}\n– ")
    assert message.text.endswith("\n{nom}")
    db.undo()
    assert read(db).own == frozenset()
    with pytest.raises(UserError), db.write(Label("words")) as s:
        message_texts.keep(s, job.KINDS["school"], " ", "x")


def test_a_reminder_is_one_step_and_noted_once_a_day(db: Database) -> None:
    ids = [one.id for one in read(db).owing]
    with db.write(Label("reminder")) as s:
        assert chasing.note(s, ids, TODAY) == len(ids)
    with db.write(Label("reminder")) as s:
        assert chasing.note(s, ids, TODAY) == 0
    assert {one.chased for one in read(db).owing} == {TODAY}
    db.undo()
    assert {one.chased for one in read(db).owing} == {None}


def test_the_command_writes_drafts_and_notes_the_reminder(db: Database, tmp_path: Path, capsys) -> None:
    path, out = str(db.path), tmp_path / "drafts"
    held = db.path.read_bytes()
    db.close()
    command = ["reports-chase", path, "--out", str(out), "--json", "--today", TODAY.isoformat()]
    assert main(command) == 0
    found = json.loads(capsys.readouterr().out)
    assert Path(path).read_bytes() == held
    assert (found["missing"], len(found["files"])) == (6, 2)
    (school,) = found["schools"]
    assert {person["through"] for person in school["missing"]} == {None, "minor", "no_email"}
    drafts = [email.message_from_bytes(Path(f).read_bytes(), policy=policy.default) for f in found["files"]]
    assert [draft["X-Unsent"] for draft in drafts] == ["1", "1"]
    assert drafts[0]["To"] == "ddfpt@lycee.exemple.test"
    assert drafts[1]["To"] is None
    assert len(drafts[1]["Bcc"].addresses) == 4
    assert main([*command[:2], "--note", *command[4:]]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["files"] == []
    assert main([*command[:2], *command[4:]]) == 0
    after = json.loads(capsys.readouterr().out)
    assert {person["chased"] for person in after["schools"][0]["missing"]} == {TODAY.isoformat()}
