"""What a cell means for a field: numbers, yes and no, choices, dates and countries as people write them.

Nothing is guessed in silence: what cannot be read, or was read by resemblance, comes back with a sentence.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mobility_app.core import bank
from mobility_app.core.identifiers import clean as clean_identifier
from mobility_app.core.text import clean, words
from mobility_app.core.travel import whole_km
from mobility_app.exchange import country_words, day_words, paper_words
from mobility_app.exchange.book import Cell
from mobility_app.fields import Choice, Field
from mobility_app.i18n import LANGUAGES, N_, Country, Term, Text, catalogue, text


@dataclass(frozen=True)
class Reading:
    """A typed value (None when the cell says nothing that can be used) and what is to be said about it."""

    value: object = None
    trouble: Text | None = None
    refuses: bool = False


_UNKNOWN_YET = {
    *("nc", "n c", "na", "n a", "tbd", "tbc", "unknown", "none", "null", "neant", "inconnu", "inconnue"),
    *("a definir", "a preciser", "a confirmer", "a determiner", "a completer", "a venir", "pas encore"),
    *("en attente", "en cours", "non connu", "non connue"),
}
_YES = {"oui", "o", "yes", "y", "x", "v", "vrai", "true", "1", "ok", "si", "ja"}
_NO = {"non", "n", "no", "faux", "false", "0", "nein"}
_YES_SIGNS, _NO_SIGNS = frozenset("✓✔☑✅☒🗹"), frozenset("✗✘☐❌✖-–—/")
_AMOUNT = re.compile(
    r"(?:env(?:iron|\.)?|ca\.?|approx\.?|~|≈|±)?\s*"
    r"(?P<sign>[-−+]?)\s*(?P<whole>\d{1,3}(?P<group>[ .,])\d{3}(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?!(?P=group))[.,](?P<part>\d+))?\s*(?P<unit>[^\W\d]*|€)\.?",
    re.IGNORECASE,
)
_UNITS = {
    "kilometres": {"km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"},
    "money": {"€", "eur", "euro", "euros"},
    "integer": {"j", "jr", "jrs", "jour", "jours", "d", "day", "days", "h", "heure", "heures", "hour", "hours"},
}
_LARGEST = 1_000_000
_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_BY_PHRASE = frozenset({"activity", "status", "role", "means"})  # never a decision: "pas retenu" holds "retenu"
_ACCOMPANYING = re.compile(r"\b(accompagn(at|ant|ement)|accompanying)")


def read_value(field: Field, cell: Cell, *, birth_before: int | None = None, since_1904: bool = False) -> Reading:
    """The value of a cell in the field's type: text, date, whole number, cents, kilometres, bool, stored code."""
    if cell is None or (isinstance(cell, str) and not clean(cell)):
        return Reading()
    match field.kind:
        case "date":
            return _date(field, cell, birth_before, since_1904)
        case "integer" | "kilometres" | "money":
            return _number(field, cell)
        case "boolean":
            return _yes_or_no(field, cell)
        case "choice":
            return _choice(field, cell)
        case "country":
            return _country(field, cell)
        case "paper":
            return _paper(cell, since_1904)
        case "iban" | "bic":
            return _bank_code(field, cell)
        case _:
            return _text(field, cell)


def displayed(cell: Cell) -> str:
    """A cell as a French spreadsheet shows it: what her own columns keep."""
    match cell:
        case None:
            return ""
        case bool():
            return "VRAI" if cell else "FAUX"
        case dt.date():
            return cell.strftime("%d/%m/%Y")
        case float():
            return format(cell, ".15g").replace(".", ",")
        case int() | Decimal():
            return str(cell).replace(".", ",")
        case str():
            return clean(cell).strip(_INVISIBLE).strip()


def accompanies(cell: Cell) -> bool:
    """Whether the words of a status, role or activity name somebody who accompanies the participants."""
    return isinstance(cell, str) and _ACCOMPANYING.search(words(cell)) is not None


def number(value: str, units: frozenset[str] | set[str] = frozenset()) -> Decimal | None:
    """The number of "1 234,50 €", "1.234,50", "2160 km"; None when the text is no number in one of these units.

    Three digits behind a lone point or comma are thousands: no cell of ours has three decimals.
    """
    plain = re.sub(r"[\s'’]+", " ", unicodedata.normalize("NFKC", value).replace("\u202f", " ")).strip()
    match = _AMOUNT.fullmatch(plain)
    if match is None or (match["unit"] and words(match["unit"]) not in units and match["unit"] not in units):
        return None
    whole = re.sub(r"\D", "", match["whole"])
    sign = "-" if match["sign"] in {"-", "−"} else ""
    return Decimal(f"{sign}{whole}.{match['part'] or 0}")


def _unusable(template: str, cell: Cell, **values: Country | Term) -> Text:
    return text(template, value=displayed(cell), **values)


def _unknown_yet(cell: Cell) -> Reading | None:
    """Signs such as "?" say nothing; words such as "à définir" say that it is not known, which is worth a note."""
    if not isinstance(cell, str):
        return None
    folded = words(cell)
    if not folded:
        return Reading()
    if folded in _UNKNOWN_YET:
        return Reading(None, _unusable(N_("“{value}” is taken as not known yet."), cell))
    return None


def _date(field: Field, cell: Cell, birth_before: int | None, since_1904: bool) -> Reading:
    if isinstance(cell, dt.date):
        found: dt.date | None = cell if day_words.EARLIEST < cell.year <= day_words.LATEST else None
    elif isinstance(cell, str):
        if said := _unknown_yet(cell):
            return said
        before = birth_before if field.key == "birth_date" else None
        found = day_words.day(clean(cell), birth_before=before, since_1904=since_1904)
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        found = day_words.from_serial(cell, since_1904=since_1904)
    else:
        found = None
    if found:
        return Reading(found)
    template = N_("Unreadable date: “{value}”. Write it as day/month/year, for example 15/03/2027.")
    return Reading(None, _unusable(template, cell), refuses=True)


def _number(field: Field, cell: Cell) -> Reading:
    found = _amount(field, cell)
    least = -_LARGEST if field.owner == "entry" else 0  # money may come back
    if found is not None and least <= found <= _LARGEST:
        if field.kind == "kilometres":
            return Reading(whole_km(float(found * 1000)))
        found *= 100 if field.kind == "money" else 1
        if found == found.to_integral_value():
            return Reading(int(found))
    return _unknown_yet(cell) or Reading(None, _unusable(N_("Unreadable number: “{value}”; it is left empty."), cell))


def _amount(field: Field, cell: Cell) -> Decimal | None:
    match cell:
        case bool():
            return None
        case int() | float() | Decimal():
            return Decimal(str(cell))
        case dt.date():  # a small number that a date format made a day of January 1900
            days = (cell - dt.date(1899, 12, 30)).days
            return Decimal(days) if days < 1_000 else None
        case str():
            return number(clean(cell), _UNITS[field.kind])
        case _:
            return None


def _yes_or_no(field: Field, cell: Cell) -> Reading:
    if isinstance(cell, bool):
        return Reading(cell)
    written = displayed(cell)
    folded = words(written)
    first = folded.partition(" ")[0]
    if folded in _YES or written in _YES_SIGNS or first in {"oui", "yes"}:
        return Reading(True)
    if folded in _NO or written in _NO_SIGNS or first in {"non", "no"}:
        return Reading(False)
    if field.key == "fewer_opportunities":  # the cell may name a reason, which must not travel any further
        return Reading(None, text(N_("Only yes or no is kept here: answer with O or N.")))
    template = N_("“{value}” is neither yes nor no; it is left empty.")
    return _unknown_yet(cell) or Reading(None, _unusable(template, cell))


def _choice(field: Field, cell: Cell) -> Reading:
    written = displayed(cell)
    table = _choices(field.choices)
    folded = words(written)
    if code := table.get(folded) or table.get(words(re.sub(r"\(.*?\)", " ", written))):
        return Reading(code)
    if said := _unknown_yet(cell):
        return said
    if code := _alike(folded, table, by_phrase=field.key in _BY_PHRASE):
        title = next(choice.title for choice in field.choices if choice.code == code)
        return Reading(code, _unusable(N_("“{value}” is read as “{choice}”."), cell, choice=Term(title)))
    template = N_("“{value}” is not a word known for “{field}”; it is left empty.")
    return Reading(None, _unusable(template, cell, field=Term(field.title)))


@cache
def _choices(choices: tuple[Choice, ...]) -> dict[str, str]:
    """Folded words to stored codes: codes, aliases, and the titles in every language of the program."""
    table: dict[str, str] = {}
    for choice in choices:
        titles = [catalogue(language).gettext(choice.title) for language in LANGUAGES]
        for written in (choice.code, *choice.aliases, choice.title, *titles):
            table.setdefault(words(written), choice.code)
    return table


def _alike(folded: str, table: dict[str, str], *, by_phrase: bool) -> str | None:
    """The one choice whose words the text holds, the longest first, or which it misspells."""
    from rapidfuzz import fuzz, process

    if by_phrase:
        held = [alias for alias in table if len(alias) > 3 and f" {alias} " in f" {folded} "]
        longest = max(map(len, held), default=0)
        codes = {table[alias] for alias in held if len(alias) == longest}
        if codes:
            return codes.pop() if len(codes) == 1 else None
    close = process.extract(folded, list(table), scorer=fuzz.ratio, score_cutoff=88, limit=5)
    codes = {table[alias] for alias, _score, _index in close if len(alias) > 3}
    return codes.pop() if len(codes) == 1 else None


def _paper(cell: Cell, since_1904: bool) -> Reading:
    state, understood = paper_words.read(cell, since_1904=since_1904)
    if understood:
        return Reading(state)
    return Reading(None, _unusable(N_("“{value}” says nothing of a paper; it joins the notes."), cell))


_UNUSABLE_CODE = {
    "iban": N_(
        "The IBAN “{value}” is not right (length or check digits): this row changes no bank details. "
        "Copy it again from the bank's statement (RIB)."
    ),
    "bic": N_("The BIC “{value}” is not right (8 or 11 signs): it is left empty. Copy it again."),
}


def _bank_code(field: Field, cell: Cell) -> Reading:
    """An IBAN or a BIC; an IBAN that is not right is named by its ends alone."""
    code = bank.compact(displayed(cell))
    if bank.OK[field.kind](code):
        return Reading(code)
    said = text(_UNUSABLE_CODE[field.kind], value=bank.hidden(displayed(cell)))
    return _unknown_yet(cell) or Reading(None, said)


def _country(field: Field, cell: Cell) -> Reading:
    written = displayed(cell)
    lives_there = field.key == "nationality"
    if code := (country_words.nationality if lives_there else country_words.country)(written):
        return Reading(code)
    if said := _unknown_yet(cell):
        return said
    if lives_there:
        return Reading(None, _unusable(N_("Unknown nationality: “{value}”; it is left empty."), cell))
    if meant := country_words.nearest(written):
        template = N_("Unknown country: “{value}”. Is {country} meant?")
        return Reading(None, _unusable(template, cell, country=Country(meant)), refuses=True)
    template = N_("Unknown country: “{value}”. Write its name or its two-letter code.")
    return Reading(None, _unusable(template, cell), refuses=True)


def _text(field: Field, cell: Cell) -> Reading:
    written = displayed(cell)
    if field.kind != "long_text":
        written = re.sub(r"\s*[\r\n]+\s*", " ", written)
    if field.stored_as == "phone" and isinstance(cell, int) and len(written) == 9:
        written = f"0{written}"  # a spreadsheet took the number for a quantity and dropped its first zero
    if field.stored_as in ("uai", "oid", "pic", "siret"):
        written = clean_identifier(written)
    if field.key in {"last_name", "first_name"} and not words(written):
        return Reading()
    if len(written) > field.length:
        template = N_("Too long: only the first {length} characters are kept.")
        return Reading(written[: field.length].rstrip(), text(template, length=field.length))
    return Reading(written or None)
