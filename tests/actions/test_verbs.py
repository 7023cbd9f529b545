"""The verbs of a coordinator: each changes what it says, is refused in words, and can be undone."""

import datetime as dt

import pytest

from mobility_app.actions import answers, mobilities, organisations, papers, participants, payments, projects
from mobility_app.core.facts import RateRow
from mobility_app.errors import UserError
from mobility_app.store import queries, reports, story
from mobility_app.store.journal import Label
from tests.actions.conftest import TODAY


def do(db, verb, *arguments, label: Label | None = None, **values):
    with db.write(label or Label("step")) as s:
        return verb(s, *arguments, **values)


@pytest.fixture
def lea(db, project_id) -> str:
    person = do(db, participants.add, last_name="MOREAU", first_name="Léa", birth_date=dt.date(2009, 6, 1))
    return do(
        db,
        mobilities.add,
        project_id,
        person,
        activity="VET_SHORT_TERM",
        country="ES",
        start=dt.date(2027, 4, 5),
        end=dt.date(2027, 4, 30),
        travel_days=2,
        distance_km=800,
        sending_organisation="Lycée Barret",
        host="Hotel Sierra",
    )


def test_a_change_recomputes_the_grant_and_undo_gives_it_back(db, lea, stays) -> None:
    before = stays()[0].total
    do(db, mobilities.change, lea, end=dt.date(2027, 5, 1))
    assert stays()[0].total == before + 35_00  # one more day in group 2 from day 15, at the example rate
    db.undo()
    assert stays()[0].total == before


def test_a_stale_form_is_refused_and_nothing_overwritten(db, lea, stays) -> None:
    seen = stays()[0].version
    do(db, mobilities.change, lea, seen=seen, town="Granada")
    with pytest.raises(UserError):
        do(db, mobilities.change, lea, seen=seen, town="Jaén")
    assert stays()[0].town == "Granada"


@pytest.mark.parametrize(
    "values",
    [
        {"start": dt.date(2027, 6, 1)},
        {"town": "x" * 500},
        {"last_name": ""},
        {"total": 5},
    ],
)
def test_what_cannot_be_is_refused_whole(db, lea, stays, values) -> None:
    before = stays()
    with pytest.raises(UserError):
        do(db, mobilities.change, lea, **values)
    assert stays() == before


def test_fields_of_the_person_and_of_the_schools_change_where_they_live(db, lea, stays) -> None:
    do(
        db,
        mobilities.change,
        lea,
        first_name="Léa-Rose",
        host="Hôtel Alhambra",
        flow="Granada avril",
        sending_uai="0281706C",
    )
    row = stays()[0]
    assert (row.first_name, row.host, row.flow, row.sending_uai) == (
        "Léa-Rose",
        "Hôtel Alhambra",
        "Granada avril",
        "0281706C",
    )


def test_many_at_once_are_one_step(db, project_id, lea, stays) -> None:
    other = do(db, mobilities.add, project_id, stays()[0].participant_id, country="PT")
    do(db, mobilities.change_many, [lea, other], {"green": True, "lodging": "Auberge"})
    assert [row.green for row in stays()] == [True, True]
    db.undo()
    assert [row.green for row in stays()] == [False, False]


def test_leaving_needs_a_reason_and_moves_the_stage(db, lea, stays) -> None:
    with pytest.raises(UserError):
        do(db, mobilities.decide, [lea], "cancelled")
    do(db, mobilities.decide, [lea], "cancelled", "Hôte fermé")
    assert stays()[0].stage == "cancelled"
    assert not stays()[0].planned


def test_a_forced_stage_is_visible_and_reversible(db, lea, stays) -> None:
    do(db, mobilities.force_stage, lea, "ready", "Vu avec l’établissement")
    assert stays()[0].stage == "ready"
    do(db, mobilities.force_stage, lea, None)
    assert stays()[0].stage == "preparation"


def test_the_bin_gives_back(db, lea, stays) -> None:
    do(db, mobilities.remove, [lea])
    assert not stays()
    do(db, mobilities.restore, lea)
    assert [row.id for row in stays()] == [lea]


def test_a_person_in_the_bin_takes_their_stays_along(db, lea, stays) -> None:
    do(db, participants.remove, stays()[0].participant_id)
    assert not stays()
    db.undo()
    assert len(stays()) == 1


def test_two_entries_of_a_person_become_one(db, project_id, lea, stays) -> None:
    twin = do(db, participants.add, last_name="Moreau", first_name="Lea", email="lea@exemple.test")
    do(db, mobilities.add, project_id, twin, country="IT")
    keep = next(row for row in stays() if row.id == lea).participant_id
    do(db, participants.merge, keep, twin)
    assert {row.participant_id for row in stays()} == {keep}
    assert {row.email for row in stays()} == {"lea@exemple.test"}
    db.undo()
    assert len({row.participant_id for row in stays()}) == 2


def test_two_organisations_become_one(db, lea, stays) -> None:
    other = do(db, organisations.add, "host", name="Hotel Sierra S.L.", oid="E10000001")
    do(db, organisations.merge, stays()[0].host_id, other)
    with db.read() as s:
        hosts = [row for row in queries.organisations(s) if row.is_host]
    assert [(row.name, row.oid) for row in hosts] == [("Hotel Sierra", "E10000001")]


def test_an_organisation_in_use_stays(db, lea, stays) -> None:
    with pytest.raises(UserError):
        do(db, organisations.remove, stays()[0].host_id)


def test_a_line_by_hand_replaces_the_computed_one_with_its_reason(db, lea, stays) -> None:
    with pytest.raises(UserError):
        do(db, mobilities.set_grant_line, lea, "travel_support", 500_00, " ")
    do(db, mobilities.set_grant_line, lea, "travel_support", 500_00, "Force majeure")
    assert stays()[0].travel_support == 500_00
    do(db, mobilities.set_grant_line, lea, "travel_support", None, "")
    assert stays()[0].travel_support != 500_00


def test_an_answered_finding_is_no_longer_counted(db, lea, stays) -> None:
    do(db, mobilities.change, lea, end=dt.date(2027, 4, 7))  # too short
    count = stays()[0].findings_count
    with db.read() as s:
        finding = next(f for f in reports.findings(s, [lea], TODAY)[lea] if f.code == "too_short")
    with pytest.raises(UserError):
        do(db, answers.answer, [(finding.id, finding.code)], "accepted")
    do(db, answers.answer, [(finding.id, finding.code)], "accepted", reason="Accord de l’agence")
    assert stays()[0].findings_count == count - 1
    do(db, answers.answer, [(finding.id, finding.code)], "")
    assert stays()[0].findings_count == count


def test_papers_payments_and_dates_move_the_stage_to_the_end(db, lea, stays) -> None:
    from mobility_app.core import checks

    do(db, mobilities.change, lea, start=dt.date(2027, 2, 1), end=dt.date(2027, 2, 20), bm_id="212345-MOB-00001")
    assert stays()[0].stage == "returned"
    papers_due = checks.departure_papers(stays()[0])
    for kind in papers_due:
        do(db, papers.set_state, [lea], kind, "signed", TODAY)
    assert stays()[0].departure_ready
    assert stays()[0].contract_signed
    for kind in ("ATT", "RAPP"):
        do(db, papers.set_state, [lea], kind, "verified", TODAY)
    assert stays()[0].stage == "complete"
    do(db, payments.add, lea, "balance", 300_00, TODAY)
    assert (stays()[0].stage, stays()[0].paid) == ("closed", 300_00)


def test_a_repayment_is_negative_and_an_empty_payment_refused(db, lea, stays) -> None:
    do(db, payments.add, lea, "advance", 800_00, TODAY)
    do(db, payments.add, lea, "repayment", 100_00, TODAY)
    assert stays()[0].paid == 700_00
    with pytest.raises(UserError):
        do(db, payments.add, lea, "advance", 0, TODAY)


def test_certificate_numbers_are_given_once(db, project_id, lea, stays) -> None:
    with db.write(Label("numbers"), undoable=False) as s:
        assert papers.reserve_certificates(s, project_id, stays()) == {lea: "0001"}
    do(db, papers.issue_certificates, {lea: "to-sign"}, today=TODAY, language="fr")
    with db.write(Label("numbers"), undoable=False) as s:
        assert papers.reserve_certificates(s, project_id, stays()) == {lea: "0001"}  # the same facts
    db.undo()  # takes the issue back, not the number
    do(db, mobilities.change, lea, town="Jaén")
    with db.write(Label("numbers"), undoable=False) as s:
        assert papers.reserve_certificates(s, project_id, stays()) == {lea: "0002"}


def test_a_project_copies_its_rates_and_keeps_what_is_typed(db, project_id) -> None:
    with db.read() as s:
        rate = next(row for row in queries.rate_rows(s, project_id) if row.line == "individual_support")
    do(db, projects.set_rate, rate.id, 71_00, source="Annexe IV, p. 2")
    do(db, projects.confirm_rates, [rate.id], source="Annexe IV, p. 2")
    with db.read() as s:
        kept = next(row for row in queries.rate_rows(s, project_id) if row.id == rate.id)
    assert (kept.cents, kept.state, kept.source) == (71_00, "confirmed", "Annexe IV, p. 2")


def test_an_empty_rate_cannot_be_confirmed(db, project_id) -> None:
    rate = do(db, projects.add_rate, project_id, RateRow("linguistic_support", "", "x", "", None, "unknown", ""))
    assert do(db, projects.confirm_rates, [rate], source="Annexe") == 0


def test_a_project_is_made_once(db, project_id) -> None:
    with db.read() as s:
        reference = queries.project(s, project_id).reference
    with pytest.raises(UserError):
        do(db, projects.create, reference=reference, call_year=2026, action="KA121-VET", rates=())


def test_the_history_names_the_step_and_the_values(db, lea) -> None:
    do(db, mobilities.change, lea, town="Granada", label=Label("dates of {name}", table="mobility", id=lea))
    with db.read() as s:
        newest = story.history(s, lea)[0]
    assert newest.changes == (("town", None, "Granada"),)
    assert dict(newest.label.values)["name"] == "Léa MOREAU"
    assert not newest.undone
    db.undo()
    with db.read() as s:
        assert story.history(s, lea)[0].undone
