"""Which of a file's own codes means a value of ours: countries, activities, means of transport, bands, yes and no."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from mobility_app.core.rates import span
from mobility_app.core.text import words
from mobility_app.exchange import country_words
from mobility_app.exchange.book import Cell
from mobility_app.exchange.words import displayed, read_value
from mobility_app.fields import BY_KEY

# What the module's lists may say beside the words of a school's sheet.
_ALSO = {
    "means": {
        "plane": "airplane aeroplane aircraft air flight avion", "bus": "coach autocar", "boat": "ship ferry bateau",
        "car_pooling": "carpooling|car pooling|car sharing|carsharing|shared car|covoiturage",
        "bike": "cycling bicycle velo", "car": "car|private car|automobile|motor car", "train": "rail railway",
    },
    "gender": {"male": "1", "female": "2", "other": "x|9|0|undefined|non binary"},
    "bm_state": {"complete": "completed|complet|complete|finalise", "draft": "draft|brouillon"},
}  # fmt: skip
_GREEN = re.compile(r"\b(green|eco\w*|vert\w*|sustainable|durable)\b")
_STANDARD = re.compile(r"\b(non|standard|not)\b")
_EC = {"GR": "EL", "GB": "UK"}  # the codes of the EU's own forms (db/reference/countries.json)
_BM_CODE = re.compile(r"(LM|SM|OA)-[A-Z-]+")
_GENDERS = {"male": "M", "female": "F", "other": "X"}


@dataclass(frozen=True)
class Entry:
    """One value of a list as the file writes it, and the text beside it."""

    written: Cell
    label: str = ""

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(text for text in (self.label, displayed(self.written)) if text)


def meaning(key: str, kind: str, entry: Entry) -> Any:
    """Our code of an entry; None when it is none that we know."""
    for text in entry.texts:
        if kind == "country":
            found: Any = country_words.nationality(text) if key == "nationality" else country_words.country(text)
        elif kind == "band":
            found = band(text)
        else:
            found = _choice(key, text)
        if found is not None:
            return found
    return None


def chosen(key: str, kind: str, value: Any, entries: Iterable[Entry], *, green: bool = False) -> Entry | None:
    """The entry that means this value; of two bands alike, the one for green travel when it is."""
    fitting = [entry for entry in entries if meaning(key, kind, entry) == value]
    if kind == "band" and len(fitting) > 1:
        fitting.sort(key=lambda entry: _is_green(entry) is not green)
    return fitting[0] if fitting else None


def _is_green(entry: Entry) -> bool:
    text = words(" ".join(entry.texts))
    return bool(_GREEN.search(text)) and not _STANDARD.search(text)


def default(key: str, kind: str, value: Any) -> tuple[str | None, bool]:
    """What is written where the file shows no list, and whether that is known to be right."""
    if kind == "country":
        return _EC.get(value, value), False
    if kind == "band":
        first, last = span(value)
        return (f"{first} - {last} km" if last is not None else f"{first} km +"), False
    if key == "activity":
        code = next(
            (a for c in BY_KEY[key].choices if c.code == value for a in c.aliases if _BM_CODE.fullmatch(a)), None
        )
        return code, True
    if key == "gender":
        return _GENDERS.get(value), False
    return next((choice.title for choice in BY_KEY[key].choices if choice.code == value), None), False


def band(text: str) -> str | None:
    """ "100 - 499 km", "BAND_100_499", "100-499", "8000 km or more" as "100-499", "8000-"."""
    plain = re.sub(r"(?<=\d)[\s.,\u202f\u00a0](?=\d{3}\b)", "", text)
    numbers = [int(number) for number in re.findall(r"\d+", plain)]
    if len(numbers) == 2 and numbers[0] < numbers[1]:
        return f"{numbers[0]}-{numbers[1]}"
    if len(numbers) == 1 and (numbers[0] >= 8000 or re.search(r"\+|≥|>|more|plus|or above|et au", text.lower())):
        return f"{numbers[0]}-"
    return None


def _choice(key: str, text: str) -> str | None:
    """Exact words only: a code that merely resembles another is no answer here."""
    if code := _also(key).get(words(text)):
        return code
    reading = read_value(BY_KEY[key], text)
    return str(reading.value) if reading.value and not reading.trouble else None


@cache
def _also(key: str) -> dict[str, str]:
    found = {}
    for code, written in _ALSO.get(key, {}).items():
        for word in written.split("|" if "|" in written else None):
            found[words(word)] = code
    if key == "activity":
        # "LM-SHORT-VET - Short-term learning mobility" and the like
        for choice in BY_KEY[key].choices:
            for alias in choice.aliases:
                if _BM_CODE.fullmatch(alias):
                    found[words(f"{alias} {choice.title}")] = choice.code
                    found[words(f"{choice.title} {alias}")] = choice.code
    return found


# ---- yes and no ------------------------------------------------------------------------------------------------------

PAIRS: tuple[tuple[Cell, Cell], ...] = (
    ("YES", "NO"), ("Yes", "No"), ("yes", "no"), ("Y", "N"), ("TRUE", "FALSE"), ("True", "False"), ("true", "false"),
    ("OUI", "NON"), ("Oui", "Non"), ("oui", "non"), ("O", "N"), ("VRAI", "FAUX"), ("1", "0"), (1, 0), (True, False),
)  # fmt: skip


def yes_and_no(seen: Iterable[Cell]) -> tuple[Cell, Cell] | None:
    """The pair of which cells or a list show at least one half."""
    for cell in seen:
        for pair in PAIRS:
            if any(type(cell) is type(half) and cell == half for half in pair):
                return pair
    return None


def truth(cell: Cell) -> bool | None:
    reading = read_value(BY_KEY["green"], cell)
    return reading.value if isinstance(reading.value, bool) else None
