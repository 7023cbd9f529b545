"""Amounts in words, as accountants want them under a total; French in the spelling that schools write."""

from __future__ import annotations

# fmt: off
_FRENCH = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)
_ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_FRENCH_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante", 8: "quatre-vingt"}
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
MOST = 10**9  # above, no school pays


def euros(cents: int, language: str) -> str:
    """“mille quatre cent trente-huit euros et cinquante centimes”; raises ValueError when negative or a milliard."""
    if not 0 <= cents < MOST * 100:
        raise ValueError(cents)
    whole, rest = divmod(cents, 100)
    word = number_french if language == "fr" else number_english
    unit, part, joint = ("euro", "centime", " et ") if language == "fr" else ("euro", "cent", " and ")
    of = "d’" if language == "fr" and whole and whole % 1_000_000 == 0 else ""
    parts = [f"{word(whole)} {of}{_many(unit, whole, language)}"] if whole or not rest else []
    if rest:
        parts.append(f"{word(rest)} {_many(part, rest, language)}")
    return joint.join(parts)


def _many(unit: str, count: int, language: str) -> str:
    one = count < 2 if language == "fr" else count == 1
    return unit if one else f"{unit}s"


def number_french(n: int) -> str:
    """From 0 to 999 999 999."""
    millions, rest = divmod(n, 1_000_000)
    thousands, units = divmod(rest, 1000)
    parts = [f"{_hundreds(millions)} million{'s' if millions > 1 else ''}"] if millions else []
    if thousands:
        # “mille” is no noun: cent and vingt take no s before it.
        parts.append("mille" if thousands == 1 else f"{_hundreds(thousands, last=False)} mille")
    if units or not parts:
        parts.append(_hundreds(units))
    return " ".join(parts)


def _hundreds(n: int, *, last: bool = True) -> str:
    """From 0 to 999; `last`: nothing follows, so that “cents” and “quatre-vingts” take their s."""
    hundreds, rest = divmod(n, 100)
    if not hundreds:
        return _tens(rest, last=last)
    head = "cent" if hundreds == 1 else f"{_FRENCH[hundreds]} cent"
    if rest:
        return f"{head} {_tens(rest, last=last)}"
    return f"{head}s" if hundreds > 1 and last else head


def _tens(n: int, *, last: bool) -> str:
    if n < 20:
        return _FRENCH[n]
    ten, unit = divmod(n, 10)
    if ten in (7, 9):  # soixante-dix, quatre-vingt-dix
        ten, unit = ten - 1, unit + 10
    word = _FRENCH_TENS[ten]
    if not unit:
        return f"{word}s" if ten == 8 and last else word
    return f"{word} et {_FRENCH[unit]}" if unit in (1, 11) and ten != 8 else f"{word}-{_FRENCH[unit]}"


def number_english(n: int) -> str:
    """From 0 to 999 999 999."""
    if n < 20:
        return _ENGLISH[n]
    if n < 100:
        ten, unit = divmod(n, 10)
        return _ENGLISH_TENS[ten] + (f"-{_ENGLISH[unit]}" if unit else "")
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if n >= size:
            count, rest = divmod(n, size)
            joint = " and " if rest < 100 else " "
            return f"{number_english(count)} {name}" + (f"{joint}{number_english(rest)}" if rest else "")
    raise AssertionError(n)
