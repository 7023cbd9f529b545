"""Icons: the shipped Lucide drawings, tinted with a token of the theme and sharp at every scaling.

To add one, copy its file from lucide-static into resources/icons and add its name here; a test holds the two equal.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from mobility_app.paths import RESOURCES
from mobility_app.ui import theme

NAMES = frozenset(
    [
        "building-2",
        "bookmark",
        "calendar",
        "chart-column",
        "circle-alert",
        "circle-check",
        "circle-help",
        "copy",
        "download",
        "file-spreadsheet",
        "folder-open",
        "info",
        "list-checks",
        "mail",
        "merge",
        "pencil",
        "plane",
        "plus",
        "printer",
        "school",
        "search",
        "settings",
        "sparkles",
        "trash-2",
        "triangle-alert",
        "undo-2",
        "upload",
        "user-x",
        "users",
        "wallet",
        "x",
    ]
)
SIZE = 16


@cache
def pixmap(name: str, color: str, size: int = SIZE, ratio: float = 2.0) -> QPixmap:
    """The drawing of an icon in one colour (`#rrggbb`), `size` pixels wide on a screen of that pixel ratio."""
    if name not in NAMES:
        raise LookupError(f"no icon named {name}")
    source = (RESOURCES / "icons" / f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    picture = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, token: str = "muted", size: int = SIZE) -> QIcon:
    """An icon in a token's colour of the present theme; grey when its button is disabled."""
    colours = theme.tokens()
    result = QIcon()
    for ratio in (1.0, 2.0):
        result.addPixmap(pixmap(name, getattr(colours, token), size, ratio))
        result.addPixmap(pixmap(name, colours.disabled, size, ratio), QIcon.Mode.Disabled)
    return result


def dress(widget: QAbstractButton | QLabel, name: str, token: str = "muted", size: int = SIZE) -> None:
    """Puts an icon on a button or a label, and keeps it in step when the theme changes."""
    widget.setProperty("icon_drawing", [name, token, size])
    _draw(widget, name, token, size)


def _draw(widget: QAbstractButton | QLabel, name: str, token: str, size: int) -> None:
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, getattr(theme.tokens(), token), size))
    else:
        widget.setIcon(icon(name, token, size))
        widget.setIconSize(QSize(size, size))


def tint_again(app: QApplication) -> None:
    for widget in app.allWidgets():
        drawing = widget.property("icon_drawing")
        if drawing and isinstance(widget, QAbstractButton | QLabel):
            _draw(widget, *drawing)
