"""How the window is coloured and set: one table of tokens a theme gives palette, style sheet and every drawing.

`apply(app, choice)` dresses the whole application, at the start and again whenever the choice or the system changes;
whatever paints itself asks `tokens()` at the moment of painting, so that nothing keeps a colour of yesterday.
"""

from __future__ import annotations

import string
from dataclasses import asdict, dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mobility_app.paths import RESOURCES

Choice = Literal["system", "light", "dark"]
GRID = 8  # every distance is a multiple (or half) of it
TONES = ("neutral", "info", "success", "warning", "danger")


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme. `<tone>` is ink that reads on `<tone>_soft` and on a surface."""

    name: str
    window: str
    surface: str
    sidebar: str
    border: str
    line: str  # hairlines between rows
    text: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    selection: str
    hover: str
    field: str
    track: str  # the empty part of a bar
    chart: str
    chart_light: str
    chart_mark: str  # the month we are in
    sea: str
    land: str
    home: str  # the coordinator's own country on the map
    neutral: str
    neutral_soft: str
    info: str
    info_soft: str
    success: str
    success_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    scroll: str

    def color(self, name: str) -> QColor:
        return QColor(getattr(self, name))


LIGHT = Tokens(
    name="light",
    window="#f5f6fa",
    surface="#ffffff",
    sidebar="#ffffff",
    border="#dfe3ec",
    line="#edf0f4",
    text="#1a2030",
    muted="#596377",
    disabled="#9aa3b2",
    accent="#1d5bd0",
    accent_hover="#184cae",
    on_accent="#ffffff",
    accent_soft="#e6edfc",
    selection="#e6edfc",
    hover="#f3f5f9",
    field="#ffffff",
    track="#e9edf3",
    chart="#1d5bd0",
    chart_light="#9bbaf0",
    chart_mark="#e08a00",
    sea="#ffffff",
    land="#dfe3ea",
    home="#aeb9c9",
    neutral="#465063",
    neutral_soft="#ebeef3",
    info="#1b50b8",
    info_soft="#e4edfd",
    success="#14663a",
    success_soft="#e1f3e8",
    warning="#7d5200",
    warning_soft="#fdf0d3",
    danger="#a11d1d",
    danger_soft="#fde6e6",
    scroll="#c3cad6",
)
DARK = Tokens(
    name="dark",
    window="#14181f",
    surface="#1c222b",
    sidebar="#171c24",
    border="#2e3643",
    line="#28303b",
    text="#e7ebf1",
    muted="#a3adbc",
    disabled="#667080",
    accent="#7aa7ff",
    accent_hover="#97baff",
    on_accent="#0e1623",
    accent_soft="#22324f",
    selection="#24344f",
    hover="#222a35",
    field="#1a2029",
    track="#2d3541",
    chart="#7aa7ff",
    chart_light="#3f5f99",
    chart_mark="#f0b04a",
    sea="#1c222b",
    land="#323b48",
    home="#55627a",
    neutral="#b9c2cf",
    neutral_soft="#2b333f",
    info="#94bbff",
    info_soft="#1e3154",
    success="#7fd6a0",
    success_soft="#17352a",
    warning="#f0bb62",
    warning_soft="#3b2b10",
    danger="#ff9c94",
    danger_soft="#431d1e",
    scroll="#465163",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def tokens() -> Tokens:
    """The tokens of the theme that the application wears now."""
    app = QCoreApplication.instance()
    return THEMES.get(app.property("theme"), LIGHT) if app else LIGHT


def resolve(choice: str) -> Tokens:
    """The theme that a choice stands for; an unknown system scheme is light."""
    if choice == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return THEMES.get(choice, LIGHT)


def apply(app: QApplication, choice: str = "system") -> None:
    """Dresses the application in the chosen theme: Fusion, Inter, palette, style sheet; follows the system if asked."""
    theme = resolve(choice)
    first = app.property("theme") is None
    app.setProperty("theme_choice", choice)
    if first:
        load_fonts()
        app.setStyle("Fusion")
        app.setFont(font())
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _scheme: _system_changed(app))
    if app.property("theme") == theme.name:
        return
    app.setProperty("theme", theme.name)
    app.setPalette(palette(theme))
    app.setStyleSheet(style_sheet(theme.name))
    from mobility_app.ui import icons

    icons.tint_again(app)
    for widget in app.allWidgets():
        if widget.isVisible():
            widget.update()


def _system_changed(app: QApplication) -> None:
    if app.property("theme_choice") == "system":
        apply(app, "system")


@cache
def load_fonts() -> str:
    """Registers the shipped Inter and returns its family name."""
    family = ""
    for path in sorted((RESOURCES / "fonts" / "inter").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        family = QFontDatabase.applicationFontFamilies(number)[0]
    return family


def font(pixels: int = 13, weight: int = 400) -> QFont:
    """Inter at a size in device-independent pixels."""
    chosen = QFont("Inter")
    chosen.setPixelSize(pixels)
    chosen.setWeight(QFont.Weight(weight))
    return chosen


@cache
def style_sheet(name: str) -> str:
    theme = THEMES[name]
    folder = RESOURCES / "theme"
    template = string.Template((folder / "application.qss").read_text("utf-8"))
    return template.substitute(asdict(theme), art=folder.as_posix())


def palette(theme: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.surface,
        role.AlternateBase: theme.hover,
        role.Text: theme.text,
        role.Button: theme.surface,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.surface,
        role.PlaceholderText: theme.muted,
        role.Light: theme.surface,
        role.Midlight: theme.line,
        role.Mid: theme.border,
        role.Dark: theme.border,
        role.Shadow: theme.border,
        role.Accent: theme.accent,
    }
    result = QPalette()
    for where, colour in colours.items():
        result.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.disabled))
    return result


def restyle(widget: QWidget) -> None:
    """Looks up the style sheet again after a property that it selects on has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def is_style_change(event: QEvent) -> bool:
    return event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it (1 to 21); text needs 4.5, large text and marks 3."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
