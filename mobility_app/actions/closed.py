"""A closed project keeps its figures: what was reported and paid must be found again."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Instalment, Mobility, Need, PreparatoryVisit, Project

Owned = TypeVar("Owned", Instalment, Need, PreparatoryVisit)  # what belongs to a project and goes with its figures

# What a stay's grant, its place in the budget or its payments depend on.
_STAY = (
    "project_id participant_id sending_id flow_id activity role decision country start end actual_start actual_end "
    "interruption_days travel_days distance_km green fewer_opportunities course_days travel_elsewhere expensive_travel "
    "travel_cost_cents visa_cents inclusion_cents linguistic zero_grant"
)
_PROJECT = (
    "call_year action agency travel_days_in_count support_split advance_percent advance_days balance_days "
    "guarantee_cents"
)
STAY, PROJECT = frozenset(_STAY.split()), frozenset(_PROJECT.split())


def refuse(s: Session, project_id: str) -> None:
    """Raises UserError when this project is closed."""
    if records.get(s, Project, project_id).state == "closed":
        raise UserError(_("This project is closed: its figures no longer change."), _("Open the project again first."))


def changeable(s: Session, kind: type[Owned], id_: str) -> Owned:
    """The living record, of a project that is not closed; raises UserError."""
    row = records.get(s, kind, id_)
    refuse(s, row.project_id)
    return row


def refuse_stay(s: Session, mobility_id: str) -> None:
    refuse(s, records.get(s, Mobility, mobility_id).project_id)
