"""The house style of every sheet: colours, number formats and the looks of cells, as one table of properties.

A cell's format is its kind (how the value is written) and its looks (what the cell is on the page), added together.
"""

from __future__ import annotations

from typing import Any, Final

FONT: Final = "Arial"  # on every computer; its measures are known to LibreOffice too, so nothing is cut there
SIZE: Final = 10

INK: Final = "#16202E"
MUTED: Final = "#55606F"
BLUE: Final = "#1F4FBF"  # the one accent
NAVY: Final = "#12306F"
TINT: Final = "#E4ECFA"  # header band
WASH: Final = "#F4F7FD"  # tiles, totals
RULE: Final = "#CBD5E6"
GREEN: Final = "#1E7B4F"
AMBER: Final = "#7A4B00"
AMBER_WASH: Final = "#FFF3D6"
RED: Final = "#A61B1B"
PALE_BLUE: Final = "#9DB9EE"
GREY: Final = "#B8C2D1"

Properties = dict[str, Any]

BASE: Final[Properties] = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "valign": "vcenter"}

# Number formats stand in the file as Excel keeps them in every language: a French Excel shows 1 438,00 € and 67 %.
# Text has no format of its own, because Excel shows ##### for a long text in a cell of format "@".
KINDS: Final[dict[str, Properties]] = {
    "text": {"align": "left", "indent": 1},
    "wrapped": {"align": "left", "indent": 1, "text_wrap": True},
    "centred": {"align": "center"},
    "general": {"align": "left", "indent": 1},  # each cell after its own type
    "date": {"align": "center", "num_format": "dd/mm/yyyy"},
    "month": {"align": "left", "indent": 1, "num_format": "mmm yyyy"},
    "number": {"align": "right", "indent": 1},
    "integer": {"align": "right", "indent": 1, "num_format": "#,##0"},
    "kilometres": {"align": "right", "indent": 1, "num_format": '#,##0\\ "km"'},
    "money": {"align": "right", "indent": 1, "num_format": '#,##0.00\\ "€";[Red]\\-#,##0.00\\ "€"'},
    "whole_money": {"align": "right", "indent": 1, "num_format": '#,##0\\ "€";[Red]\\-#,##0\\ "€"'},
    "bar": {"align": "left", "font_color": PALE_BLUE, "font_size": 6},
    "percent": {"align": "right", "indent": 1, "num_format": "0\\ %"},
}

LOOKS: Final[dict[str, Properties]] = {
    "body": {"bottom": 1, "bottom_color": RULE},
    "quiet": {"font_color": MUTED},
    "bold": {"bold": True},
    "head": {
        "bold": True,
        "font_size": SIZE,
        "font_color": NAVY,
        "bg_color": TINT,
        "bottom": 2,
        "bottom_color": BLUE,
        "text_wrap": True,
        "num_format": "General",
    },
    "total": {
        "bold": True,
        "font_color": NAVY,
        "bg_color": WASH,
        "top": 1,
        "top_color": BLUE,
        "bottom": 1,
        "bottom_color": BLUE,
    },
    "group": {"bold": True, "font_color": NAVY, "bottom": 1, "bottom_color": BLUE},
    "unknown": {"italic": True, "font_color": AMBER},
    "title": {"bold": True, "font_size": 16, "font_color": NAVY},
    "subtitle": {"font_color": MUTED},
    "warning": {"bold": True, "font_color": AMBER, "bg_color": AMBER_WASH, "indent": 1},
    "section": {"bold": True, "font_size": 11, "font_color": NAVY, "bottom": 2, "bottom_color": BLUE},
    "tile_label": {"font_size": 9, "font_color": MUTED, "bg_color": WASH, "top": 5, "top_color": BLUE, "indent": 1},
    "tile_figure": {"bold": True, "font_size": 18, "font_color": NAVY, "bg_color": WASH, "align": "left", "indent": 1},
    "tile_note": {"font_size": 8, "font_color": MUTED, "bg_color": WASH, "indent": 1, "align": "left", "shrink": True},
    "remark": {"italic": True, "font_color": MUTED, "indent": 1},
    "free": {"locked": False},  # a cell of a protected sheet that may be filled in
    "small": {"font_size": 9},
    "signature": {"font_size": 8, "font_color": MUTED, "valign": "top", "border": 1, "border_color": RULE},
    "shrink": {"shrink": True, "text_wrap": False},  # rather a smaller letter than a cut one
}


def properties(*names: str) -> Properties:
    """The properties of a kind and its looks together; a later name wins."""
    merged = dict(BASE)
    for name in names:
        merged |= KINDS[name] if name in KINDS else LOOKS[name]
    return merged
