"""Which field a column title means: the aliases in `fields`, compared without accents, case or small words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from mobility_app.core.text import words
from mobility_app.exchange.book import Cell
from mobility_app.fields import SHEETS, Field, SheetKind
from mobility_app.i18n import LANGUAGES, catalogue

# Titles of one column for both names; the column counts as the last name and its cells are split.
FULL_NAMES = frozenset(
    words(title)
    for title in (
        "nom prénom",
        "nom et prénom",
        "nom, prénom du participant",
        "noms et prénoms",
        "nom complet",
        "prénom nom",
        "prénom et nom",
        "participant",
        "nom de l'élève",
        "élève",
        "full name",
        "name",
        "participant name",
    )
)
# Words that tell no column from another: small ones, and whom nearly every column is about.
_SMALL = "a au aux d de des du en et l la le les un une of the and for s"
_WHOM = "participant participante participants eleve eleves apprenant apprenante apprenants stagiaire stagiaires"
_SURE = 90  # of 100: one letter in ten may differ
_AHEAD = 4  # how much better than the best title of another field


def field_of(title: str, kind: SheetKind = "mobilities") -> str | None:
    """The key of the field that a column title names; None when it names none, or more than one might be meant."""
    key = _exact(title, kind)
    return key if key else _near(_core(words(title)), kind)


def is_full_name(title: str) -> bool:
    return words(title) in FULL_NAMES


def title_text(cell: Cell) -> str:
    """A title cell as one line; empty for anything but text, for a title is no number and no date."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _exact(title: str, kind: SheetKind) -> str | None:
    """Also without what stands in brackets ("Départ (jj/mm/aaaa)") and without small words ("date départ")."""
    outside = re.sub(r"[(\[].*?[)\]]", " ", title)
    for written in (words(title), words(outside)):
        if key := _titles(kind).get(written):
            return key
        if is_full_name(written) and kind != "organisations":
            return "last_name"
    return _cores(kind).get(_core(words(title))) or _cores(kind).get(_core(words(outside)))


def _near(core: str, kind: SheetKind) -> str | None:
    from rapidfuzz import fuzz, process

    if len(core) < 5:
        return None
    cores = _cores(kind)
    found = process.extract(core, list(cores), scorer=fuzz.token_sort_ratio, score_cutoff=_SURE - _AHEAD, limit=10)
    best: dict[str, float] = {}
    for alias, score, _index in found:
        if len(alias) >= 5:
            best[cores[alias]] = max(score, best.get(cores[alias], 0))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < _SURE or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _AHEAD):
        return None
    return ranked[0][0]


def _core(folded: str) -> str:
    kept = [word for word in folded.split() if word not in _idle()]
    return " ".join(kept) or folded


@cache
def _idle() -> frozenset[str]:
    return frozenset(f"{_SMALL} {_WHOM}".split())


@cache
def _titles(kind: SheetKind) -> Mapping[str, str]:
    """Folded aliases and titles to keys. Aliases come first: a title of one field may be an alias of another."""
    table: dict[str, str] = {}
    for written_of in (_aliases, _shown):
        for field in SHEETS[kind]:
            for written in written_of(field):
                table.setdefault(words(written), field.key)
    return table


def _aliases(field: Field) -> tuple[str, ...]:
    return (field.key, *field.aliases)


def _shown(field: Field) -> tuple[str, ...]:
    return tuple(catalogue(language).gettext(field.title) for language in LANGUAGES)


@cache
def _cores(kind: SheetKind) -> Mapping[str, str]:
    """The same without small words, where that leaves one field only."""
    meant: dict[str, set[str]] = {}
    for written, key in _titles(kind).items():
        meant.setdefault(_core(written), set()).add(key)
    return {core: keys.pop() for core, keys in meant.items() if len(keys) == 1}
