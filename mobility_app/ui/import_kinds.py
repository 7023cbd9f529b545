"""What the rows of a sheet are, in words: the choice above the preview, its button, and what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mobility_app.fields import SheetKind
from mobility_app.i18n import N_, ngettext, number


@dataclass(frozen=True)
class KindWords:
    """`import_n` and `imported` are told how many; `columns` are the fields that the preview shows at first."""

    title: str
    choice: str
    import_n: Callable[[int], str]
    imported: Callable[[int], str]
    left_out: str  # what becomes of a column that is not understood
    columns: tuple[str, ...]


def _counted(one: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: one(n).format(n=number(n))


WORDS: Mapping[SheetKind, KindWords] = {
    "mobilities": KindWords(
        N_("mobilities"),
        N_("Mobilities: one row a stay"),
        _counted(lambda n: ngettext("Import {n} mobility", "Import {n} mobilities", n)),
        _counted(lambda n: ngettext("{n} mobility imported.", "{n} mobilities imported.", n)),
        N_("{header} → my own column"),
        ("last_name", "first_name", "sending_organisation", "country", "start", "end"),
    ),
    "participants": KindWords(
        N_("participants"),
        N_("Participants: people without a stay yet"),
        _counted(lambda n: ngettext("Import {n} participant", "Import {n} participants", n)),
        _counted(lambda n: ngettext("{n} participant imported.", "{n} participants imported.", n)),
        N_("{header} → not kept: a person has no such field"),
        ("last_name", "first_name", "birth_date", "sending_organisation", "class_name", "email"),
    ),
    "organisations": KindWords(
        N_("schools and hosts"),
        N_("Schools and hosts: one row an organisation"),
        _counted(lambda n: ngettext("Import {n} organisation", "Import {n} organisations", n)),
        _counted(lambda n: ngettext("{n} organisation imported.", "{n} organisations imported.", n)),
        N_("{header} → in the notes"),
        (
            "organisation:name",
            "organisation:role",
            "organisation:uai",
            "organisation:oid",
            "organisation:town",
            "organisation:country",
        ),
    ),
    "payments": KindWords(
        N_("payments"),
        N_("Payments: one row a payment"),
        _counted(lambda n: ngettext("Import {n} payment", "Import {n} payments", n)),
        _counted(lambda n: ngettext("{n} payment imported.", "{n} payments imported.", n)),
        N_("{header} → not kept: a payment has no such field"),
        ("last_name", "first_name", "entry:kind", "entry:cents", "entry:date", "entry:reference"),
    ),
}
