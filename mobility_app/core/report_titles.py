"""What the lines of budgets and targets are called wherever they are shown, in English."""

from __future__ import annotations

from typing import Final

from mobility_app.i18n import N_

BUDGET: Final = {
    "organisational_support": N_("Organisational support"),
    "preparatory_visit": N_("Preparatory visits"),
    "financial_guarantee": N_("Financial guarantee"),
    "individual_support": N_("Individual support"),
    "travel_support": N_("Travel support"),
    "course_fees": N_("Course fees"),
    "linguistic_support": N_("Linguistic support"),
    "inclusion_participant": N_("Inclusion support, participants"),
    "inclusion_organisation": N_("Inclusion support, organisations"),
    "exceptional_costs": N_("Exceptional costs"),
}
TARGETS: Final = {
    "participants": N_("Participants"),
    "total_days": N_("Total duration (days)"),
    "average_days": N_("Average duration (days)"),
    "accompanying": N_("Accompanying persons"),
    "accompanying_days": N_("Duration of accompanying persons (days)"),
    "preparatory_visits": N_("Persons in preparatory visits"),
    "fewer_opportunities": N_("Participants with fewer opportunities"),
    "blended": N_("Participants in blended activities"),
    "green": N_("Persons travelling green"),
    "international": N_("Participants in international activities"),
}
