"""Pills: a state as a coloured word, in a label or a cell of a table. The colour never says more than the word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy

from mobility_app.fields import STAGES, choice_title
from mobility_app.i18n import _
from mobility_app.ui import theme
from mobility_app.ui.labels import label

STAGE_TONES = {
    "candidate": "neutral",
    "waiting": "neutral",
    "not_selected": "neutral",
    "selected": "neutral",
    "preparation": "warning",
    "ready": "info",
    "abroad": "info",
    "returned": "warning",
    "complete": "success",
    "closed": "success",
    "withdrawn": "danger",
    "cancelled": "danger",
    "interrupted": "danger",
}
SEVERITY_TONES = {"blocking": "danger", "warning": "warning", "notice": "info"}


def pill(text: str, tone: str = "neutral") -> QLabel:
    """A coloured word. Tones: neutral, info, success, warning, danger."""
    made = label(text, "pill")
    made.setProperty("tone", tone)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


def set_pill(made: QLabel, text: str, tone: str) -> None:
    made.setText(text)
    if made.property("tone") != tone:
        made.setProperty("tone", tone)
        theme.restyle(made)


def stage_title(stage: str) -> str:
    """The stage in her words: "À l'étranger"."""
    return _(choice_title(STAGES, stage))


def stage_pill(stage: str) -> QLabel:
    return pill(stage_title(stage), STAGE_TONES.get(stage, "neutral"))


def paint_pill(painter: QPainter, room: QRectF, text: str, tone: str, *, selected: bool = False) -> None:
    """Draws a pill at the left of `room`, in the middle of its height; on a selected row it lies on paper."""
    colours = theme.tokens()
    font = theme.font(12, 500)
    metrics = QFontMetrics(font)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()) - 18)
    shape = QRectF(room.left(), room.center().y() - 10, metrics.horizontalAdvance(text) + 18, 20)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.color("surface" if selected else f"{tone}_soft"))
    painter.drawRoundedRect(shape, 10, 10)
    painter.setPen(colours.color(tone))
    painter.setFont(font)
    painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)
