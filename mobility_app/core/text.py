"""Folded text: the same key for Éa, ea and EA, so that search, order and matching ignore what people mistype."""

import re
import unicodedata

# Letters that Unicode decomposition leaves alone.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ı": "i", "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n"}
    | dict.fromkeys("’‘ʼ", "'")  # what word processors make of the keys that people press
    | dict.fromkeys("‐‑–—", "-")
)
_CONTROLS = {code: None for code in (*range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F, 0xFFFE, 0xFFFF)}


def clean(value: str) -> str:
    """As typed, but NFC, trimmed (no-break spaces too) and without control characters or lone surrogates."""
    value = unicodedata.normalize("NFC", value).translate(_CONTROLS)
    return "".join(c for c in value if not "\ud800" <= c <= "\udfff").strip()


def fold(value: str) -> str:
    """Lower case without accents: the key that search compares."""
    if value.isascii():
        return value.lower()
    decomposed = unicodedata.normalize("NFKD", value.casefold().translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)


def words(value: str) -> str:
    """Folded, with every run of other signs than letters and digits as one space: the key of headers and names."""
    return re.sub(r"[\W_]+", " ", fold(value)).strip()


def sort_key(*parts: str) -> str:
    """A key that orders as a French reader expects: folded words, numbers by value ("Lycée 9" before "Lycée 10")."""
    folded = "\x1f".join(words(part) for part in parts)
    return re.sub(r"\d+", lambda match: match.group().zfill(6), folded)


def compact(value: str) -> str:
    """Folded letters and digits alone: "Jean-Noël", "JEAN NOEL" and "jeannoel" are one name."""
    return words(value).replace(" ", "")
