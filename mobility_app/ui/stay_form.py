"""A stay that is only thought of, described in a few fields; its distance is typed, or found from two towns."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from mobility_app.actions import distances
from mobility_app.core.activities import SHORT, WHO
from mobility_app.core.facts import Stay
from mobility_app.core.whatif import length
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY, Choice, Field
from mobility_app.i18n import N_, _
from mobility_app.jobs import money
from mobility_app.ui import tasks
from mobility_app.ui.cards import column, line
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label

PATIENCE_MS = 200  # after the last letter
_ACTIVITIES = tuple(Choice(code, SHORT[code]) for code in WHO)
FIELDS = (
    Field("activity", N_("Activity type"), "choice", "mobility", choices=_ACTIVITIES),
    BY_KEY["role"],
    BY_KEY["country"],
    Field("days", N_("Days of activity"), "integer", "mobility"),
    BY_KEY["travel_days"],
    Field("origin", N_("From (town)"), "text", "mobility", length=120),
    Field("town", N_("To (town)"), "text", "mobility", length=120),
    BY_KEY["distance_km"],
    BY_KEY["green"],
    BY_KEY["fewer_opportunities"],
)
_ROWS = (("activity",), ("role", "country"), ("days", "travel_days"), ("origin", "town"), ("distance_km", "ticks"))
_TICKS = ("green", "fewer_opportunities")


class StayForm(QWidget):
    """`changed` fires a breath after she typed, at once after she chose."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._usual: Mapping[str, Stay] = {}
        self.editors = {field.key: Editor(field) for field in FIELDS}
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PATIENCE_MS)
        self._soon.timeout.connect(self.changed)
        acts = {"origin": self._find_distance, "town": self._find_distance, "country": self._moved}
        for key, editor in self.editors.items():
            editor.committed.connect(acts.get(key, self._tell))
            if isinstance(editor.control, QLineEdit) and key not in ("origin", "town"):
                editor.control.textEdited.connect(lambda _text: self._soon.start())
        for key in _TICKS:
            control = self.editors[key].control
            assert isinstance(control, QCheckBox)
            control.setText(_(BY_KEY[key].title))
        rows = column(spacing=6)
        for keys in _ROWS:
            row = line(*(self._cell(key) for key in keys))
            for place in range(len(keys)):
                row.setStretch(place, 1)
            rows.addLayout(row)
        self.setLayout(rows)

    def _cell(self, key: str) -> QWidget:
        made = QWidget()
        if key == "ticks":
            made.setLayout(column(None, *(self.editors[tick] for tick in _TICKS), spacing=2))
            return made
        editor = self.editors[key]
        caption = label(_(editor.field.title), "small")
        caption.setBuddy(editor)
        made.setLayout(column(caption, editor, None, spacing=2))
        return made

    def know(self, usual: Mapping[str, Stay]) -> None:
        """By country, the stay that most of the project's are like: its distance is proposed with the country."""
        self._usual = usual

    def show_stay(self, stay: Stay, origin: str) -> None:
        """Begins with a stay that the project has already, leaving from a town."""
        values = {
            "activity": stay.activity,
            "role": stay.role,
            "country": stay.country,
            "days": length(stay) or None,
            "travel_days": stay.travel_days,
            "origin": origin or None,
            "town": None,
            "distance_km": stay.distance_km,
            "green": stay.green,
            "fewer_opportunities": stay.fewer_opportunities,
        }
        for key, value in values.items():
            self.editors[key].set_value(value)

    def stay(self) -> Stay | None:
        """What is described; None while activity, country or days are missing. Raises UserError for what cannot be."""
        found = {key: editor.value() for key, editor in self.editors.items()}
        if not (found["activity"] and found["country"] and found["days"]):
            return None
        return money.imagined(
            found["activity"],
            found["country"],
            found["days"],
            found["distance_km"],
            found["travel_days"] or 0,
            green=found["green"],
            accompanying=found["role"] == "accompanying",
            fewer_opportunities=found["fewer_opportunities"],
        )

    def _tell(self) -> None:
        self._soon.stop()
        self.changed.emit()

    def _moved(self) -> None:
        """Another country: the town and the distance of the one before say nothing of it."""
        usual = self._usual.get(self.editors["country"].value() or "")
        self.editors["town"].set_value(None)
        self.editors["distance_km"].set_value(usual.distance_km if usual else None)
        self._tell()

    def _find_distance(self) -> None:
        """Kilometres between the two towns, once both and the country are told."""
        origin, town, country = (self.editors[key].value() for key in ("origin", "town", "country"))
        if origin and town and country:
            tasks.run(self, lambda _p: distances.between(origin, town, country), self._found, self._not_found)
        self._tell()

    def _found(self, km: int) -> None:
        self.editors["town"].say("")
        self.editors["distance_km"].set_value(km)
        self._tell()

    def _not_found(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.editors["town"].say(str(error))
