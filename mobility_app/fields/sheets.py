"""Every field by its key, and those that the columns of each kind of sheet may mean."""

from __future__ import annotations

from typing import Literal

from mobility_app.fields.field import Field, choice_title
from mobility_app.fields.mobility import MOBILITY
from mobility_app.fields.organisation import ORGANISATION
from mobility_app.fields.payment import PAYMENT
from mobility_app.fields.tracking import ACCOUNT, TRACKING
from mobility_app.i18n import N_

SheetKind = Literal["mobilities", "participants", "organisations", "payments"]  # what the rows of a sheet are
# What our own lists count: recognised when they come back, and left to the program.
_COUNTED_STAYS = (Field("counted:stays", N_("Stays"), "integer", "derived", ("nombre de séjours",)),)
_COUNTED = (
    Field("counted:mobilities", N_("Mobilities"), "integer", "derived", ("nombre de mobilités",)),
    Field("counted:days", N_("Days in all"), "integer", "derived", ("total jours",)),
    Field("counted:places", N_("Places"), "integer", "derived"),
)
_ALL = (*MOBILITY, *TRACKING, *ACCOUNT, *ORGANISATION, *PAYMENT, *_COUNTED_STAYS, *_COUNTED)
BY_KEY: dict[str, Field] = {field.key: field for field in _ALL}
_PAID_TO = ("bm_id", "last_name", "first_name", "birth_date", "sending_organisation", "sending_uai")
# The fields that the columns of each kind of sheet may mean.
SHEETS: dict[SheetKind, tuple[Field, ...]] = {
    "mobilities": (*MOBILITY, *TRACKING, *ACCOUNT),
    "participants": (
        *(field for field in (*MOBILITY, *ACCOUNT) if field.owner in ("participant", "sending", "account")),
        *_COUNTED_STAYS,
    ),
    "organisations": (*ORGANISATION, *_COUNTED),
    "payments": (*(BY_KEY[key] for key in _PAID_TO), *PAYMENT),
}


def writable(kind: SheetKind = "mobilities") -> tuple[Field, ...]:
    """The fields that a person or a sheet may fill."""
    return tuple(field for field in SHEETS[kind] if field.owner != "derived")


def title_of(key: str, code: str | None) -> str:
    """The English title of the code stored in the field `key`."""
    return choice_title(BY_KEY[key].choices, code)
