"""What one line of a list of payments holds, beside the person whom it is for."""

from __future__ import annotations

from typing import Any

from mobility_app.fields.choices import PAYMENT_KINDS
from mobility_app.fields.field import Field, Kind
from mobility_app.i18n import N_


def _entry(column: str, title: str, kind: Kind, *aliases: str, **other: Any) -> Field:
    return Field(f"entry:{column}", title, kind, "entry", aliases, column=column, **other)


PAYMENT: tuple[Field, ...] = (
    _entry("number", N_("No."), "integer", "n°", "num", "numéro", "n° de mobilité", "n° mobilité", width=7),
    _entry(
        "kind",
        N_("Payment"),
        "choice",
        *("type", "nature", "type de paiement", "versement", "type de versement", "objet", "libellé", "kind"),
        choices=PAYMENT_KINDS,
        width=13,
    ),
    _entry(
        "cents", N_("Amount"), "money", "montant", "somme", "montant versé", "montant payé", "amount", "paid", width=12
    ),
    _entry(
        "date",
        N_("Paid on"),
        "date",
        *("date", "payé le", "versé le", "date de paiement", "date de versement", "date du virement", "viré le"),
        *("mandaté le", "date de mandatement", "payment date", "paid on"),
        width=12,
    ),
    _entry(
        "payee", N_("Payee"), "text", "bénéficiaire", "bénéficiaire du virement", "payé à", "versé à", "payee", width=22
    ),
    _entry(
        "reference",
        N_("Reference"),
        "text",
        *("référence", "réf", "n° de mandat", "mandat", "bordereau", "référence du virement", "reference"),
        length=120,
        width=16,
    ),
)
