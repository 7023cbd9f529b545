"""One Field per business attribute: grids, filters, forms, sheets, history and import follow it.

`aliases` are the headers that people write, in any language; they are compared without accents, case or punctuation.
"""

from mobility_app.fields.choices import ACTIVITIES, DECISIONS, LEARNER_STATUSES, PAYMENT_KINDS, STAGES
from mobility_app.fields.field import Choice, Field, choice_title
from mobility_app.fields.mobility import MOBILITY
from mobility_app.fields.organisation import ORGANISATION
from mobility_app.fields.payment import PAYMENT
from mobility_app.fields.sheets import BY_KEY, SHEETS, SheetKind, title_of, writable
from mobility_app.fields.tracking import ACCOUNT, TRACKING

__all__ = [
    "ACCOUNT",
    "ACTIVITIES",
    "BY_KEY",
    "DECISIONS",
    "LEARNER_STATUSES",
    "MOBILITY",
    "ORGANISATION",
    "PAYMENT",
    "PAYMENT_KINDS",
    "SHEETS",
    "STAGES",
    "TRACKING",
    "Choice",
    "Field",
    "SheetKind",
    "choice_title",
    "title_of",
    "writable",
]
