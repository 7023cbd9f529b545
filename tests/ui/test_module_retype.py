"""À recopier dans le module, with real clicks: copied field by field, ticked as one step, told when it changes."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from mobility_app.actions import visits
from mobility_app.store.journal import Label
from mobility_app.ui.page_module import ModulePage
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import rich_labels, settle, unnamed

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def visit(desk):  # noqa: F811
    with desk.db.write(Label("visit")) as s:
        day = dt.date(2026, 10, 5)
        return visits.add(s, desk.project.id, persons=3, activity="VET_SHORT_TERM", start=day, end=None, host="Taller")


@pytest.fixture
def room(desk, visit, qtbot):  # noqa: F811
    page = opened(qtbot, ModulePage(desk))
    qtbot.mouseClick(page.gestures["retype"], LEFT)
    settle()
    settle()
    return page.retype


def choose(room, *ids):
    room.table.select_ids(ids)
    settle()


def states(room):
    return {row_id: room._rows[row_id].state for row_id in room.model.ids()}


def change(desk, visit, **facts):  # noqa: F811
    with desk.db.write(Label("visit")) as s:
        visits.change(s, visit, **facts)
    settle()
    settle()


def texts(card):
    return [spaced(made.text()) for made in card.findChildren(type(card.hint)) if made.isVisibleTo(card)]


def test_forms_stand_in_the_order_of_the_module_and_each_field_is_copied(room, visit, qtbot):
    screens = [room.model.index(row, 0).data() for row in range(room.model.rowCount())]
    assert list(dict.fromkeys(screens)) == [
        "Organisations participantes",
        "Visites préparatoires",
        "Moins d’opportunités",
    ]
    assert room.card.name.whole() == "CFA Numérique"
    choose(room, f"visit/{visit}")
    qtbot.mouseClick(room.card.copy_buttons["persons"], LEFT)
    assert QGuiApplication.clipboard().text() == "3"
    assert not room.card.copy_buttons["end"].isEnabled()
    qtbot.mouseClick(room.card.copy_row, LEFT)
    assert QGuiApplication.clipboard().text() == "Courte durée\t3\t05/10/2026\t\tTaller"
    assert spaced(room.card.copied.whole()).startswith("Copié : Courte durée")
    assert unnamed(room) == []
    assert list(rich_labels(room)) == []


def test_a_tick_is_one_step_and_a_later_change_is_told(room, desk, visit, qtbot):  # noqa: F811
    key = f"visit/{visit}"
    choose(room, key, "opportunities")
    assert room.tick.text() == "Marquer comme saisi (2)"
    room.day.setText("12/3/2027")
    qtbot.mouseClick(room.tick, LEFT)
    settle()
    settle()
    assert [row for row, state in states(room).items() if state == "entered"] == [key, "opportunities"]
    assert room.model.index(room.model.place_of(key), 3).data() == "12/03/2027"
    assert not room.tick.isEnabled()
    change(desk, visit, persons=4)
    assert states(room)[key] == "changed"
    choose(room, key)
    assert "modifié depuis la saisie : 3 → 4" in texts(room.card)
    qtbot.mouseClick(room.tick, LEFT)
    settle()
    settle()
    assert states(room)[key] == "entered"
    undo(desk)
    undo(desk)
    undo(desk)
    settle()
    assert set(states(room).values()) == {"to_do"}


def test_what_is_gone_here_is_to_be_deleted_there(room, desk, visit, qtbot):  # noqa: F811
    key = f"visit/{visit}"
    choose(room, key)
    qtbot.mouseClick(room.tick, LEFT)
    settle()
    with desk.db.write(Label("gone")) as s:
        visits.remove(s, visit)
    settle()
    settle()
    assert states(room)[key] == "gone"
    qtbot.mouseClick(room.counters.buttons["gone"], LEFT)
    settle()
    assert room.model.ids() == [key]
    choose(room, key)
    assert "supprimez-le dans le module" in room.card.hint.text()
    assert not room.card.copy_row.isEnabled()
    qtbot.mouseClick(room.untick, LEFT)
    settle()
    settle()
    assert key not in states(room)


def test_a_day_that_is_none_is_refused_in_place(room, visit, qtbot):
    choose(room, f"visit/{visit}")
    room.day.setText("31/02/2027")
    qtbot.mouseClick(room.tick, LEFT)
    settle()
    assert room.trouble.text().startswith("Cette date n’existe pas")
    assert states(room)[f"visit/{visit}"] == "to_do"


def test_a_file_dropped_here_is_compared(room, desk, tmp_path):  # noqa: F811
    path = tmp_path / "leer.csv"
    path.write_text("Mobility activity ID;Last name;First name\n", "utf-8")
    page = room.parentWidget().parentWidget()
    while not isinstance(page, ModulePage):
        page = page.parentWidget()
    page.bring_in(path)
    settle()
    assert page.current_room() is page.compare
    assert page.compare.outcome is not None
