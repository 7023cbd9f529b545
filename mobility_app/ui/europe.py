"""The shapes of the countries of Europe: the shipped TopoJSON, decoded and laid flat by equal areas, once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from math import cos, radians, sin, sqrt

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from mobility_app.paths import RESOURCES

# Lambert azimuthal equal-area about the centre that Europe's statistics use (EPSG 3035), on a sphere of radius 1.
_LATITUDE, _LONGITUDE = radians(52.0), radians(10.0)
# What is shown: west of Ireland to the Caucasus, North Africa's coast to the North Cape.
FRAME = QRectF(-0.345, -0.345, 0.81, 0.70)

# ISO 3166-1 numeric codes of the countries that reach into the frame.
CODES = {
    "008": "AL", "012": "DZ", "020": "AD", "031": "AZ", "040": "AT", "051": "AM", "056": "BE", "070": "BA",
    "100": "BG", "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "234": "FO",
    "246": "FI", "248": "AX", "250": "FR", "268": "GE", "276": "DE", "300": "GR", "304": "GL",
    "336": "VA", "348": "HU", "352": "IS", "364": "IR", "368": "IQ", "372": "IE", "376": "IL", "275": "PS",
    "380": "IT", "398": "KZ", "400": "JO", "422": "LB", "428": "LV", "434": "LY", "438": "LI", "440": "LT",
    "442": "LU", "470": "MT", "492": "MC", "498": "MD", "499": "ME", "504": "MA", "528": "NL", "578": "NO",
    "616": "PL", "620": "PT", "642": "RO", "643": "RU", "674": "SM", "682": "SA", "688": "RS", "703": "SK",
    "705": "SI", "724": "ES", "752": "SE", "756": "CH", "760": "SY", "788": "TN", "792": "TR",
    "804": "UA", "807": "MK", "818": "EG", "826": "GB", "831": "GG", "832": "JE", "833": "IM",
}  # fmt: skip
# Natural Earth draws these without an ISO number.
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY"}
SHOWN = frozenset(CODES.values()) | frozenset(NAMED.values())

Ring = list[tuple[float, float]]


@cache
def countries() -> dict[str, QPainterPath]:
    """The outline of each country in the plane of FRAME (y down); those outside are left out."""
    world = json.loads((RESOURCES / "map" / "countries-50m.json").read_text("utf-8"))
    arcs = _Arcs(world["arcs"], world["transform"])
    shapes: dict[str, QPainterPath] = {}
    for country in world["objects"]["countries"]["geometries"]:
        code = CODES.get(country.get("id", "")) or NAMED.get(country["properties"]["name"])
        if code is None:
            continue
        polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        path = shapes.setdefault(code, QPainterPath())
        for polygon in polygons:
            for ring in _visible(polygon, arcs):
                path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring]))
                path.closeSubpath()
    return {code: path for code, path in shapes.items() if not path.isEmpty()}


class _Arcs:
    """The lines that neighbours share, decoded when first asked for; a negative number reads backwards."""

    def __init__(self, packed: Sequence[Sequence[Sequence[int]]], transform: dict[str, list[float]]) -> None:
        self._packed = packed
        self._scale, self._shift = transform["scale"], transform["translate"]
        self._flat: dict[int, Ring] = {}

    def __getitem__(self, number: int) -> Ring:
        if number < 0:
            return self[~number][::-1]
        if number not in self._flat:
            x = y = 0
            line = []
            for dx, dy in self._packed[number]:
                x, y = x + dx, y + dy
                line.append(project(x * self._scale[0] + self._shift[0], y * self._scale[1] + self._shift[1]))
            self._flat[number] = line
        return self._flat[number]


def _visible(polygon: Sequence[Sequence[int]], arcs: _Arcs) -> Iterator[Ring]:
    """The rings of a polygon that touch the frame; an island far away takes its lakes with it."""
    rings = [[point for number in ring for point in arcs[number]] for ring in polygon]
    xs, ys = [x for x, _y in rings[0]], [y for _x, y in rings[0]]
    if min(xs) < FRAME.right() and max(xs) > FRAME.left() and min(ys) < FRAME.bottom() and max(ys) > FRAME.top():
        yield from rings


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to the plane: x east, y down, equal areas; the unit is the radius of the Earth."""
    east, north = radians(longitude) - _LONGITUDE, radians(latitude)
    nearness = 1 + sin(_LATITUDE) * sin(north) + cos(_LATITUDE) * cos(north) * cos(east)
    scale = sqrt(2 / max(nearness, 0.02))
    x = scale * cos(north) * sin(east)
    y = scale * (cos(_LATITUDE) * sin(north) - sin(_LATITUDE) * cos(north) * cos(east))
    return x, -y
