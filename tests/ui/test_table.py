import threading
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from mobility_app.i18n import N_
from mobility_app.ui import tasks
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.rows_model import KEPT_PAGES, PAGE, Column, IdRole, RowsModel, ToneRole
from mobility_app.ui.table import ROW_HEIGHT, RowsTable
from tests.ui.screen import settle, unnamed, wait


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    town: str
    amount: int


COLUMNS = (
    Column("name", N_("Last name"), lambda p: p.name, 150, sort="name", grow=True),
    Column("town", N_("Town"), lambda p: p.town, 120, note=lambda p: "France", sort="town"),
    Column("amount", N_("Grant"), lambda p: str(p.amount), 80, numeric=True, sort="amount"),
    Column("state", N_("Stage"), lambda p: "Clos", 80, tone=lambda p: "success"),
    Column("more", N_("Notes"), lambda p: "x", 80, shown=False),
)


class Desk:
    """People in memory, asked for as the database would be: ids in order, then rows by ids."""

    def __init__(self, count: int = 1000) -> None:
        self.people = {
            f"p{i}": Person(f"p{i}", f"Nom {i:05}", ("Lyon", "Metz")[i % 2], i * 7 % 100) for i in range(count)
        }
        self.fetched: list[int] = []
        self.found = 0
        self.model = RowsModel(COLUMNS, self.fetch, (("name", False),))

    def fetch(self, ids):
        self.fetched.append(len(ids))
        return [self.people[i] for i in ids if i in self.people]

    def find(self, text=""):
        def ids(order):
            self.found += 1
            key, down = order[0]
            chosen = [p for p in self.people.values() if text in p.name or text in p.town]
            return [p.id for p in sorted(chosen, key=lambda p: getattr(p, key), reverse=down)]

        return ids


@pytest.fixture
def desk():
    desk = Desk()
    desk.model.show(desk.find())
    settle()
    return desk


@pytest.fixture
def table(desk, qtbot):
    table = RowsTable(desk.model, "Personnes", "people")
    qtbot.addWidget(table)
    table.resize(700, 400)
    table.show()
    settle()
    return table


def test_it_is_a_model_as_qt_expects_it(desk, qtmodeltester):
    qtmodeltester.check(desk.model, force_py=True)


def test_rows_come_by_pages_and_only_where_she_looks(desk, table):
    assert desk.model.rowCount() == 1000
    assert desk.fetched == [PAGE]
    table.scrollTo(desk.model.index(900, 0))
    settle()
    assert sum(desk.fetched) <= 4 * PAGE
    assert desk.model.index(900, 0).data() == "Nom 00900"


def test_a_cell_tells_text_note_tone_and_id(desk):
    row = desk.model.index(3, 0)
    assert row.data(IdRole) == "p3"
    assert desk.model.index(3, 3).data(ToneRole) == "success"
    alignment = Qt.AlignmentFlag(desk.model.index(3, 2).data(Qt.ItemDataRole.TextAlignmentRole))
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert desk.model.headerData(0, Qt.Orientation.Horizontal) == "Nom"


def test_a_query_that_is_overtaken_never_shows(desk, qtbot):
    gate = threading.Event()

    def slow(order):
        gate.wait(5)
        return ["p1"]

    counts = []
    desk.model.loaded.connect(counts.append)
    desk.model.show(slow)
    wait(10)
    ran = []
    for text in ("0001", "00012", "000123"):
        desk.model.show(lambda order, text=text: ran.append(text) or desk.find(text)(order))
    gate.set()
    settle()
    assert ran == ["000123"] or len(ran) == 1
    assert counts == [desk.model.rowCount()]
    assert desk.model.rowCount() == 0


def test_the_selection_stays_on_its_records(desk, table):
    picked = []
    table.picked.connect(picked.append)
    table.select_ids(["p3", "p10", "p500"])
    assert table.selected_ids() == ["p3", "p10", "p500"]
    assert table.current_id() == "p3"
    desk.model.sort(0, Qt.SortOrder.DescendingOrder)
    settle()
    assert table.selected_ids() == ["p500", "p10", "p3"]
    assert table.current_id() == "p3"
    del desk.people["p10"]
    desk.model.refresh()
    settle()
    assert table.selected_ids() == ["p500", "p3"]
    assert picked[-1] == ["p500", "p3"]
    del desk.people["p500"], desk.people["p3"]
    desk.model.refresh()
    settle()
    assert picked[-1] == []


def test_the_record_under_the_cursor_that_goes_is_told(desk, table):
    told = []
    table.select_ids(["p4"])
    table.current.connect(told.append)
    del desk.people["p4"]
    desk.model.refresh()
    settle()
    assert told[-1] == ""


def test_changed_data_keeps_place_and_shows_new_values(desk, table):
    table.select_ids(["p2"])
    resets = []
    desk.model.modelReset.connect(lambda: resets.append(1))
    desk.people["p2"] = Person("p2", "Nom 00002", "Łódź", 1)
    desk.model.refresh()
    settle()
    assert resets == []
    assert desk.model.index(2, 1).data() == "Łódź"


def test_a_page_that_is_not_in_sight_is_fetched_anew_after_a_change(desk, table):
    table.scrollTo(desk.model.index(900, 0))
    settle()
    table.scrollToTop()
    settle()
    desk.people["p900"] = Person("p900", "Nom 00900", "Köln", 1)
    desk.model.refresh()
    settle()
    table.scrollTo(desk.model.index(900, 0))
    settle()
    assert desk.model.index(900, 1).data() == "Köln"


def test_the_cache_has_an_end(qtbot):
    desk = Desk(PAGE * (KEPT_PAGES + 8))
    desk.model.show(desk.find())
    settle()
    for place in range(0, desk.model.rowCount(), PAGE):
        desk.model.row(place)
        settle()
    assert len(desk.model._pages) == KEPT_PAGES


def test_a_click_on_the_header_sorts_and_is_remembered(desk, table, qtbot):
    table._sort_by(2)
    settle()
    assert desk.model.order == (("amount", False),)
    table._sort_by(2)
    settle()
    assert desk.model.order == (("amount", True),)
    amounts = [desk.people[i].amount for i in desk.model.ids()]
    assert amounts == sorted(amounts, reverse=True)
    table._sort_by(3)
    assert desk.model.order == (("amount", True),), "a column without a key does not sort"
    again = RowsTable(Desk().model, "Personnes", "people")
    qtbot.addWidget(again)
    assert again._rows.order == (("amount", True),)


def test_columns_are_chosen_dragged_resized_and_remembered(desk, table, qtbot):
    actions = {action.text(): action for action in table.header_menu().actions() if action.text()}
    assert not actions["Observations"].isChecked()
    actions["Observations"].trigger()
    actions["Ville"].trigger()
    table.horizontalHeader().moveSection(2, 0)
    table.horizontalHeader().resizeSection(2, 111)
    assert [column.key for column in table.shown_columns()] == ["amount", "name", "state", "more"]
    again = RowsTable(Desk().model, "Personnes", "people")
    qtbot.addWidget(again)
    assert [column.key for column in again.shown_columns()] == ["amount", "name", "state", "more"]
    assert again._widths["amount"] == 111
    again._reset_columns()
    assert [column.key for column in again.shown_columns()] == ["name", "town", "amount", "state"]
    assert again._widths["amount"] == 80


def test_the_last_column_cannot_go(desk, table):
    for i in range(4):
        table._show_column(i, False)
    assert [column.key for column in table.shown_columns()] == ["state"]


def test_copy_gives_cells_for_a_spreadsheet(desk, table, qtbot):
    desk.people["p1"] = Person("p1", "=HYPERLINK(1)", "A\tB\nC", 5)
    desk.people["p2"] = Person("p2", "+33 6 12 34 56 78", "@x", -5)
    desk.model.refresh()
    settle()
    table.select_ids(["p1", "p2", "p3"])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == [
        ["Nom", "Ville", "Subvention", "Étape"],
        ["+33 6 12 34 56 78", "'@x France", "-5", "Clos"],
        ["'=HYPERLINK(1)", "A B C France", "5", "Clos"],
        ["Nom 00003", "Metz France", "21", "Clos"],
    ]


def test_enter_and_double_click_open(desk, table, qtbot):
    opened = []
    table.opened.connect(opened.append)
    table.select_ids(["p7"])
    qtbot.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(desk.model.index(2, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == ["p7", "p2"]


def test_an_empty_list_says_what_to_do(qtbot):
    desk = Desk(3)
    empty = EmptyState("users", "Personne", "Importez votre tableau.")
    table = RowsTable(desk.model, "Personnes", "people", empty)
    qtbot.addWidget(table)
    table.show()
    desk.model.show(desk.find("nobody"))
    settle()
    assert empty.isVisible()
    assert empty.geometry() == table.viewport().geometry()
    desk.model.show(desk.find())
    settle()
    assert not empty.isVisible()


def test_it_has_a_name_fixed_rows_and_growing_columns(table):
    assert unnamed(table) == []
    assert table.rowHeight(0) == ROW_HEIGHT
    table.resize(900, 300)
    wait(10)
    widths = sum(table.columnWidth(i) for i in range(5) if not table.isColumnHidden(i))
    assert widths == table.viewport().width()
    assert table.columnWidth(1) == 120
    table.resize(360, 300)
    wait(10)
    assert table.columnWidth(0) == int(150 * 0.75)


def test_a_failed_query_is_told(desk, qtbot):
    errors = []
    desk.model.failed.connect(errors.append)
    with qtbot.capture_exceptions() as caught:
        desk.model.show(lambda order: 1 / 0)
        settle()
    assert [type(error) for error in errors] == [ZeroDivisionError]
    assert len(caught) == 1
    assert not tasks.busy()
