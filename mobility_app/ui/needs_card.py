"""What the schools ask for while a project is applied for: typed like a sheet, each line with its estimate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mobility_app.actions import application
from mobility_app.core.activities import short_title
from mobility_app.core.application import Need
from mobility_app.fields import Field
from mobility_app.i18n import N_, _, country_name, money, number
from mobility_app.jobs.applying import NEED, Applying
from mobility_app.store.database import Session
from mobility_app.ui.countries import countries
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_line import given
from mobility_app.ui.figures import Figure
from mobility_app.ui.labels import label
from mobility_app.ui.list_card import ListCard
from mobility_app.ui.visits_card import ACTIVITIES, activity_options


@dataclass(frozen=True)
class NeedRow:
    """A need with its cost in cents, None while a rate or a fact is missing."""

    need: Need
    cents: int | None

    @property
    def id(self) -> str:
        return self.need.id

    @property
    def lacking(self) -> str:
        """Why there is no estimate."""
        missing = [_("country")] if not self.need.country else []
        missing += [_("distance")] if self.need.distance_km is None else []
        if missing:
            return _("Missing: {what}.").format(what=", ".join(missing))
        return _("A rate of the estimate is unknown.") if self.cents is None else ""


def _count(key: str, title: str, width: int) -> Figure:
    """A column of whole numbers; 0 stays empty to the eye."""

    def shown(row: NeedRow) -> str:
        value = getattr(row.need, key)
        return number(value) if value else ""

    def edit(row: NeedRow) -> str:
        return str(getattr(row.need, key) or "")

    return Figure(key, title, shown, width, edit=edit)


def figures(schools: Callable[[], Sequence[tuple[str, str]]]) -> tuple[Figure, ...]:
    return (
        Figure(
            "organisation_id",
            N_("Sending organisation"),
            lambda row: row.need.organisation,
            150,
            numeric=False,
            grow=True,
            edit=lambda row: row.need.organisation_id,
            options=schools,
        ),
        Figure(
            "activity",
            N_("Activity"),
            lambda row: _(short_title(row.need.activity)),
            140,
            numeric=False,
            edit=lambda row: row.need.activity,
            options=activity_options,
        ),
        Figure(
            "country",
            N_("Country"),
            lambda row: country_name(row.need.country) if row.need.country else "",
            110,
            numeric=False,
            edit=lambda row: row.need.country or "",
            options=countries,
        ),
        _count("number", N_("Places"), 66),
        _count("inclusion", N_("Inclusion"), 72),
        _count("adults", N_("Adults"), 66),
        _count("days", N_("Days"), 62),
        _count("travel_days", N_("Travel"), 70),
        _count("green", N_("Green"), 58),
        Figure(
            "distance_km",
            N_("km"),
            lambda row: "" if row.need.distance_km is None else number(row.need.distance_km),
            66,
            edit=lambda row: "" if row.need.distance_km is None else str(row.need.distance_km),
        ),
        Figure(
            "cents",
            N_("Estimate"),
            lambda row: _("unknown") if row.cents is None else money(row.cents),
            112,
            ink=lambda row: "muted" if row.cents is None else "text",
            tip=lambda row: row.lacking,
        ),
    )


class NeedsCard(ListCard):
    """`basis` names the project whose rates the estimate was made at."""

    FIELDS = (
        Field("organisation_id", N_("Sending organisation"), "choice", "project", width=24),
        Field("activity", N_("Activity"), "choice", "project", choices=ACTIVITIES, width=20),
        Field("country", N_("Country"), "country", "project", width=15),
        Field("number", N_("Places"), "integer", "project", length=5, width=9),
        Field("inclusion", N_("Inclusion"), "integer", "project", length=5, width=9),
        Field("adults", N_("Adults"), "integer", "project", length=5, width=9),
        Field("days", N_("Days"), "integer", "project", length=3, width=9),
        Field("travel_days", N_("Travel days"), "integer", "project", length=2, width=14),
        Field("green", N_("Green"), "integer", "project", length=5, width=9),
        Field("distance_km", N_("km"), "integer", "project", length=5, width=9),
    )
    REQUIRED = ("organisation_id", "activity", "number", "days")
    STEP = NEED

    def __init__(self, desk: Desk) -> None:
        self._schools: Sequence[tuple[str, str]] = ()
        nothing = _("No need yet: add what each school asks for, one line for stays that are alike.")
        super().__init__(desk, _("Needs of the schools"), figures(lambda: self._schools), _("Add a need"), nothing)
        self.basis = label("", "small", wrap=True)
        self.add(self.basis)

    def show_needs(self, found: Applying, schools: Sequence[tuple[str, str]]) -> None:
        """`schools` are the organisations that send, as (id, name)."""
        self._schools = schools
        self.entry.offer("organisation_id", schools)
        self.show_lines([NeedRow(need, cents) for need, cents in found.needs])
        self.basis.setText(basis_text(found))

    def adding(self, s: Session, project: str, values: dict[str, Any]) -> None:
        facts = given(values)
        application.ask(s, project, facts.pop("organisation_id"), **facts)  # type: ignore[arg-type]  # read by kind

    def changing(self, s: Session, record: str, key: str, value: Any) -> None:
        optional = key in ("country", "distance_km")
        application.change(s, record, **{key: value if value is not None or optional else 0})

    def removing(self, s: Session, record: str) -> None:
        application.remove(s, record)


def basis_text(found: Applying) -> str:
    """Whose rates the estimate was made at, and what is doubtful about them."""
    said = _("Estimate at the rates of {reference}.").format(reference=found.rates_of.reference)
    if found.example:
        said += " " + _("These rates are invented: the estimate is an example.")
    elif found.figures.requested is None and found.needs:
        said += " " + _("Some rates or facts are unknown: the whole cannot be told yet.")
    return said
