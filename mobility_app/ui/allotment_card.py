"""Requested, awarded and allotted: the places and the euros of each school, and of all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from mobility_app.actions import members
from mobility_app.core.application import School, total
from mobility_app.files import safe_name
from mobility_app.i18n import N_, _, current, money, number
from mobility_app.jobs import papers, place_notices
from mobility_app.jobs.applying import Applying
from mobility_app.store.journal import Label
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import menu_button
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.figures import Figure, FiguresTable
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.printing import EXCEL, PDF
from mobility_app.ui.rate_values import read_amount
from mobility_app.ui.typed_figures import write_typed
from mobility_app.ui.values import read_whole

SUMS = (("requested", N_("Requested")), ("awarded", N_("Awarded")), ("allotted", N_("Allotted")))
STEPS = {"places": N_("places of {name}"), "cents": N_("euros of {name}")}


@dataclass(frozen=True)
class SchoolRow:
    """One school, or all of them when `total`."""

    school: School
    total: bool = False


def school_rows(schools: Sequence[School]) -> tuple[SchoolRow, ...]:
    """Each school, then all of them."""
    return (*map(SchoolRow, schools), SchoolRow(total(schools, _("All schools")), total=True))


def _money(cents: int | None, unknown: str) -> str:
    return unknown if cents is None else money(cents)


def _grants(row: SchoolRow) -> str:
    return _money(row.school.grants, _("unknown")) if row.school.requested else ""


FIGURES = (
    Figure("name", N_("Sending organisation"), lambda row: row.school.name, 200, numeric=False, grow=True),
    Figure("requested", N_("Places requested"), lambda row: number(row.school.requested), 140),
    Figure("adults", N_("Adults"), lambda row: number(row.school.adults), 100),
    Figure("grants", N_("Estimated grants"), _grants, 150),
    Figure(
        "places",
        N_("Places allotted"),
        lambda row: "" if row.school.places is None else number(row.school.places),
        140,
        edit=lambda row: None if row.total else "" if row.school.places is None else str(row.school.places),
    ),
    Figure(
        "cents",
        N_("Euros allotted"),
        lambda row: _money(row.school.cents, ""),
        150,
        edit=lambda row: None if row.total else _money(row.school.cents, ""),
    ),
)


class AllotmentCard(Card):
    """`sums` are the three figures of the whole project; `written` tells the notifications that were made."""

    written = Signal(Path)

    def __init__(self, desk: Desk) -> None:
        entries = [
            (_("One PDF for each school…"), self._ask_each),
            (_("All in one PDF…"), lambda: self._ask(PDF)),
            (_("Excel workbook…"), lambda: self._ask(EXCEL)),
        ]
        self.notify = menu_button(_("Notification of places"), entries, icon="printer")
        super().__init__(_("Requested, awarded, allotted"), corner=self.notify)
        self.desk = desk
        self.sums: dict[str, QLabel] = {}
        figures = []
        for key, title in SUMS:
            figure = self.sums[key] = label("", "strong")
            figure.setAccessibleName(_(title))
            figures.append(column(label(_(title), "small"), figure, spacing=0))
        self.table = FiguresTable(_("Requested, awarded, allotted"), FIGURES, strong=lambda row: row.total, whole=True)
        self.table.figures.typed.connect(self._allot)
        self.trouble = InlineMessage()
        note = _(
            "Requested holds organisational support, which the tiers give to the whole project and to no one school."
        )
        for each in (line(*figures, None, spacing=32), self.table, self.trouble, label(note, "small", wrap=True)):
            self.add(each)

    def show_figures(self, found: Applying) -> None:
        self.table.show_lines(school_rows(found.figures.schools))
        figures = found.figures
        self.sums["requested"].setText(_money(figures.requested, _("unknown")))
        self.sums["awarded"].setText(_money(figures.awarded, _("not entered")))
        self.sums["allotted"].setText(money(figures.allotted))

    def _allot(self, row: SchoolRow, key: str, written: str) -> None:
        project, school = self.desk.project_id, row.school.organisation_id
        if project is None:
            return
        write_typed(
            self,
            Label(STEPS[key], table="organisation", id=school),
            lambda: read_amount(written) if key == "cents" else read_whole(written) if written.strip() else None,
            lambda s, value: members.change(s, project, school, **{key: value}),
        )

    # Notifications

    def _ask(self, kind: places.Kind) -> None:
        name = safe_name(_("notification of places"), kind[1][0])
        path = places.ask_save(self, _("Notification of places"), name, kind, "places")
        if path is not None:
            self.write(path)

    def _ask_each(self) -> None:
        folder = places.ask_folder(self, _("Notification of places"), "places")
        if folder is not None:
            self.write(folder)

    def write(self, path: Path) -> None:
        """One file of all schools, or one PDF a school in a folder; `written` tells when it is there."""
        project, db, today, language = self.desk.project, self.desk.db, self.desk.today, current()
        if project is None:
            return

        def work(progress: tasks.Progress) -> bool:
            made = place_notices.notices(db, project, today=today)
            if path.suffix:
                return papers.write(path, made, language, progress)
            return len(place_notices.write_each(path, made, language, progress)) == len(made)

        self.trouble.say("")
        tasks.run(
            self,
            work,
            lambda done: self.written.emit(path) if done else None,
            self.trouble.refuse,
            title=_("Notification of places"),
            lane="files",
        )
