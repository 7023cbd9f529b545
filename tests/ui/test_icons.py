import pytest
from PySide6.QtGui import QIcon

from mobility_app.paths import RESOURCES
from mobility_app.ui import icons, theme


def test_every_name_has_its_file_and_every_file_its_name():
    assert {path.stem for path in (RESOURCES / "icons").glob("*.svg")} == icons.NAMES


def test_the_licence_is_beside_them():
    assert "ISC License" in (RESOURCES / "icons" / "LICENSE").read_text("utf-8")


def test_an_unknown_icon_is_a_fault():
    with pytest.raises(LookupError, match="no icon named unicorn"):
        icons.pixmap("unicorn", "#000000")


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_drawn_in_its_colour_at_its_size(qapp, ratio):
    picture = icons.pixmap("plus", "#ff0000", 16, ratio)
    assert picture.size().width() == 16 * ratio
    assert picture.deviceIndependentSize().width() == 16
    middle = picture.toImage().pixelColor(int(8 * ratio), int(8 * ratio))
    assert (middle.red(), middle.green(), middle.blue()) == (255, 0, 0)
    assert middle.alpha() > 200


def test_grey_when_disabled(qapp):
    made = icons.icon("plus", "accent")
    colour = made.pixmap(16, 16, QIcon.Mode.Disabled).toImage().pixelColor(8, 8)
    assert abs(colour.red() - theme.tokens().color("disabled").red()) < 8


def test_no_icon_is_shipped_for_nothing():
    sources = (RESOURCES.parent / "mobility_app" / "ui").glob("*.py")
    code = "\n".join(path.read_text("utf-8") for path in sources if path.name != "icons.py")
    assert [name for name in sorted(icons.NAMES) if f'"{name}"' not in code] == []
