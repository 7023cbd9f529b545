"""All that is known of a mobility, in the order of a tracking sheet."""

from __future__ import annotations

from mobility_app.fields.choices import BM_STATES, DECISIONS, STAGES
from mobility_app.fields.conditions import CONDITIONS
from mobility_app.fields.field import Field
from mobility_app.fields.participant import PARTICIPANT
from mobility_app.fields.stay import STAY
from mobility_app.fields.travel import TRAVEL
from mobility_app.i18n import N_

MOBILITY: tuple[Field, ...] = (
    Field("number", N_("No."), "integer", "derived", ("n°", "no", "num", "numéro", "n° d'ordre"), width=7),
    *PARTICIPANT,
    *STAY,
    *TRAVEL,
    *CONDITIONS,
    Field(
        "decision",
        N_("Decision"),
        "choice",
        "mobility",
        ("décision", "sélection", "decision", "état", "situation"),
        DECISIONS,
        width=13,
    ),
    Field("decision_reason", N_("Reason"), "text", "mobility", ("motif", "raison", "reason"), length=300, width=22),
    Field("stage", N_("Stage"), "choice", "derived", ("étape", "stage"), STAGES, width=15),
    Field(
        "bm_id",
        N_("BM mobility ID"),
        "text",
        "mobility",
        (
            "id mobilité bm",
            "id mobilité",
            "identifiant mobilité",
            "id bm",
            "mobility id",
            "mobility activity id",
            "n° bm",
        ),
        length=60,
        width=18,
    ),
    Field(
        "bm_state",
        N_("BM state"),
        "choice",
        "mobility",
        ("statut bm", "état bm", "saisie bm", "bm status"),
        BM_STATES,
        width=12,
    ),
    Field(
        "individual_support",
        N_("Individual support"),
        "money",
        "derived",
        ("forfait séjour", "soutien individuel", "individual support"),
        width=13,
    ),
    Field(
        "travel_support",
        N_("Travel support"),
        "money",
        "derived",
        ("forfait voyage", "frais de voyage", "travel support"),
        width=12,
    ),
    Field(
        "total",
        N_("Grant"),
        "money",
        "derived",
        ("subvention", "bourse", "total subvention", "grant", "total grant"),
        width=12,
    ),
    Field("findings_count", N_("Findings"), "integer", "derived", width=9),
    Field(
        "notes",
        N_("Notes"),
        "long_text",
        "mobility",
        ("observations", "observation(s)", "remarques", "commentaires", "notes", "comments"),
        length=4000,
        width=30,
    ),
)
