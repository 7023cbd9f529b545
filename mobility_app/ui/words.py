"""Sentences that several pages share: names of steps, of papers, of days near by."""

from __future__ import annotations

import datetime as dt

from mobility_app.i18n import N_, _, date, ngettext
from mobility_app.store.journal import Label

# What a change of one field is called in "Annuler : …"; {name} is looked up when it is shown.
_CHANGES = {
    "start": N_("dates of {name}"),
    "end": N_("dates of {name}"),
    "actual_start": N_("actual dates of {name}"),
    "actual_end": N_("actual dates of {name}"),
    "host": N_("host of {name}"),
    "sending_organisation": N_("school of {name}"),
    "country": N_("destination of {name}"),
    "town": N_("destination of {name}"),
    "activity": N_("activity of {name}"),
    "means": N_("travel of {name}"),
    "green": N_("travel of {name}"),
    "travel_days": N_("travel of {name}"),
    "distance_km": N_("travel of {name}"),
    "email": N_("e-mail of {name}"),
    "phone": N_("telephone of {name}"),
    "birth_date": N_("date of birth of {name}"),
    "last_name": N_("name of {name}"),
    "first_name": N_("name of {name}"),
    "notes": N_("notes on {name}"),
    "bm_id": N_("BM entry of {name}"),
    "bm_state": N_("BM entry of {name}"),
    "flow": N_("flow of {name}"),
}
PAPERS = {
    "CONTRAT": N_("Financial agreement"),
    "LA": N_("Learning agreement"),
    "PROG": N_("Learning programme"),
    "CONV": N_("Placement agreement"),
    "AST": N_("Exit authorisation"),
    "AUTPAR": N_("Parental consent"),
    "ID": N_("Identity document"),
    "CEAM": N_("Health insurance card"),
    "ASSUR": N_("Insurance certificate"),
    "OM": N_("Mission order"),
    "GREEN": N_("Green travel declaration"),
    "ATT": N_("Certificate"),
    "EUROPASS": N_("Europass Mobility"),
    "RAPP": N_("Participant report"),
}
PAPER_STATES = {
    "to_do": N_("To do"),
    "printed": N_("Printed"),
    "sent": N_("Sent"),
    "signed": N_("Signed, received"),
    "verified": N_("Checked"),
    "filed": N_("Filed"),
    "not_applicable": N_("Not applicable"),
}
PAPER_TONES = {"printed": "info", "sent": "info", "not_applicable": "neutral"}


def change_label(field: str, mobility_id: str) -> Label:
    """The step that changes one field of a mobility."""
    return Label(_CHANGES.get(field, N_("file of {name}")), table="mobility", id=mobility_id)


def near(day: dt.date, today: dt.date) -> str:
    """A day as one says it: today, tomorrow, 24/11, with the year when it is another one."""
    away = (day - today).days
    if away == 0:
        return _("Today")
    if away == 1:
        return _("Tomorrow")
    return date(day)[:5] if day.year == today.year or abs(away) < 180 else date(day)


def mobilities(n: int) -> str:
    return ngettext("{n} mobility", "{n} mobilities", n).format(n=n)


def days(n: int) -> str:
    return ngettext("{n} day", "{n} days", n).format(n=n)
