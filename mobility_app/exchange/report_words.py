"""What the lines of the agency report are called: budget lines, targets, gravity and who must act, in English."""

from __future__ import annotations

from typing import Final

from mobility_app import fields
from mobility_app.core.report_titles import BUDGET as BUDGET
from mobility_app.core.report_titles import TARGETS as TARGETS
from mobility_app.i18n import N_

SEVERITIES: Final = {"blocking": N_("Blocking"), "warning": N_("To check"), "notice": N_("For information")}
ACTORS: Final = {
    "me": N_("Coordinator"),
    "school": N_("Sending organisation"),
    "host": N_("Host organisation"),
    "accountant": N_("Accountant"),
}
ANSWERS: Final = {
    "": "",
    "not_applicable": N_("Not applicable"),
    "postponed": N_("Postponed"),
    "accepted": N_("Accepted with a reason"),
}


def activity(code: str) -> str:
    """The English title of an activity type; a code that nobody knows stays as it is."""
    return fields.title_of("activity", code)
