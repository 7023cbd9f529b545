import ast
from pathlib import Path

from PySide6.QtCore import Qt

from mobility_app.ui import labels
from mobility_app.ui.notices import Banner, InlineMessage
from tests.ui import gallery
from tests.ui.screen import rich_labels, settle

HOSTILE = '<img src="file:///etc/hostname">Zoé & <b>Léa</b>'
UI = Path(labels.__file__).parent


def test_a_name_with_markup_is_shown_as_it_is(qtbot):
    banner, message = Banner(HOSTILE), InlineMessage()
    message.say(HOSTILE)
    for made in (labels.label(HOSTILE), labels.ElidedLabel(HOSTILE), message, banner):
        qtbot.addWidget(made)
    for made in (labels.label(HOSTILE), labels.ElidedLabel(HOSTILE), message, banner.text):
        assert made.textFormat() == Qt.TextFormat.PlainText


def test_tooltips_are_plain(qtbot):
    made = labels.label("x")
    qtbot.addWidget(made)
    labels.tip(made, HOSTILE)
    assert "<img" not in made.toolTip()
    assert "&lt;img" in made.toolTip()
    labels.tip(made, "Zoé & Léa")
    assert made.toolTip() == "Zoé & Léa"


def test_no_label_is_made_with_a_text_outside_the_factory():
    """QLabel(text) reads markup: labels come from `label()`; subclasses set their format themselves."""
    faults = []
    for path in UI.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QLabel" and node.args:
                faults.append(f"{path.name}:{node.lineno}")
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip":
                argument = ast.unparse(node.args[0])
                if "plain(" not in argument and path.name not in ("charts.py",):
                    faults.append(f"{path.name}:{node.lineno} setToolTip({argument})")
    assert faults == []


def test_every_label_of_a_window_is_plain(qtbot):
    window = gallery.window()
    qtbot.addWidget(window)
    window.show()
    settle()
    assert [made.text() for made in rich_labels(window)] == []


def test_a_long_text_is_cut_and_told_whole(qtbot):
    made = labels.ElidedLabel("Consortium des lycées des métiers de la Loire")
    qtbot.addWidget(made)
    made.resize(80, 20)
    made.show()
    assert made.text().endswith("…")
    assert made.toolTip() == made.whole() == made.accessibleName() == "Consortium des lycées des métiers de la Loire"
    made.resize(600, 20)
    assert made.text() == made.whole()
    assert made.toolTip() == ""
