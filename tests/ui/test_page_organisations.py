import pytest
from PySide6.QtCore import Qt

from mobility_app.actions import mobilities, organisations
from mobility_app.store import queries
from mobility_app.store.journal import Label
from mobility_app.ui.page_organisations import HostsPage, SendersPage
from tests.ui.dossiers import desk, filled_file, opened, spaced, undo  # noqa: F401  (fixtures)
from tests.ui.screen import settle, type_text, unnamed


@pytest.fixture
def senders(desk, qtbot):  # noqa: F811
    return opened(qtbot, SendersPage(desk))


@pytest.fixture
def hosts(desk, qtbot):  # noqa: F811
    return opened(qtbot, HostsPage(desk))


def cells(page, key: str) -> list[str]:
    column = page.model.column(key)
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def choose(page, *chosen: str) -> None:
    page.table.select_ids([page.model.id_at(cells(page, "name").index(name)) for name in chosen])
    settle()


def type_in(editor, text: str, qtbot) -> None:
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, text)
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    settle()


def test_schools_and_hosts_each_with_their_mobilities_and_days(senders, hosts):
    assert cells(senders, "name") == ["CFA Numérique", "LP Jeanne-Barret"]
    assert cells(senders, "mobilities") == ["2", "2"]
    assert cells(senders, "days") == ["56", "56"]
    assert cells(hosts, "name") == ["Atelier DE", "Atelier ES", "Atelier IT", "Atelier PL"]
    assert unnamed(senders) == unnamed(hosts) == []


def test_places_are_typed_in_the_pane_and_undone(senders, desk, qtbot):  # noqa: F811
    choose(senders, "CFA Numérique")
    type_in(senders.pane.places, "12", qtbot)
    assert cells(senders, "places") == ["12", ""]
    undo(desk)
    assert cells(senders, "places") == ["", ""]


def test_a_doubtful_uai_is_warned_of_as_she_types_and_kept_all_the_same(senders, desk, qtbot):  # noqa: F811
    choose(senders, "CFA Numérique")
    form = senders.pane.form
    form.editors["uai"].control.setFocus()
    type_text(form.editors["uai"].control, "0451701A")
    assert "UAI" in form.warnings["uai"].text()
    qtbot.keyClick(form.editors["uai"].control, Qt.Key.Key_Return)
    settle()
    assert cells(senders, "uai") == ["0451701A", ""]
    type_in(form.editors["uai"], "045 1701 e", qtbot)
    assert cells(senders, "uai") == ["0451701E", ""]
    assert form.warnings["uai"].text() == ""


def test_two_names_of_one_firm_are_merged_with_all_that_they_have(hosts, desk):  # noqa: F811
    with desk.db.write(Label("doublon")) as s:
        made = organisations.add(s, "host", name="ATELIER ES", phone="01 23")
        person = queries.participants(s)[0].id
        mobilities.add(s, desk.project_id, person, host_id=made, country="ES")
    settle()
    assert spaced(hosts.twins_chip.text()) == "Doublons possibles : 2"
    choose(hosts, "Atelier ES", "ATELIER ES")
    hosts.merging.choices[made].setChecked(True)
    hosts.merging.merge_button.click()
    settle()
    assert cells(hosts, "name") == ["Atelier DE", "ATELIER ES", "Atelier IT", "Atelier PL"]
    assert cells(hosts, "mobilities")[1] == "2"
    assert hosts.pane.form.editors["town"].value() == "Ville"
    undo(desk)
    assert len(cells(hosts, "name")) == 5


def test_one_that_is_needed_cannot_go_to_the_bin(hosts, desk, qtbot):  # noqa: F811
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    choose(hosts, "Atelier DE")
    said = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        said.append(box.text())
        box.reject()

    QTimer.singleShot(300, read)
    hosts.pane.remove()
    settle()
    assert "Atelier DE" in said[0]
    assert "Atelier DE" in cells(hosts, "name")


def test_a_new_school_is_there_at_once_and_hosts_that_nobody_uses_yet_too(senders, hosts, desk):  # noqa: F811
    senders.add_named("Lycée du Lac")
    hosts.add_named("Bäckerei Süd")
    settle()
    senders.refresh()
    settle()
    assert "Lycée du Lac" in cells(senders, "name")
    assert "Bäckerei Süd" in cells(hosts, "name")
    assert hosts.pane.name.whole() == "Bäckerei Süd"
