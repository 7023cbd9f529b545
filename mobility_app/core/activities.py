"""What the activity types mean to the rules; their durations and amounts are rates of a call, not constants."""

from __future__ import annotations

from typing import Literal

from mobility_app.i18n import N_

Who = Literal["learner", "staff", "incoming"]

# Activity types of KA121-VET and KA122-VET (Programme Guide); a test compares with db/reference/activities.json.
WHO: dict[str, Who] = {
    "VET_SKILLS_COMPETITION": "learner",
    "VET_GROUP_MOBILITY": "learner",
    "VET_SHORT_TERM": "learner",
    "VET_LONG_TERM_ERASMUSPRO": "learner",
    "JOB_SHADOWING": "staff",
    "TEACHING_TRAINING_ASSIGNMENT": "staff",
    "COURSES_TRAINING": "staff",
    "INVITED_EXPERT": "incoming",
    "HOSTING_TEACHERS": "incoming",
}
GROUP = "VET_GROUP_MOBILITY"
SHADOWING = "JOB_SHADOWING"
COURSES = "COURSES_TRAINING"
ERASMUSPRO = "VET_LONG_TERM_ERASMUSPRO"


def who(activity: str | None, role: str = "participant") -> Who | None:
    """Whose daily rate pays this stay: accompanying persons are always paid as staff; None when nobody can tell."""
    return "staff" if role == "accompanying" else WHO.get(activity or "")


# How lists and forms call the activity types, where the official titles have no room.
SHORT = {
    "VET_SKILLS_COMPETITION": N_("Skills competitions"),
    "VET_GROUP_MOBILITY": N_("Group mobility"),
    "VET_SHORT_TERM": N_("Short-term mobility"),
    "VET_LONG_TERM_ERASMUSPRO": N_("ErasmusPro, long-term"),
    "JOB_SHADOWING": N_("Job shadowing"),
    "TEACHING_TRAINING_ASSIGNMENT": N_("Teaching assignment"),
    "COURSES_TRAINING": N_("Courses and training"),
    "INVITED_EXPERT": N_("Invited expert"),
    "HOSTING_TEACHERS": N_("Hosting teachers"),
}


def short_title(code: str) -> str:
    """The English short title of an activity type; a code that nobody knows stays as it is."""
    return SHORT.get(code, code)
