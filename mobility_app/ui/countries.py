"""The countries that are offered: those of the programme first in use; every other code comes with a sheet."""

from __future__ import annotations

from mobility_app.core.text import sort_key
from mobility_app.i18n import country_name

_CODES = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MK MT NL NO PL PT RO RS SE SI SK TR "
    "AL AD BA CA CH GB GE MA MC MD ME SM TN UA US VA XK"
)


def countries() -> list[tuple[str, str]]:
    """(code, name in the language of the screen), in alphabetical order."""
    return sorted(((code, country_name(code)) for code in _CODES.split()), key=lambda pair: sort_key(pair[1]))
