"""What a tracking sheet ticks off beside the mobility: papers, payments and the account they go to."""

from __future__ import annotations

from mobility_app.fields.field import Field
from mobility_app.i18n import N_


def _paper(code: str, title: str, *aliases: str) -> Field:
    return Field(f"paper:{code}", title, "paper", "paper", aliases, column=code, width=13)


# What a tracking sheet ticks off: papers of the register (`column` is their code) and payments (their kind).
TRACKING: tuple[Field, ...] = (
    _paper("CONTRAT", N_("Financial agreement"), "contrat", "contrat financier", "contrat signé", "contrat fin"),
    _paper("LA", N_("Learning agreement"), "contrat péda", "contrat pédagogique", "contrat d'études", "LA"),
    _paper("CONV", N_("Placement agreement"), "convention", "convention de stage", "convention PFMP", "conv"),
    _paper("AST", N_("Exit authorisation"), "AST", "autorisation de sortie du territoire", "autorisation de sortie"),
    _paper("AUTPAR", N_("Parental consent"), "autorisation parentale", "aut parentale"),
    _paper(
        "ID", N_("Identity document"), "pièce d'identité", "CNI", "CNI / passeport", "passeport", "carte d'identité"
    ),
    _paper("CEAM", N_("Health insurance card"), "CEAM", "carte européenne d'assurance maladie"),
    _paper("ASSUR", N_("Insurance certificate"), "assurance", "attestation d'assurance", "assurance RC"),
    _paper("OM", N_("Mission order"), "ordre de mission", "OM"),
    _paper("ATT", N_("Certificate of attendance"), "attestation", "attestation de présence", "attestation de séjour"),
    _paper("GREEN", N_("Green travel declaration"), "attestation sur l'honneur", "déclaration voyage vert"),
    _paper("EUROPASS", N_("Europass Mobility"), "europass", "europass mobilité"),
    _paper("RAPP", N_("Participant report"), "rapport", "rapport participant", "rapport du participant", "EU survey"),
    Field(
        "payment:advance",
        N_("Advance paid on"),
        "date",
        "payment",
        ("avance versée le", "date avance", "date de l'avance", "acompte versé le"),
        column="advance",
        width=12,
    ),
    Field(
        "payment:advance_cents",
        N_("Advance"),
        "money",
        "payment",
        ("avance", "montant avance", "montant de l'avance", "acompte"),
        column="advance",
        width=12,
    ),
    Field(
        "payment:balance",
        N_("Balance paid on"),
        "date",
        "payment",
        ("solde versé le", "date solde", "date du solde"),
        column="balance",
        width=12,
    ),
    Field(
        "payment:balance_cents",
        N_("Balance"),
        "money",
        "payment",
        ("solde", "montant solde", "montant du solde"),
        column="balance",
        width=12,
    ),
)
# Where a person's money goes: typed, brought in by a sheet, masked on the screen, and never in an export.
ACCOUNT: tuple[Field, ...] = (
    Field("iban", N_("IBAN"), "iban", "account", ("IBAN", "n° IBAN", "numéro IBAN", "code IBAN"), length=42, width=34),
    Field(
        "bic",
        N_("BIC"),
        "bic",
        "account",
        ("BIC", "code BIC", "SWIFT", "BIC SWIFT", "code SWIFT"),
        length=20,
        width=12,
    ),
    Field(
        "account_holder",
        N_("Account holder"),
        "text",
        "account",
        ("titulaire", "titulaire du compte", "nom du titulaire", "titulaire du compte bancaire", "account holder"),
        length=120,
        width=24,
    ),
)
