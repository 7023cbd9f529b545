"""The scenarios of a project that she keeps: a setting of the dossier, so that they travel with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import settings
from mobility_app.core.scenarios import Scenario
from mobility_app.core.whatif import Change, imagined, length

_KEY = "scenarios/{id}"
_FACTS = ("activity", "role", "country", "travel_days", "distance_km", "green", "fewer_opportunities")


def kept(s: Session, project_id: str) -> tuple[Scenario, ...]:
    found = settings.get(s, _KEY.format(id=project_id)).get("scenarios", [])
    return tuple(Scenario(one["id"], one["name"], tuple(_change(c) for c in one["changes"])) for one in found)


def keep(s: Session, project_id: str, scenario: Scenario) -> None:
    """Keeps a scenario, in the place of an earlier one with its id."""
    before = kept(s, project_id)
    if any(one.id == scenario.id for one in before):
        _put(s, project_id, tuple(scenario if one.id == scenario.id else one for one in before))
    else:
        _put(s, project_id, (*before, scenario))


def drop(s: Session, project_id: str, scenario_id: str) -> None:
    _put(s, project_id, tuple(one for one in kept(s, project_id) if one.id != scenario_id))


def _put(s: Session, project_id: str, scenarios: tuple[Scenario, ...]) -> None:
    value = [{"id": one.id, "name": one.name, "changes": [_json(c) for c in one.changes]} for one in scenarios]
    settings.put(s, _KEY.format(id=project_id), {"scenarios": value})


def _json(change: Change) -> dict[str, Any]:
    stay = change.stay
    return {"count": change.count, "days": length(stay), **{name: getattr(stay, name) for name in _FACTS}}


def _change(kept_as: dict[str, Any]) -> Change:
    facts = dict(kept_as)
    count = facts.pop("count")
    return Change(imagined(**facts), count)
