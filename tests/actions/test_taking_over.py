"""A year in progress taken over from her own workbook: one tab a school, colours, ticked papers, payments, comments."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from mobility_app.actions import mobilities, papers, settings
from mobility_app.core.incoming import Column, ImportRow, Table
from mobility_app.core.tracking import PaperState
from mobility_app.jobs import dossiers, todo
from mobility_app.jobs import importing as job
from mobility_app.store import queries, reference
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.store.schema import Paper, Payment

DATA = Path(__file__).parent.parent / "data"
SHEET = DATA / "suivi-annee-en-cours-2026.xlsx"
EXPECTED = json.loads(SHEET.with_suffix(".expected.json").read_text("utf-8"))
REFERENCE = "2026-1-FR01-KA121-VET-000298765"
TODAY = dt.date(2027, 2, 1)
CUT_OFF = dt.date.fromisoformat(EXPECTED["cut_off"])


@pytest.fixture
def db(dossier):
    with open_database(dossier) as db:
        with db.write(Label("new project")) as s:
            dossiers.add_project(s, REFERENCE, rates=reference.example_rows(2026))
        yield db


def bring_in(db, *, cut_off=None):
    chosen = job.preview(db, job.understand(db, SHEET), None, today=TODAY, cut_off=cut_off)
    job.write(db, chosen)
    return chosen.plan


def test_every_tab_is_read_and_every_figure_is_as_counted(db) -> None:
    plan = bring_in(db)
    found = job.summary(plan)
    assert found["sheets"] == EXPECTED["sheets"]
    assert [{"sheet": row["sheet"], "row": row["row"]} for row in found["refused"]] == EXPECTED["refused"]
    assert [{"sheet": row["sheet"], "row": row["row"]} for row in found["duplicates"]] == EXPECTED["duplicates"]
    assert found["duplicates"][0]["same_as"] == 6
    with db.read() as s:
        rows = queries.mobilities(s, today=TODAY)
        states = Counter(s.scalars(select(Paper.state)))
        paid = Counter(s.scalars(select(Payment.kind)))
        sums = dict(s.execute(select(Payment.reference, Payment.cents)).all())
        given = sum(s.scalars(select(Payment.cents).where(Payment.kind == "advance", Payment.reference.is_(None))))
    assert len(rows) == EXPECTED["mobilities"]
    assert {row.sending_organisation for row in rows} == set(EXPECTED["sheets"])
    assert Counter(row.country for row in rows) == EXPECTED["countries"]
    assert sum(row.days or 0 for row in rows) == EXPECTED["total_days"]
    assert Counter(row.decision for row in rows)["withdrawn"] == EXPECTED["withdrawn"]
    assert dict(states) == EXPECTED["papers"]
    assert dict(paid) == {"advance": EXPECTED["advances"], "balance": EXPECTED["balances"]}
    assert given == EXPECTED["amounts_of_the_sheet"]
    assert sums["reprise, montant calculé"] > 0


def test_comments_colours_and_unread_ticks_join_the_notes(db) -> None:
    bring_in(db)
    with db.read() as s:
        notes = [row.notes or "" for row in queries.mobilities(s, today=TODAY)]
    assert sum("Chambre avec Manon, arrivée le dimanche" in note for note in notes) == EXPECTED["comments"]
    colour = "Couleur\N{NO-BREAK SPACE}: dossier à vérifier avec le lycée"
    assert sum(colour in note for note in notes) == EXPECTED["remarks_of_colour"]
    assert sum("Rapport : voir Mme Duval" in note for note in notes) == EXPECTED["unread_papers"]
    assert sum(note.startswith("RAS\nChambre") for note in notes) == 3
    assert not any("parti" in note for note in notes)


@pytest.mark.parametrize("cut_off", [None, CUT_OFF])
def test_a_second_time_changes_nothing_and_one_undo_takes_all_back(db, cut_off) -> None:
    first = bring_in(db, cut_off=cut_off)
    again = bring_in(db, cut_off=cut_off)
    assert not again.writes
    assert again.count("unchanged") == EXPECTED["mobilities"]
    assert job.summary(again)["duplicates"] == job.summary(first)["duplicates"]
    db.undo()
    with db.read() as s:
        assert not queries.mobilities(s, today=TODAY)
        assert not list(s.scalars(select(Paper.id)))
        assert not list(s.scalars(select(Payment.id)))


def test_before_the_cut_off_no_paper_is_late(db) -> None:
    bring_in(db, cut_off=CUT_OFF)
    with db.read() as s:
        project = queries.projects(s)[0]
        rows = {row.id: row for row in queries.mobilities(s, today=TODAY)}
        assert settings.get(s, todo.CUT_OFF) == {"day": "2027-01-01"}
        taken_over = list(s.scalars(select(Paper).where(Paper.reason == "suivi hors application")))
    assert taken_over
    for paper in taken_over:
        row = rows[paper.mobility_id]
        assert (row.end if paper.kind in ("ATT", "RAPP", "EUROPASS") else row.start) < CUT_OFF
    ours = {row.id for row in rows.values() if row.start < CUT_OFF}
    lines = todo.todo(db, project.id, today=TODAY, horizon=None)[1]
    late = {"contract_due", "agreements_due", "certificate_due", "report_due", "europass_due", "balance_due"}
    assert not [line.code for line in lines if line.code in late and ours & set(line.ids)]


# ---- one row at a time


HEADERS = ("last_name", "first_name", "start", "end", "paper:CONTRAT", "paper:LA", "payment:advance")


def table(**values) -> Table:
    first = {"last_name": "Arnould", "first_name": "Léo", "start": dt.date(2027, 3, 1), "end": dt.date(2027, 3, 14)}
    columns = tuple(Column(n, key, key, False, False) for n, key in enumerate(HEADERS))
    remarks = values.pop("remarks", ())
    row = ImportRow(5, first | values, {}, (), remarks=remarks)
    return Table("Suivi", 1, columns, (row,), "", "", ())


def apply(db, **values):
    chosen = job.preview(db, table(**values), REFERENCE, today=TODAY)
    job.write(db, chosen)
    return chosen.plan.rows[0]


def paper(db, kind="CONTRAT") -> tuple[str, dt.date | None]:
    with db.read() as s:
        found = list(s.scalars(select(Paper).where(Paper.kind == kind, Paper.deleted.is_(None))))
    assert len(found) == 1
    return found[0].state, found[0].signed


DAY = dt.date(2027, 1, 15)


@pytest.mark.parametrize(
    ("known", "said", "state"),
    [
        (PaperState("sent", DAY), PaperState("signed", DAY), ("signed", DAY)),
        (PaperState("signed"), PaperState("signed", DAY), ("signed", DAY)),
        (PaperState("signed", DAY), PaperState("sent"), ("signed", DAY)),
        (PaperState("signed", DAY), PaperState("signed", dt.date(2027, 1, 20)), ("signed", DAY)),
        (PaperState("signed", DAY), None, ("signed", DAY)),
        (PaperState("signed", DAY), PaperState("not_applicable", None, "so"), ("signed", DAY)),
    ],
)
def test_a_paper_only_moves_on(db, known, said, state) -> None:
    apply(db, **{"paper:CONTRAT": known})
    apply(db, **{"paper:CONTRAT": said})
    assert paper(db) == state


def test_a_paper_verified_by_hand_is_left_alone(db) -> None:
    apply(db, **{"paper:CONTRAT": PaperState("signed")})
    with db.read() as s:
        id_ = queries.mobilities(s, today=TODAY)[0].id
    with db.write(Label("paper")) as s:
        papers.set_state(s, [id_], "CONTRAT", "verified", DAY)
    assert apply(db, **{"paper:CONTRAT": PaperState("signed", DAY)}).decision == "unchanged"


def test_a_payment_is_entered_once_and_never_changed_by_a_sheet(db) -> None:
    money = {"payment:advance": DAY, "payment:advance_cents": 80_000}
    assert apply(db, **money).decision == "add"
    assert apply(db, **money).decision == "unchanged"
    other = apply(db, **money | {"payment:advance_cents": 90_000})
    assert other.decision == "unchanged"
    assert "déjà" in " ".join(sentence for _column, sentence in job.reasons(other))
    with db.read() as s:
        assert list(s.scalars(select(Payment.cents))) == [80_000]


def test_a_payment_without_a_known_sum_is_a_note(db) -> None:
    apply(db, **{"payment:advance": DAY})
    with db.read() as s:
        assert queries.mobilities(s, today=TODAY)[0].notes == "Avance versée le 15/01/2027 (montant inconnu)"
        assert not list(s.scalars(select(Payment.id)))


def test_a_remark_is_added_to_notes_that_she_changed_by_hand(db) -> None:
    apply(db, notes="RAS")
    with db.read() as s:
        id_ = queries.mobilities(s, today=TODAY)[0].id
    with db.write(Label("notes")) as s:
        mobilities.change(s, id_, notes="A changé de tuteur")
    row = apply(db, notes="RAS", remarks=("Chambre 4",))
    assert row.kept["notes"].ours == "A changé de tuteur"
    with db.read() as s:
        assert queries.mobilities(s, today=TODAY)[0].notes == "A changé de tuteur\nChambre 4"
