"""What a list of schools or hosts holds."""

from __future__ import annotations

from typing import Any

from mobility_app.fields.choices import ORGANISATION_ROLES
from mobility_app.fields.field import Field
from mobility_app.fields.mobility import MOBILITY
from mobility_app.i18n import N_


def _organisation(column: str, title: str, *aliases: str, **other: Any) -> Field:
    return Field(f"organisation:{column}", title, other.pop("kind", "text"), "organisation", aliases, column=column,
                 **other)  # fmt: skip


ORGANISATION: tuple[Field, ...] = (
    _organisation(
        "name",
        N_("Name"),
        *("nom", "raison sociale", "dénomination", "intitulé", "organisme", "organisation", "structure", "name"),
        *("nom de l'organisme", "nom de l'entreprise", "nom de la structure", "nom légal", "legal name"),
        *("organisation name", "organization name"),
        *(alias for field in MOBILITY if field.key in ("sending_organisation", "host") for alias in field.aliases),
        width=30,
    ),
    _organisation("role", N_("Role"), "rôle", "role", kind="choice", choices=ORGANISATION_ROLES, width=18),
    _organisation("uai", N_("UAI"), "rne", "code uai", "n° uai", length=20, width=11),
    _organisation("oid", N_("OID"), "oid erasmus", "code oid", "n° oid", "organisation id", length=20, width=12),
    _organisation("pic", N_("PIC"), "code pic", "n° pic", length=20, width=12),
    _organisation("siret", N_("SIRET"), "n° siret", length=20, width=16),
    _organisation("address", N_("Address"), "adresse", "rue", "adresse postale", "street", length=300, width=30),
    _organisation("postcode", N_("Postcode"), "code postal", "cp", "postal code", "zip", length=20, width=9),
    _organisation("town", N_("Town"), "ville", "commune", "localité", "city", length=120, width=16),
    _organisation("country", N_("Country"), "pays", kind="country", width=15),
    _organisation(
        "email",
        N_("E-mail"),
        *("mail", "e-mail", "email", "courriel", "adresse mail", "adresse électronique", "mél"),
        kind="email",
        width=28,
    ),
    _organisation("phone", N_("Telephone"), "téléphone", "tél", "tel", "phone", length=60, width=16),
    _organisation(
        "notes",
        N_("Notes"),
        "observations",
        "remarques",
        "commentaires",
        "comments",
        kind="long_text",
        length=4000,
        width=30,
    ),
)
