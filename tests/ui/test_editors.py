import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QMenu, QVBoxLayout, QWidget

from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY, MOBILITY
from mobility_app.ui.editors import Editor
from tests.ui.screen import type_text, unnamed

VALUES = {
    "text": "Zoé",
    "long_text": "deux\nlignes",
    "email": "zoe@lycee.example",
    "date": dt.date(2027, 3, 5),
    "integer": 3,
    "boolean": True,
    "country": "ES",
    "kilometres": 1224,
    "money": 12050,
}


@pytest.fixture
def form(qtbot):
    """A form with one editor of each field, and a line that takes the focus away."""
    holder = QWidget()
    qtbot.addWidget(holder)
    lay = QVBoxLayout(holder)
    holder.editors = {field.key: Editor(field) for field in MOBILITY if field.owner != "derived"}
    holder.elsewhere = QLineEdit()
    holder.elsewhere.setAccessibleName("x")
    for each in (*holder.editors.values(), holder.elsewhere):
        lay.addWidget(each)
    holder.show()
    return holder


def test_each_kind_shows_and_gives_back_its_value(form):
    for key, editor in form.editors.items():
        field = BY_KEY[key]
        value = field.choices[-1].code if field.kind == "choice" else VALUES[field.kind]
        editor.set_value(value)
        assert editor.value() == value, key
        assert not editor.changed(), key
        editor.set_value(None)
        assert not editor.value(), key


def test_every_editor_has_a_name(form):
    assert unnamed(form) == []


def test_leaving_a_changed_field_commits_once(form, qtbot):
    editor, told = form.editors["last_name"], []
    editor.set_value("Martin")
    editor.committed.connect(lambda: told.append(editor.value()))
    editor.control.setFocus()
    form.elsewhere.setFocus()
    assert told == [], "nothing was changed"
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, "Lefèvre")
    form.elsewhere.setFocus()
    qtbot.keyClick(editor.control, Qt.Key.Key_Return)
    assert told == ["Lefèvre"]


def test_what_cannot_be_read_stays_with_its_reason(form, qtbot):
    editor, told = form.editors["start"], []
    editor.set_value(dt.date(2027, 3, 5))
    editor.committed.connect(lambda: told.append(1))
    editor.control.setFocus()
    editor.control.selectAll()
    type_text(editor.control, "31/02/2027")
    form.elsewhere.setFocus()
    assert told == []
    assert editor.trouble.isVisible()
    assert editor.control.text() == "31/02/2027"
    assert editor.control.property("invalid") == "true"
    with pytest.raises(UserError):
        editor.value()
    editor.control.setFocus()
    qtbot.keyClick(editor.control, Qt.Key.Key_Escape)
    assert editor.control.text() == "05/03/2027"
    assert not editor.trouble.isVisible()


def test_a_value_from_elsewhere_does_not_disturb_her_typing(form):
    editor = form.editors["first_name"]
    editor.set_value("Léa")
    form.activateWindow()
    editor.control.setFocus()
    type_text(editor.control, "x")
    if editor.control.hasFocus():
        editor.set_value("Zoé")
        assert "x" in editor.control.text()


def test_choices_and_ticks_commit_at_once(form, qtbot):
    told = []
    means, green = form.editors["means"], form.editors["green"]
    means.committed.connect(lambda: told.append(means.value()))
    green.committed.connect(lambda: told.append(green.value()))
    means.control.setCurrentIndex(means.control.findData("train"))
    means.control.activated.emit(means.control.currentIndex())
    green.control.click()
    assert told == ["train", True]


def test_a_country_outside_the_list_is_kept(form):
    editor = form.editors["country"]
    editor.set_value("JP")
    assert editor.value() == "JP"
    assert editor.control.currentText() == "Japon"


def test_notes_commit_when_she_leaves(form):
    editor, told = form.editors["notes"], []
    editor.committed.connect(lambda: told.append(editor.value()))
    editor.control.setFocus()
    type_text(editor.control, "été")
    form.elsewhere.setFocus()
    assert told == ["été"]


def test_the_calendar_writes_the_date(form, qtbot):
    editor, told = form.editors["end"], []
    editor.committed.connect(lambda: told.append(editor.value()))
    editor.control._choose()
    menu = editor.control.findChildren(QMenu)[0]
    calendar = menu.findChildren(QCalendarWidget)[0]
    calendar.clicked.emit(QDate(2027, 4, 1))
    assert told == [dt.date(2027, 4, 1)]
