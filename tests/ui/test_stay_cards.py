"""The cards of one mobility: its grant set by hand and given back, planned beside actual; how far it is."""

import datetime as dt
import json
import subprocess
import sys

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from mobility_app.actions import mobilities, organisations, participants, projects
from mobility_app.i18n import money
from mobility_app.store import queries, reference
from mobility_app.store.journal import Label
from mobility_app.ui.many_pane import ManyPane
from mobility_app.ui.mobility_pane import MobilityPane
from tests.ui.dossiers import TODAY, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, unnamed


@pytest.fixture
def pane(desk, qtbot):  # noqa: F811
    made = MobilityPane(desk)
    qtbot.addWidget(made)
    made.resize(340, 900)
    made.show()
    with desk.db.read() as s:
        made.show_id(queries.mobility_ids(s, project_id=desk.project_id, search="martin", today=TODAY)[0])
    settle()
    return made


def row(desk):  # noqa: F811
    with desk.db.read() as s:
        return queries.mobilities(s, queries.mobility_ids(s, search="martin", today=TODAY), today=TODAY)[0]


def texts(card) -> str:
    return spaced(" | ".join(each.text() for each in card.findChildren(QLabel) if each.isVisibleTo(card)))


def test_a_line_is_set_with_its_reason_beside_the_computed_one_and_given_back(pane, desk):  # noqa: F811
    card, computed = pane.grant, row(desk).travel_support
    card.set_button.menu().actions()[
        [a.text() for a in card.set_button.menu().actions()].index("Frais de voyage")
    ].trigger()
    assert spaced(card.form.editors["cents"].control.text()).startswith(str(computed // 100))
    card.form.editors["cents"].control.setText("123,45")
    card.form.save()
    settle()
    assert card.form.trouble.isVisible()
    assert row(desk).travel_support == computed
    card.form.editors["reason"].control.setText("billet sur facture")
    card.form.save()
    settle()
    assert row(desk).travel_support == 12_345
    assert not card.form.isVisible()
    said = texts(card)
    assert "billet sur facture" in said
    assert f"Calculé : {computed // 100} € ; saisi par" in said
    link = next(each for each in card.findChildren(QPushButton) if "revenir au montant" in each.text())
    link.click()
    card.form.removed.emit()
    settle()
    assert row(desk).travel_support == computed
    undo(desk)
    assert row(desk).travel_support == 12_345
    assert unnamed(pane) == []


def test_a_line_that_the_rules_do_not_give_can_be_added(pane, desk):  # noqa: F811
    before = row(desk).total
    pane.grant.begin("exceptional_costs_visa")
    pane.grant.form.editors["cents"].control.setText("60")
    pane.grant.form.editors["reason"].control.setText("visa payé par la famille")
    pane.grant.form.save()
    settle()
    assert row(desk).total == before + 6_000
    assert "Aucun montant calculé" in texts(pane.grant)


def test_an_early_return_shows_planned_and_actual(pane, desk):  # noqa: F811
    assert "Prévu et réalisé" not in texts(pane.grant)
    stay = row(desk)
    with desk.db.write(Label("retour anticipé")) as s:
        mobilities.change(s, stay.id, actual_start=stay.start, actual_end=stay.end - dt.timedelta(10))
    settle()
    said = texts(pane.grant)
    assert "Prévu et réalisé" in said
    assert "18 jours" in said
    assert " de moins" in said
    assert "→" in said


def test_the_distance_is_reckoned_from_town_to_town_with_its_proof(pane, desk, qtbot):  # noqa: F811
    card = pane.distance
    assert "Saisie, sans preuve." in texts(card)
    card.from_town.setText("Orléans")
    card.to_town.setText("Nulle-Part")
    card.reckon()
    settle()
    assert "Nulle-Part" in card.trouble.text()
    assert row(desk).distance_km == 900
    card.to_town.clear()
    qtbot.keyClicks(card.to_town, "Sevil")
    assert "Sevilla" in card.to_town.completer().model().stringList()[0]
    card.to_town.completer().activated.emit(card.to_town.completer().model().stringList()[0])
    settle()
    card.via.setText("Bayonne; Burgos")
    card.reckon()
    settle()
    assert 1_100 < row(desk).distance_km < 1_500
    assert "Bayonne" in texts(card)
    assert str(row(desk).distance_km) in spaced(pane.editors["distance_km"].control.text()).replace(" ", "")
    undo(desk)
    assert row(desk).distance_km == 900


def test_missing_distances_of_the_chosen_rows(desk, qtbot):  # noqa: F811
    with desk.db.write(Label("villes")) as s:
        ids = queries.mobility_ids(s, project_id=desk.project_id, today=TODAY)
        mobilities.change_many(s, ids, {"distance_km": None})
        mobilities.change(s, ids[0], town="Sevilla", country="ES")
        sender = queries.mobilities(s, ids[:1], today=TODAY)[0].sending_id
        organisations.change(s, sender, town="Orléans")
    pane = ManyPane(desk, list)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_ids(ids)
    pane.fill_distances()
    settle()
    assert spaced(pane.told.text()).startswith("1 distance calculée. 3 n’ont pas pu l’être")
    with desk.db.read() as s:
        assert sum(one.distance_km is not None for one in queries.mobilities(s, ids, today=TODAY)) == 1


def test_the_window_says_what_the_command_line_says(desk, qtbot):  # noqa: F811
    with desk.db.write(Label("appel 2021")) as s:
        made = projects.create(
            s, reference="2021-1-ES01-KA121-VET-000012345", call_year=2021, action="KA121-VET", agency="ES01",
            rates=reference.rate_rows(2021, "ES"),
        )  # fmt: skip
        person = participants.add(s, last_name="Ibáñez", first_name="Nuria", status="pupil")
        stay = mobilities.add(
            s, made, person, activity="VET_SHORT_TERM", country="DE", start=dt.date(2022, 3, 1),
            end=dt.date(2022, 3, 20), travel_days=2, distance_km=1_313, green=True,
        )  # fmt: skip
    asked = "--call 2021 --rates ES --activity VET_SHORT_TERM --country DE --start 2022-03-01 --end 2022-03-20"
    asked += " --travel-days 2 --distance 1313 --green --json"
    command = [sys.executable, "-m", "mobility_app", "grant", *asked.split()]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    pane = MobilityPane(desk)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_id(stay)
    settle()
    said = texts(pane.grant)
    assert len(told["lines"]) > 2
    for line in told["lines"]:
        assert spaced(line["sentence"]) in said
        assert spaced(money(round(float(line["amount"]) * 100))) in said
    assert spaced(money(round(float(told["total"]) * 100))) in said
