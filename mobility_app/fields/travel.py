"""The way there and back."""

from __future__ import annotations

from mobility_app.fields.choices import MEANS
from mobility_app.fields.field import Field
from mobility_app.i18n import N_

TRAVEL: tuple[Field, ...] = (
    Field(
        "travel_days",
        N_("Travel days"),
        "integer",
        "mobility",
        ("jours voyage", "jours de voyage", "nb jours voyage", "travel days", "funded travel days"),
        width=9,
    ),
    Field(
        "distance_km",
        N_("Distance"),
        "kilometres",
        "mobility",
        ("distance", "distance (km)", "km", "kilomètres", "distance km", "distance in km", "real distance"),
        width=10,
    ),
    Field(
        "distance_source",
        N_("Proof of the distance"),
        "text",
        "mobility",
        ("preuve de la distance", "source de la distance", "proof of the distance"),
        length=300,
        width=24,
    ),
    Field(
        "means",
        N_("Means of transport"),
        "choice",
        "mobility",
        ("moyen de transport", "transport", "mode de transport", "means of transport", "main means of transport"),
        MEANS,
        width=14,
    ),
    Field(
        "green",
        N_("Green travel"),
        "boolean",
        "mobility",
        (
            "éco-resp",
            "éco-resp (o/n)",
            "éco-responsable",
            "écoresponsable",
            "vert",
            "voyage vert",
            "voyage écoresponsable",
            "green",
            "green travel",
            "mobilité verte",
        ),
        width=9,
    ),
)
