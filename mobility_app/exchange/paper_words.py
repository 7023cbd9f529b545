"""What a ticked cell says of a paper: signed (on a day, or simply yes), sent, printed, not applicable, or nothing."""

from __future__ import annotations

import datetime as dt
import re

from mobility_app.core.text import words
from mobility_app.core.tracking import PaperState
from mobility_app.exchange import day_words
from mobility_app.exchange.book import Cell

_SIGNED = {
    "oui",
    "o",
    "x",
    "v",
    "ok",
    "yes",
    "y",
    "vrai",
    "true",
    "1",
    "fait",
    "signe",
    "recu",
    "rendu",
    "signed",
    "done",
}
_SIGNED |= {"signee", "recue", "rendue", "faite", "signe recu", "rentre", "rentree", "valide", "validee", "complet"}
_SENT = {"envoye", "envoyee", "envoi", "parti", "partie", "sent", "transmis", "transmise", "en signature", "en cours"}
_PRINTED = {"imprime", "imprimee", "edite", "editee", "pret", "prete", "printed"}
_NONE = {
    "sans objet",
    "so",
    "s o",
    "na",
    "n a",
    "non concerne",
    "non concernee",
    "not applicable",
    "exempte",
    "inutile",
}
_NOTHING = {
    "non",
    "n",
    "no",
    "faux",
    "false",
    "0",
    "a faire",
    "en attente",
    "attente",
    "manque",
    "manquant",
    "manquante",
}
_NOTHING |= {"pas encore", "todo", "to do", "a signer", "a envoyer", "a demander", "absent", "absente", "relance", "?"}
_TICKS, _CROSSES = frozenset("✓✔☑✅☒🗹"), frozenset("✗✘☐❌✖-–—/")
_SMALL = re.compile(r"\b(le|la|du|on|the)\b")


def read(cell: Cell, *, since_1904: bool = False) -> tuple[PaperState | None, bool]:
    """The state, None when the paper is still to come; and whether the cell was understood."""
    if isinstance(cell, bool):
        return (PaperState("signed") if cell else None), True
    if isinstance(cell, dt.date):
        return PaperState("signed", cell), day_words.EARLIEST < cell.year <= day_words.LATEST
    if not isinstance(cell, str):
        return _serial(cell, since_1904)
    written = cell.strip()
    folded = words(written)
    if not folded:
        return (PaperState("signed"), True) if written in _TICKS else (None, True)
    if state := _state(folded):
        return PaperState(state, reason=written if state == "not_applicable" else ""), True
    if folded in _NOTHING:
        return None, True
    return _with_day(written, since_1904)


def _serial(cell: Cell, since_1904: bool) -> tuple[PaperState | None, bool]:
    if cell in (0, 1):
        return (PaperState("signed") if cell else None), True
    day = day_words.from_serial(cell, since_1904=since_1904) if isinstance(cell, int | float) else None
    return (PaperState("signed", day), True) if day else (None, cell is None)


def _state(folded: str) -> str:
    table = (("signed", _SIGNED), ("sent", _SENT), ("printed", _PRINTED), ("not_applicable", _NONE))
    return next((state for state, known in table if folded in known), "")


def _with_day(written: str, since_1904: bool) -> tuple[PaperState | None, bool]:
    """ "signé le 12/03/2027", "envoyé 3 mars 2027"; a day alone is that of the signature."""
    if day := day_words.day(written, since_1904=since_1904):
        return PaperState("signed", day), True
    verb, _space, rest = _SMALL.sub(" ", written).strip().partition(" ")
    state, day = _state(words(verb)), day_words.day(rest.strip(), since_1904=since_1904)
    if state in ("signed", "sent", "printed") and day:
        return PaperState(state, day), True
    return None, False
