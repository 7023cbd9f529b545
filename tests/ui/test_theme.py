import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from mobility_app.paths import RESOURCES
from mobility_app.ui import theme
from mobility_app.ui.buttons import button

PAIRS = [
    *(
        (ink, paper)
        for ink in ("text", "muted")
        for paper in ("window", "surface", "sidebar", "field", "hover", "selection")
    ),
    *((tone, f"{tone}_soft") for tone in theme.TONES),
    *((tone, "surface") for tone in theme.TONES),
    ("accent", "surface"),
    ("accent", "window"),
    ("accent", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("surface", "text"),
]


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_reads_on_its_ground(name, ink, paper):
    colours = theme.THEMES[name]
    assert theme.contrast(getattr(colours, ink), getattr(colours, paper)) >= 4.5


@pytest.mark.parametrize("name", theme.THEMES)
def test_marks_stand_out(name):
    colours = theme.THEMES[name]
    for mark in ("chart", "accent", "success"):
        assert theme.contrast(getattr(colours, mark), colours.surface) >= 3
        assert theme.contrast(getattr(colours, mark), colours.track) >= 3


def test_contrast_is_that_of_wcag():
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert theme.contrast("#ffffff", "#767676") == theme.contrast("#767676", "#ffffff")


@pytest.mark.parametrize("name", theme.THEMES)
def test_style_sheet_has_every_token_and_every_picture(name):
    sheet = theme.style_sheet(name)
    assert "$" not in sheet
    pictures = re.findall(r'url\("(.*?)"\)', sheet)
    assert pictures
    for picture in pictures:
        assert (RESOURCES / "theme" / picture.rsplit("/", 1)[1]).is_file(), picture


def test_no_picture_is_unused_and_each_wears_its_token():
    inks = {"down": "muted", "up": "muted", "check": "accent", "tick": "on_accent", "dash": "accent"}
    sheets = theme.style_sheet("light") + theme.style_sheet("dark")
    for picture in (RESOURCES / "theme").glob("*.svg"):
        shape, name = picture.stem.split("-")
        assert picture.name in sheets
        assert f'stroke="{getattr(theme.THEMES[name], inks[shape])}"' in picture.read_text("utf-8")


def test_switching_changes_palette_sheet_and_icons(qapp: QApplication, qtbot):
    made = button("Ajouter", icon="plus")
    qtbot.addWidget(made)
    light = made.icon().pixmap(16, 16).toImage()
    theme.apply(qapp, "dark")
    assert theme.tokens() is theme.DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.DARK.window
    assert theme.DARK.window in qapp.styleSheet()
    assert made.icon().pixmap(16, 16).toImage() != light
    theme.apply(qapp, "light")
    assert made.icon().pixmap(16, 16).toImage() == light


def test_the_system_choice_follows_the_system(qapp: QApplication):
    theme.apply(qapp, "dark")
    theme._system_changed(qapp)
    assert theme.tokens() is theme.DARK, "a fixed choice stays"
    theme.apply(qapp, "system")
    assert theme.tokens() is theme.LIGHT, "a system that says nothing is light"


def test_an_unknown_choice_is_light():
    assert theme.resolve("purple") is theme.LIGHT


def test_inter_is_ours_in_four_weights(qapp: QApplication):
    assert theme.load_fonts().startswith("Inter")
    assert QFontInfo(theme.font()).family() == "Inter"
    assert {QFontInfo(theme.font(13, weight)).weight() for weight in (400, 500, 600, 700)} == {400, 500, 600, 700}
    assert "Inter" in QFontDatabase.families()
