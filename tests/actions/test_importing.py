"""The sheet of a consortium in: the figures that are known of it, twice the same, one undo, one redo."""

import datetime as dt
import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from mobility_app.actions import deciding, importing, mobilities, projects
from mobility_app.core.incoming import Column, ImportRow, Problem, Table
from mobility_app.errors import UserError
from mobility_app.i18n import text
from mobility_app.jobs import dossiers
from mobility_app.jobs import importing as job
from mobility_app.store import queries
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label
from mobility_app.store.schema import Distinct
from tests.actions.conftest import TODAY

DATA = Path(__file__).parent.parent / "data"
SHEET = DATA / "suivi-mobilites-2026.xlsx"
EXPECTED = json.loads((DATA / "suivi-mobilites-2026.expected.json").read_text("utf-8"))


def bring_in(db, table, project=None):
    chosen = job.preview(db, table, project, today=TODAY)
    job.write(db, chosen)
    return chosen.plan


def test_the_sample_gives_the_figures_that_are_known_of_it(dossier) -> None:
    with open_database(dossier) as db:
        table = job.understand(db, SHEET)
        plan = bring_in(db, table)
        assert [row.row.number for row in plan.chosen("refused")] == [row["row"] for row in EXPECTED["refused"]]
        assert [row.row.number for row in plan.chosen("duplicate")] == [row["row"] for row in EXPECTED["duplicates"]]
        found = dossiers.info(db, None, today=TODAY)
        for key in ("mobilities", "persons", "hosts", "senders", "total_days", "green", "inclusion", "countries"):
            assert found[key] == EXPECTED[key], key
        again = bring_in(db, table)
        assert again.count("unchanged") == EXPECTED["mobilities"]
        assert not again.writes
        assert job.summary(again)["duplicates"] == job.summary(plan)["duplicates"]
        assert job.summary(again)["refused"] == job.summary(plan)["refused"]
        db.undo()
        assert dossiers.info(db, None, today=TODAY)["persons"] == 0
        db.redo()
        assert dossiers.info(db, None, today=TODAY)["total_days"] == EXPECTED["total_days"]


def test_the_duplicates_name_the_row_that_they_double(dossier) -> None:
    with open_database(dossier) as db:
        plan = job.preview(db, job.understand(db, SHEET), None, today=TODAY).plan
    rows = {row.row.number: row.row.values for row in plan.rows}
    for row in plan.chosen("duplicate"):
        assert rows[row.same_as]["start"] == row.row.values["start"]


# ---- small tables


def person(number: int, **values) -> ImportRow:
    first = {"last_name": "Lefèvre", "first_name": "Anne-Zoé", "birth_date": dt.date(2008, 5, 4), "country": "ES"}
    stay = {"start": dt.date(2027, 3, 1), "end": dt.date(2027, 3, 14), "activity": "VET_SHORT_TERM"}
    own = values.pop("own", {})
    return ImportRow(number, {**first, **stay, **values}, own, ())


def table(*rows: ImportRow) -> Table:
    headers = (Column(0, "Nom", "last_name", False, False), Column(1, "Prix billet", None, True, False))
    return Table("Suivi", 1, headers, rows, "", "", ())


def plan_of(db, project_id: str, *rows: ImportRow, **options):
    with db.read() as s:
        return importing.plan(s, table(*rows), project_id, today=TODAY, **options)


def apply(db, project_id: str, *rows: ImportRow):
    plan = plan_of(db, project_id, *rows)
    with db.write(Label("import")) as s:
        importing.apply(s, plan, project_id)
    return plan


@pytest.mark.parametrize(
    ("last", "first"), [("LEFEVRE", "ANNE ZOE"), ("Lefevre", "annezoé"), ("Lefe\u0300vre", "Anne\u2010Zoé")]
)
def test_the_same_person_is_known_again_however_typed(db, project_id, last, first) -> None:
    apply(db, project_id, person(2))
    plan = plan_of(db, project_id, person(9, last_name=last, first_name=first))
    assert [row.decision for row in plan.rows] == ["unchanged"]


def test_homonyms_born_on_another_day_are_two_people(db, project_id, stays) -> None:
    apply(db, project_id, person(2), person(3, birth_date=dt.date(2009, 1, 2)))
    assert len({row.participant_id for row in stays()}) == 2


def test_of_homonyms_without_birth_date_the_stay_tells_who_it_is(db, project_id) -> None:
    later = {"start": dt.date(2027, 5, 1), "end": dt.date(2027, 5, 20)}
    apply(db, project_id, person(2), person(3, birth_date=dt.date(2009, 1, 2), **later))
    plan = plan_of(db, project_id, person(2, birth_date=None), person(3, birth_date=None, **later))
    assert [row.decision for row in plan.rows] == ["unchanged", "unchanged"]
    assert len({row.mobility_id for row in plan.rows}) == 2


def test_a_second_stay_of_a_person_is_added_not_doubled(db, project_id, stays) -> None:
    later = {"start": dt.date(2027, 5, 1), "end": dt.date(2027, 5, 20)}
    apply(db, project_id, person(2), person(3, **later))
    assert len(stays()) == 2
    assert len({row.participant_id for row in stays()}) == 1


def test_changed_cells_change_and_empty_ones_do_not(db, project_id, stays) -> None:
    apply(db, project_id, person(2, town="Granada", notes="RAS"))
    plan = apply(db, project_id, person(2, end=dt.date(2027, 3, 21), town=None, notes=None))
    assert dict(plan.rows[0].changes) == {"end": (dt.date(2027, 3, 14), dt.date(2027, 3, 21))}
    assert (stays()[0].end, stays()[0].town, stays()[0].notes) == (dt.date(2027, 3, 21), "Granada", "RAS")


def test_a_moved_start_changes_the_only_stay(db, project_id, stays) -> None:
    apply(db, project_id, person(2))
    plan = apply(db, project_id, person(2, start=dt.date(2027, 3, 8), end=dt.date(2027, 3, 21)))
    assert plan.rows[0].decision == "change"
    assert [row.start for row in stays()] == [dt.date(2027, 3, 8)]


def test_the_module_id_finds_the_stay_whatever_else_changed(db, project_id, stays) -> None:
    apply(db, project_id, person(2, bm_id="212345-MOB-00001"))
    plan = apply(db, project_id, person(2, bm_id="212345-MOB-00001", last_name="Lefèvre-Dubois"))
    assert plan.rows[0].decision == "change"
    assert [row.last_name for row in stays()] == ["Lefèvre-Dubois"]


def test_the_same_stay_twice_in_one_sheet_is_a_duplicate(db, project_id, stays) -> None:
    plan = apply(db, project_id, person(2), person(7, first_name="ANNE ZOE"))
    assert [(row.decision, row.same_as) for row in plan.rows] == [("add", 0), ("duplicate", 2)]
    assert len(stays()) == 1


@pytest.mark.parametrize(("policy", "decisions"), [("add", ["unchanged", "add"]), ("update", ["change", "unchanged"])])
def test_the_policy_chooses_between_adding_and_updating(db, project_id, policy, decisions) -> None:
    apply(db, project_id, person(2))
    rows = person(2, town="Sevilla"), person(3, birth_date=dt.date(2009, 1, 2))
    assert [row.decision for row in plan_of(db, project_id, *rows, policy=policy).rows] == decisions


def test_own_columns_are_kept_and_updated(db, project_id, stays) -> None:
    apply(db, project_id, person(2, own={"Prix billet": "137"}))
    assert stays()[0].own == {"Prix billet": "137"}
    apply(db, project_id, person(2, own={"Prix billet": "150"}))
    assert stays()[0].own == {"Prix billet": "150"}


def test_hosts_of_one_name_in_two_countries_are_two(db, project_id) -> None:
    apply(db, project_id, person(2, host="Hotel Sol"), person(3, first_name="Paul", host="HOTEL SOL", country="PT"))
    with db.read() as s:
        assert sorted(row.country for row in queries.organisations(s)) == ["ES", "PT"]


def test_schools_are_known_again_and_take_the_code_that_they_lacked(db, project_id) -> None:
    apply(db, project_id, person(2, sending_organisation="Lycée Jean-Barret"))
    again = {"sending_organisation": "LYCEE JEAN BARRET", "sending_uai": "0281706C"}
    apply(db, project_id, person(3, first_name="Paul", **again))
    with db.read() as s:
        assert [(row.name, row.uai) for row in queries.organisations(s)] == [("Lycée Jean-Barret", "0281706C")]


def test_refused_rows_bring_nothing_in(db, project_id, stays) -> None:
    bad = replace(person(5, host="Only here"), problems=(Problem("Pays", "country", text("no"), True),))
    apply(db, project_id, bad)
    assert not stays()
    with db.read() as s:
        assert not queries.organisations(s)


def test_a_large_import_is_one_step(db, project_id, stays) -> None:
    rows = [person(n, first_name=f"Zoé {n}", bm_id=f"212345-MOB-{n:05d}") for n in range(1, 401)]
    apply(db, project_id, *rows)
    assert len(stays()) == 400
    db.undo()
    assert not stays()
    db.redo()
    assert len(stays()) == 400


def test_a_new_person_takes_a_project_that_the_title_names(dossier) -> None:
    named = replace(table(person(2)), reference="2026-1-FR01-KA121-VET-000212345", title="Suivi")
    with open_database(dossier) as db:
        chosen = job.preview(db, named, None, today=TODAY)
        assert chosen.project_id == ""
        job.write(db, chosen)
        with db.read() as s:
            assert [row.reference for row in queries.projects(s)] == [named.reference]
        db.undo()
        with db.read() as s:
            assert not queries.projects(s)


def test_a_value_by_hand_survives_an_empty_cell(db, project_id, stays) -> None:
    apply(db, project_id, person(2))
    with db.write(Label("town")) as s:
        mobilities.change(s, stays()[0].id, town="Jaén")
    apply(db, project_id, person(2))
    assert stays()[0].town == "Jaén"


# ---- people who may be the same


def near_names(plan) -> list[list[str]]:
    return [[near.name for near in row.near] for row in plan.rows]


@pytest.mark.parametrize(
    "other",
    [
        {"last_name": "Lefebvre"},
        {"first_name": "Anne-Zoée"},
        {"last_name": "Anne-Zoé", "first_name": "Lefèvre"},
        {"last_name": "Lefèvre-Dubois"},
        {"birth_date": dt.date(2008, 4, 5)},
        {"birth_date": None, "last_name": "Lefevbre"},
        {"birth_date": None, "sending_organisation": "CFA de Chartres"},
    ],
)
def test_a_likely_person_is_proposed_and_still_added(db, project_id, stays, other) -> None:
    apply(db, project_id, person(2))
    plan = apply(db, project_id, person(3, **other))
    assert near_names(plan) == [["Lefèvre Anne-Zoé"]]
    assert plan.rows[0].decision == "add"
    assert len(stays()) == 2


@pytest.mark.parametrize(
    "other",
    [
        {"last_name": "Martin", "first_name": "Paul"},
        {"birth_date": dt.date(2009, 1, 2)},
        {"last_name": "Lefebvre", "birth_date": dt.date(2001, 1, 2)},
    ],
)
def test_strangers_are_not_proposed(db, project_id, other) -> None:
    apply(db, project_id, person(2))
    assert near_names(plan_of(db, project_id, person(3, **other))) == [[]]


def test_a_near_person_within_one_sheet_is_proposed_too(db, project_id) -> None:
    assert near_names(plan_of(db, project_id, person(2), person(3, last_name="Lefebvre"))) == [[], ["Lefèvre Anne-Zoé"]]


def test_the_same_person_is_changed_under_her_known_name_and_known_again(db, project_id, stays) -> None:
    apply(db, project_id, person(2))
    other = person(3, last_name="Lefebvre", town="Granada")
    plan = plan_of(db, project_id, other)
    near = plan.rows[0].near[0].participant_id
    plan = after(plan, lambda row: deciding.same_person(row, near))
    assert dict(plan.rows[0].changes) == {"town": (None, "Granada")}
    write_plan(db, project_id, plan)
    assert [(row.last_name, row.town) for row in stays()] == [("Lefèvre", "Granada")]
    again = plan_of(db, project_id, other)
    assert [(row.decision, row.near) for row in again.rows] == [("unchanged", ())]


def test_not_the_same_person_is_remembered(db, project_id, stays) -> None:
    apply(db, project_id, person(2))
    plan = plan_of(db, project_id, person(3, last_name="Lefebvre"))
    write_plan(db, project_id, after(plan, deciding.not_the_same))
    pair = {row.participant_id for row in stays()}
    with db.read() as s:
        assert {frozenset((d.first_id, d.second_id)) for d in s.scalars(select(Distinct))} == {frozenset(pair)}
    assert plan_of(db, project_id, person(3, last_name="Lefebvre")).rows[0].decision == "unchanged"


# ---- what she changed by hand


def by_hand(db, row_id: str, **values) -> None:
    with db.write(Label("change")) as s:
        mobilities.change(s, row_id, **values)


def after(plan, act):
    """The plan of one row after her word on it."""
    return deciding.decided(plan, {deciding.place_of(plan.rows[0]): [act]})[0]


def write_plan(db, project_id: str, plan) -> None:
    with db.write(Label("import")) as s:
        importing.apply(s, plan, project_id)


@pytest.mark.parametrize(
    ("key", "first", "hand", "sheet"),
    [
        ("town", "Granada", "Jaén", "Sevilla"),
        ("end", dt.date(2027, 3, 14), dt.date(2027, 3, 15), dt.date(2027, 3, 16)),
        ("email", "a@exemple.test", "b@exemple.test", "c@exemple.test"),
        ("host", "Hotel Sol", "Hotel Luna", "Hotel Mar"),
        ("green", False, True, False),
    ],
)
def test_a_value_changed_by_hand_is_kept_and_marked(db, project_id, stays, key, first, hand, sheet) -> None:
    apply(db, project_id, person(2, **{key: first}))
    by_hand(db, stays()[0].id, **{key: hand})
    plan = apply(db, project_id, person(2, **{key: sheet, "mentor": "M. Ruiz"}))
    kept = plan.rows[0].kept[key]
    assert (kept.ours, kept.theirs) == (hand, sheet)
    assert dict(plan.rows[0].changes) == {"mentor": (None, "M. Ruiz")}
    assert (getattr(stays()[0], key), stays()[0].mentor) == (hand, "M. Ruiz")
    assert "modifié à la main le" in " ".join(sentence for _column, sentence in job.reasons(plan.rows[0]))


def test_nothing_but_what_is_kept_is_unchanged_and_writes_nothing(db, project_id, stays) -> None:
    apply(db, project_id, person(2, town="Granada"))
    by_hand(db, stays()[0].id, town="Jaén")
    plan = plan_of(db, project_id, person(2, town="Granada"))
    assert plan.rows[0].decision == "unchanged"
    assert not plan.writes


def test_their_value_can_be_taken_and_is_the_sheets_from_then_on(db, project_id, stays) -> None:
    apply(db, project_id, person(2, town="Granada"))
    by_hand(db, stays()[0].id, town="Jaén")
    plan = plan_of(db, project_id, person(2, town="Sevilla"))
    write_plan(db, project_id, after(plan, lambda row: deciding.take_theirs(row, ["town"])))
    assert stays()[0].town == "Sevilla"
    assert plan_of(db, project_id, person(2, town="Huelva")).rows[0].decision == "change"


def test_a_change_that_was_taken_back_keeps_nothing(db, project_id, stays) -> None:
    apply(db, project_id, person(2, town="Granada"))
    by_hand(db, stays()[0].id, town="Jaén")
    db.undo()
    assert plan_of(db, project_id, person(2, town="Sevilla")).rows[0].decision == "change"


def test_an_own_column_changed_by_hand_is_kept_alone(db, project_id, stays) -> None:
    apply(db, project_id, person(2, own={"Prix billet": "137", "Bus": "4"}))
    with db.write(Label("change")) as s:
        mobilities.set_own(s, stays()[0].id, "Bus", "5")
    plan = apply(db, project_id, person(2, own={"Prix billet": "150", "Bus": "6"}))
    assert list(plan.rows[0].kept) == ["own:Bus"]
    assert stays()[0].own == {"Prix billet": "150", "Bus": "5"}


def test_what_was_typed_in_a_stay_made_by_hand_is_kept(db, project_id, stays) -> None:
    from mobility_app.actions import participants

    with db.write(Label("new")) as s:
        who = participants.add(s, last_name="Lefèvre", first_name="Anne-Zoé", birth_date=dt.date(2008, 5, 4))
        values = {"start": dt.date(2027, 3, 1), "activity": "VET_SHORT_TERM", "town": "Jaén"}
        mobilities.add(s, project_id, who, **values)
    plan = apply(db, project_id, person(2, town="Granada", green=True))
    assert list(plan.rows[0].kept) == ["town"]
    assert (stays()[0].town, stays()[0].green) == ("Jaén", True)


# ---- her own decision


def test_each_decision_can_be_overridden(db, project_id, stays) -> None:
    apply(db, project_id, person(2))
    plan = plan_of(db, project_id, person(2, town="Granada"), person(3, town="Sevilla"), person(4, first_name="Paul"))
    assert [row.decision for row in plan.rows] == ["change", "duplicate", "add"]
    chosen = zip(plan.rows, ("unchanged", "add", "unchanged"), strict=True)
    acts = {deciding.place_of(row): [partial(deciding.override, decision=decision)] for row, decision in chosen}
    write_plan(db, project_id, deciding.decided(plan, acts)[0])
    assert [(row.first_name, row.town) for row in stays()] == [("Anne-Zoé", None), ("Anne-Zoé", "Sevilla")]
    assert len({row.participant_id for row in stays()}) == 1


def test_a_refused_row_comes_in_without_what_refuses_it(db, project_id, stays) -> None:
    refusing = (Problem("Pays", "country", text("no"), True),)
    plan = plan_of(db, project_id, replace(person(5, country="Espgne"), problems=refusing))
    write_plan(db, project_id, after(plan, lambda row: deciding.override(row, "add")))
    assert [(row.last_name, row.country) for row in stays()] == [("Lefèvre", None)]


def test_a_row_without_a_name_stays_refused(db, project_id) -> None:
    plan = plan_of(db, project_id, replace(person(5, last_name=None), problems=(Problem("", "", text("no"), True),)))
    with pytest.raises(UserError):
        deciding.override(plan.rows[0], "add")


def test_a_module_id_is_never_doubled_by_her_decision(db, project_id) -> None:
    apply(db, project_id, person(2, bm_id="212345-MOB-00001"))
    plan = plan_of(db, project_id, person(2, bm_id="212345-MOB-00001"))
    with pytest.raises(UserError):
        deciding.override(plan.rows[0], "add")


@pytest.mark.parametrize(("policy", "row", "decision"), [("add", 0, "change"), ("update", 1, "add")])
def test_what_the_policy_leaves_out_can_be_taken_in(db, project_id, policy, row, decision) -> None:
    apply(db, project_id, person(2))
    both = person(2, town="Sevilla"), person(3, birth_date=dt.date(2009, 1, 2), bm_id="212345-MOB-00002")
    plan = plan_of(db, project_id, *both, policy=policy)
    assert deciding.override(plan.rows[row], decision).decision == decision


def test_a_closed_project_takes_no_sheet(db, project_id, stays) -> None:
    table = job.understand(db, SHEET)
    plan = job.preview(db, table, None, today=TODAY)
    with db.write(Label("a change")) as s:
        projects.set_state(s, project_id, "closed")
    with pytest.raises(UserError, match="clôturé"):
        job.write(db, plan)
    assert stays() == []
