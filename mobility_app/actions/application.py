"""Needs of the schools while a project is applied for."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import closed, records
from mobility_app.core.activities import WHO
from mobility_app.errors import UserError
from mobility_app.i18n import _, country_names
from mobility_app.store.schema import Need, Organisation


def ask(
    s: Session, project_id: str, organisation_id: str, *, activity: str, number: int, days: int, **more: Any
) -> str:
    """So many like stays for a school; `more`: travel_days, adults, inclusion, green, country, distance_km."""
    closed.refuse(s, project_id)
    records.get(s, Organisation, organisation_id)
    row = Need(project_id=project_id, organisation_id=organisation_id, travel_days=0, adults=0, inclusion=0, green=0)
    records.assign(row, {"activity": activity, "number": number, "days": days, **more})
    _check(row)
    s.add(row)
    s.flush()
    return row.id


def change(s: Session, id_: str, **values: Any) -> None:
    row = closed.changeable(s, Need, id_)
    records.assign(row, values)
    _check(row)


def remove(s: Session, id_: str) -> None:
    """To the bin."""
    row = closed.changeable(s, Need, id_)
    records.to_bin([row])


def _check(row: Need) -> None:
    """Raises UserError for what no school can ask for."""
    if row.activity not in WHO:
        raise UserError(
            _("The activity “{name}” is not known.").format(name=row.activity),
            _("One of: {names}.").format(names=", ".join(WHO)),
        )
    if row.number < 1 or not 1 <= row.days <= 365:
        raise UserError(
            _("A need is of at least one participant, for 1 to 365 days."), _("Correct the number or the days.")
        )
    if min(row.adults, row.inclusion, row.green, row.travel_days, row.distance_km or 0) < 0:
        raise UserError(_("A number cannot be negative."), _("Correct it."))
    if row.inclusion > row.number or row.green > row.number + row.adults:
        raise UserError(
            _("More persons with fewer opportunities, or more green travel, than there are persons."),
            _("Correct the numbers."),
        )
    if row.country and row.country not in country_names("en"):
        raise UserError(_("Unknown country: “{name}”.").format(name=row.country), _("Two letters, such as ES."))
