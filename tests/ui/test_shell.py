import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from mobility_app.ui import theme
from mobility_app.ui.buttons import button
from mobility_app.ui.chips import ChoiceChip, Segments
from mobility_app.ui.notices import Banner
from tests.ui import gallery
from tests.ui.screen import settle, type_text, unnamed, wait


@pytest.fixture
def window(qtbot):
    window = gallery.window()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    settle()
    return window


def _nav(window, key):
    return window._navs[key]


def test_every_control_has_a_name(window):
    for key in ("todo", "list", "form"):
        window.go(key)
        settle()
        assert unnamed(window) == []


def test_a_nameless_button_is_caught(window):
    bare = QPushButton(window)
    bare.show()
    assert len(unnamed(window)) == 1


def test_pages_open_with_their_title_buttons_and_count(window, qtbot):
    told = []
    window.gone.connect(told.append)
    qtbot.mouseClick(_nav(window, "list"), Qt.MouseButton.LeftButton)
    assert told == ["list"]
    assert window.current() == "list"
    assert window._title.whole() == "Mobilités"
    assert _nav(window, "list").isChecked()
    assert not _nav(window, "todo").isChecked()
    shown = [each.text().strip() for each in window._bars["list"] if each.isVisible()]
    assert shown == ["Imprimer", "Ajouter une mobilité"]
    assert not any(each.isVisible() for each in window._bars["todo"])
    assert _nav(window, "list").accessibleName() == "Mobilités : 332"
    assert window.go("todo").heading() == window._title.whole() == "Cette semaine"


def test_search_reaches_the_page_as_she_types(window, qtbot):
    page = window.go("list")
    told = []
    window.searched.connect(told.append)
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    type_text(window.search, "Lefèvre")
    wait(80)
    settle()
    assert told == ["Lefèvre"], "one query for a quick word"
    assert 0 < page.model.rowCount() < 332
    assert window.search._cross in window.search.actions()
    qtbot.keyClick(window.search, Qt.Key.Key_Escape)
    wait(80)
    settle()
    assert page.model.rowCount() == 332


def test_a_search_set_by_the_program_is_not_told(window):
    told = []
    window.searched.connect(told.append)
    window.set_search("pays:ES")
    wait(80)
    assert told == []
    assert window.search.text() == "pays:ES"


def test_saved_views_tell_and_are_marked(window, qtbot):
    told = []
    window.view_chosen.connect(told.append)
    qtbot.mouseClick(window._views["abroad"], Qt.MouseButton.LeftButton)
    assert told == ["abroad"]
    window.mark_view("abroad")
    assert window._views["abroad"].isChecked()
    window.go("form")
    assert not window._views["abroad"].isChecked()
    window.set_views([])
    assert window._view_title.isHidden()


def test_the_project_chooser_tells_the_chosen_one(window):
    told = []
    window.project_chosen.connect(told.append)
    window.project.setCurrentIndex(1)
    window.project.activated.emit(1)
    assert told == [""]


def test_undo_names_its_act_and_goes_when_there_is_none(window, qtbot):
    told = []
    window.undo_asked.connect(lambda: told.append(1))
    assert window.undo.accessibleName() == "Annuler : dates de Léa Moreau"
    qtbot.mouseClick(window.undo, Qt.MouseButton.LeftButton)
    assert told == [1]
    window.set_undo("")
    assert window.undo.isHidden()


def test_a_banner_takes_the_place_of_the_one_before(window):
    window.show_banner(Banner("Taux à confirmer.", "warning", [button("Voir")]))
    window.show_banner(Banner("Autre.", "info", closable=True))
    assert [
        b.text.text() for b in window.findChildren(Banner) if b.isVisible() and b.parent() is window._banner_holder
    ] == ["Autre."]


def test_the_state_of_the_copies_acts_once_however_often_it_was_told(window, qtbot):
    pressed = []
    for hour in range(3):
        window.set_backup("Sauvegarde vérifiée", f"à {hour} h", "success", lambda hour=hour: pressed.append(hour))
    qtbot.mouseClick(window._backup, Qt.MouseButton.LeftButton)
    window.set_backup("Sur le serveur", "les copies s’y font")
    qtbot.mouseClick(window._backup, Qt.MouseButton.LeftButton)
    assert pressed == [2]


def test_the_status_of_a_page_shows_with_the_page(window):
    window.page("list").status_changed.emit("18 affichées sur 332")
    assert window._status.text() == ""
    window.go("list")
    assert window._status.text() == "18 affichées sur 332"
    window.go("todo")
    assert window._status.text() == ""


@pytest.mark.parametrize("name", theme.THEMES)
def test_it_fits_a_small_screen(qapp, window, name):
    theme.apply(qapp, name)
    for key in ("todo", "list", "form"):
        window.go(key)
        settle()
        assert window.minimumSizeHint().width() <= 1366
        assert window.minimumSizeHint().height() <= 768
        assert window.size() == QSize(1366, 768)
        for made in window.findChildren(QLabel):
            if made.isVisible() and made.text() and not made.wordWrap() and made.property("role") != "title":
                needed = made.fontMetrics().horizontalAdvance(made.text())
                assert made.width() >= needed or made.text().endswith("…"), made.text()


def test_chips_say_what_is_ticked(qtbot):
    chip = ChoiceChip("Pays", [("ES", "Espagne"), ("DE", "Allemagne"), ("IT", "Italie")])
    qtbot.addWidget(chip)
    told = []
    chip.changed.connect(told.append)
    chip.choose(["ES", "IT"])
    assert told == [("ES", "IT")]
    assert chip.text() == "Pays\u00a0: Espagne, Italie"
    assert chip.isChecked()
    chip.offer([("IT", "Italie"), ("PL", "Pologne")])
    assert chip.chosen() == ("IT",)
    chip.choose([])
    assert chip.text() == "Pays"
    assert not chip.isChecked()


def test_segments_have_exactly_one(qtbot):
    segments = Segments("Thème", [("light", "Clair"), ("dark", "Sombre")])
    qtbot.addWidget(segments)
    told = []
    segments.changed.connect(told.append)
    assert segments.chosen() == "light"
    segments._chips["dark"].click()
    assert (segments.chosen(), told) == ("dark", ["dark"])
    segments.choose("light")
    segments.retitle("light", "Clair (3)")
    assert segments.chosen() == "light"
