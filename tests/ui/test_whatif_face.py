"""“Et si…”: the same figures as the command line, scenarios that move at once, and a dossier that nothing touches."""

import datetime as dt
import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from mobility_app import cli
from mobility_app.actions import projects, scenarios
from mobility_app.store import queries, reference, reports
from mobility_app.store.journal import Label
from mobility_app.ui.page_budget import BudgetPage
from mobility_app.ui.whatif_face import WhatIfFace
from tests.ui.dossiers import REFERENCE, TODAY, desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, type_text, unnamed, wait

SHORT = "VET_SHORT_TERM"


@pytest.fixture
def page(desk, qtbot):  # noqa: F811
    with desk.db.write(Label("accordé")) as s:
        projects.award(s, desk.project_id, "individual_support", SHORT, 1_000_000)
        projects.award(s, desk.project_id, "travel_support", "", 250_000)
        projects.set_target(s, desk.project_id, "T1", "participants", SHORT, 10)
    return shown(desk, qtbot)


def shown(desk, qtbot) -> BudgetPage:  # noqa: F811
    page = opened(qtbot, BudgetPage(desk))
    page.show_face("whatif")
    settle()
    return page


def face_of(page: BudgetPage) -> WhatIfFace:
    found = page.face("whatif")
    assert isinstance(found, WhatIfFace)
    return found


def describe(face: WhatIfFace, **values) -> None:
    """Chooses and types as she does: each field is left with its value."""
    for key, value in values.items():
        editor = face.places.form.editors[key]
        editor._show(value)
        editor._commit()
        settle()


def press(button, qtbot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle()


def add(face: WhatIfFace, count: int, qtbot, *, scenario: str = "") -> None:
    face.places.target.setCurrentIndex(face.places.target.findData(scenario))
    face.places.count.set_value(abs(count))
    press(face.places.add_button if count > 0 else face.places.less_button, qtbot)


def figure(face: WhatIfFace, title: str, column: int) -> tuple[str, str, str]:
    """A figure of the board, what is said of it, and how that is coloured."""
    cells = [cell for cell in face.board.cells.values() if f", {title} :" in spaced(cell.accessibleName())]
    cell = cells[column]
    return spaced(cell.figure.text()), spaced(cell.words.text()), cell.words.property("role")


def content(desk):  # noqa: F811
    with desk.db.read() as s:
        return reports.report(s, desk.project_id, desk.today).budget


def whatif_json(desk, capsys, *more: str) -> dict:  # noqa: F811
    arguments = ["whatif", str(desk.db.path), "--project", REFERENCE, "--today", TODAY.isoformat(), "--json", *more]
    assert cli.main(arguments) == 0
    return json.loads(capsys.readouterr().out)


def cents(euros: str) -> int:
    return round(float(euros) * 100)


def euros(amount: int) -> str:
    whole, rest = divmod(amount, 100)
    return f"{whole:,}".replace(",", " ") + (f",{rest:02}" if rest else "") + " €"


def test_the_window_and_the_command_give_the_same_figures(page, desk, qtbot, capsys):  # noqa: F811
    face = face_of(page)
    describe(face, country="PT", days=14, travel_days=2, distance_km=1500, green=True)
    stay = ("--activity", SHORT, "--country", "PT", "--days", "14", "--travel-days", "2", "--distance", "1500")
    found = whatif_json(desk, capsys, *stay, "--green")
    assert set(found) == {"cost_each", "left", "places"}  # Contracts, 7
    assert face.places.figure.text().split()[0] == str(found["places"])
    assert found["places"] > 0
    words = spaced(face.places.words.text())
    assert euros(cents(found["cost_each"])) in words
    assert euros(cents(found["left"])) in words
    lines = [label.text() for label in face.places.findChildren(QLabel)]
    assert any("1 500 km aller" in spaced(text) for text in lines)
    assert unnamed(page) == []


def test_it_begins_with_what_the_project_does_most(page):
    form = face_of(page).places.form
    assert form.editors["activity"].value() == SHORT
    assert form.editors["days"].value() == 28
    assert form.editors["distance_km"].value() == 900


def test_a_letter_typed_is_reckoned_a_breath_later(page, qtbot):
    face = face_of(page)
    describe(face, country="ES", days=28)
    before = face.places.words.text()
    days = face.places.form.editors["days"].control
    assert isinstance(days, QLineEdit)
    days.setFocus()
    days.selectAll()
    type_text(days, "7")
    wait(300)
    settle()
    assert face.places.words.text() != before


def test_the_distance_comes_from_two_towns(page):
    face = face_of(page)
    describe(face, country="PT", origin="Nantes", town="Lisbonne")
    assert 1_000 < face.places.form.editors["distance_km"].value() < 1_300
    describe(face, town="Trifouillis")
    assert "Trifouillis" in face.places.form.editors["town"].trouble.text()
    describe(face, country="ES")
    assert face.places.form.editors["distance_km"].value() == 900  # that of the project's stays in Spain
    assert not face.places.form.editors["town"].value()


def test_an_unknown_rate_gives_its_name_and_no_number(desk, qtbot):  # noqa: F811
    with desk.db.write(Label("vrai projet")) as s:
        made = projects.create(
            s, reference="2026-1-FR01-KA121-VET-000300001", call_year=2026, action="KA121-VET",
            start=dt.date(2026, 6, 1), end=dt.date(2027, 8, 31), rates=reference.rate_rows(2026),
        )  # fmt: skip
        projects.award(s, made, "individual_support", SHORT, 1_000_000)
    with desk.db.read() as s:
        desk.choose(queries.project(s, made))
    face = face_of(shown(desk, qtbot))
    assert face.places.trouble.text()
    assert not face.places.add_button.isEnabled()
    describe(face, activity=SHORT, role="participant", country="PT", days=14, distance_km=1500)
    assert face.places.figure.text() == "inconnu"
    said = spaced(face.places.words.text())
    assert "Groupe de pays non confirmé : Portugal" in said
    assert "Taux non confirmé" in said
    assert not any(letter.isdigit() for letter in face.places.figure.text())


def test_a_scenario_moves_everything_at_once_and_touches_nothing(page, desk, qtbot):  # noqa: F811
    face, before = face_of(page), content(desk)
    raw = Path(desk.db.path).read_bytes()
    describe(face, country="ES", days=21, distance_km=900)
    add(face, 20, qtbot)
    assert [one.name for one in face._scenarios] == ["Scénario 1"]
    today, then = figure(face, "Participants", 0), figure(face, "Participants", 1)
    assert (today[0], then[0]) == ("4", "24")
    assert then[1:] == ("20 de plus · objectif atteint", "success")
    planned = sum(line.planned for line in before)
    assert figure(face, "Prévu en tout", 0) == (euros(planned), "", "small")
    text, words, role = figure(face, "Prévu en tout", 1)
    assert words.endswith("de plus")
    assert role == "warning"
    assert text != euros(planned)
    tiers = [cell for cell in face.board.cells.values() if "×" in cell.figure.text()]
    assert [spaced(cell.figure.text()).split(" × ")[0] for cell in tiers] == ["4", "24"]
    assert "24 participants" in spaced(tiers[1].accessibleDescription())
    assert content(desk) == before
    assert Path(desk.db.path).read_bytes() == raw
    assert unnamed(page) == []


def test_more_than_awarded_is_said_in_words(page, qtbot):
    face = face_of(page)
    describe(face, country="ES", days=28, distance_km=900)
    add(face, 30, qtbot)
    verdict = [cell for (row, _column), cell in face.board.cells.items() if row == 1]
    assert verdict[0].words.text() == "Tient dans l’accordé"
    assert verdict[1].figure.text() == "Plus que l’accordé"
    assert "Soutien individuel, Courte durée" in spaced(verdict[1].words.text())
    _text, words, role = figure(face, "Soutien individuel", 1)
    assert "au-dessus de l’accordé" in words
    assert role == "danger"
    assert figure(face, "Reste une fois tout payé", 1)[2] == "danger"


def test_stays_can_be_taken_away_and_what_is_not_there_is_told(page, qtbot):
    face = face_of(page)
    describe(face, country="ES", days=28, distance_km=900)
    assert "1 mobilité" in spaced(face.places.alike.text()) or "Une" in face.places.alike.text()
    add(face, -3, qtbot)
    assert figure(face, "Participants", 1)[0] == "3"
    assert "Espagne" in face.board.heads[0].short.text()
    describe(face, country="BE")
    assert not face.places.less_button.isEnabled()


def test_scenarios_are_kept_only_when_she_says_so(page, desk, qtbot):  # noqa: F811
    face = face_of(page)
    add(face, 20, qtbot)
    with desk.db.read() as s:
        assert scenarios.kept(s, desk.project_id) == ()
    face.board.heads[0].name.setText("Plus d’Espagne")
    face.board.heads[0].name.editingFinished.emit()
    assert face.board.heads[0].state.text() == "Non gardé"
    press(face.board.heads[0].keep_button, qtbot)
    assert face.board.heads[0].state.text() == "Gardé"
    with desk.db.read() as s:
        kept = scenarios.kept(s, desk.project_id)
    assert kept == tuple(face._scenarios)
    assert kept[0].name == "Plus d’Espagne"
    add(face, 5, qtbot, scenario=kept[0].id)
    assert face.board.heads[0].state.text() == "Modifié"
    again = face_of(shown(desk, qtbot))
    assert again._scenarios == list(kept)
    assert again.board.heads[0].state.text() == "Gardé"


def test_keeping_and_removing_are_undone(page, desk, qtbot):  # noqa: F811
    face = face_of(page)
    add(face, 20, qtbot)
    press(face.board.heads[0].keep_button, qtbot)
    undo(desk)
    assert face.board.heads[0].state.text() == "Non gardé"
    desk.db.redo()
    settle()
    assert face.board.heads[0].state.text() == "Gardé"
    press(face.board.heads[0].remove_button, qtbot)
    assert face._scenarios == []
    with desk.db.read() as s:
        assert scenarios.kept(s, desk.project_id) == ()
    undo(desk)
    assert [one.name for one in face._scenarios] == ["Scénario 1"]
    assert figure(face, "Participants", 1)[0] == "24"


def test_what_was_kept_before_comes_back_with_undo(page, desk, qtbot):  # noqa: F811
    face = face_of(page)
    add(face, 20, qtbot)
    press(face.board.heads[0].keep_button, qtbot)
    add(face, 5, qtbot, scenario=face._scenarios[0].id)
    press(face.board.heads[0].keep_button, qtbot)
    assert figure(face, "Participants", 1)[0] == "29"
    undo(desk)
    assert figure(face, "Participants", 1)[0] == "24"
    assert face.board.heads[0].state.text() == "Gardé"


def test_a_copy_is_another_scenario_and_three_is_the_most(page, qtbot):
    face = face_of(page)
    add(face, 2, qtbot)
    press(face.board.heads[0].copy_button, qtbot)
    press(face.new_button, qtbot)
    assert [one.name for one in face._scenarios] == ["Scénario 1", "Scénario 1 (copie)", "Scénario 2"]
    assert [figure(face, "Participants", n)[0] for n in range(4)] == ["4", "6", "6", "4"]
    assert not face.new_button.isEnabled()
    face.board.heads[1].taken_out.emit(0)
    settle()
    assert figure(face, "Participants", 2)[0] == "4"
    assert len({one.id for one in face._scenarios}) == 3


def test_scenarios_follow_the_dossier(page, desk, qtbot):  # noqa: F811
    face = face_of(page)
    add(face, 20, qtbot)
    with desk.db.write(Label("accord")) as s:
        projects.set_target(s, desk.project_id, "T1", "participants", SHORT, 30)
    settle()
    assert "il en manque 6" in figure(face, "Participants", 1)[1]
