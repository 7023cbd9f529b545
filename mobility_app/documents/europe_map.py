"""The countries of Europe as rings of points on a plane of equal areas, from the shipped outlines (Natural Earth)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from math import cos, radians, sin, sqrt

from mobility_app.paths import RESOURCES

# Lambert azimuthal equal-area about the centre that Europe's statistics use (EPSG 3035), on a sphere of radius 1.
_LATITUDE, _LONGITUDE = radians(52.0), radians(10.0)
LEFT, TOP, RIGHT, BOTTOM = -0.345, -0.345, 0.465, 0.355  # west of Ireland to the Caucasus, Maghreb to the North Cape
_NEAREST = 0.0011  # points of an outline closer than this are one
# ISO 3166-1 numeric codes of the programme's countries and of the neighbours that are drawn with them.
_CODES = {
    "008": "AL", "012": "DZ", "040": "AT", "056": "BE", "070": "BA", "100": "BG", "112": "BY", "191": "HR",
    "196": "CY", "203": "CZ", "208": "DK", "233": "EE", "246": "FI", "250": "FR", "276": "DE", "300": "GR",
    "348": "HU", "352": "IS", "372": "IE", "380": "IT", "428": "LV", "440": "LT", "442": "LU", "470": "MT",
    "498": "MD", "499": "ME", "504": "MA", "528": "NL", "578": "NO", "616": "PL", "620": "PT", "642": "RO",
    "643": "RU", "688": "RS", "703": "SK", "705": "SI", "724": "ES", "752": "SE", "756": "CH", "788": "TN",
    "792": "TR", "804": "UA", "807": "MK", "826": "GB", "438": "LI", "020": "AD", "268": "GE",
}  # fmt: skip

Ring = list[tuple[float, float]]


@cache
def outlines() -> dict[str, list[Ring]]:
    """By country, inside the frame: x from 0 to 1 eastwards, y downwards in the same measure."""
    world = json.loads((RESOURCES / "map" / "countries-50m.json").read_text("utf-8"))
    lines = [_unpacked(arc, world["transform"]) for arc in world["arcs"]]
    found: dict[str, list[Ring]] = {}
    for country in world["objects"]["countries"]["geometries"]:
        if code := _CODES.get(country.get("id", "")):
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            rings = [ring for polygon in polygons if (ring := _ring(polygon[0], lines))]
            found[code] = [*found.get(code, []), *rings]
    return {code: rings for code, rings in found.items() if rings}


def shape() -> float:
    """Height of the frame for a width of 1."""
    return (BOTTOM - TOP) / (RIGHT - LEFT)


def _unpacked(arc: Sequence[Sequence[int]], transform: dict[str, list[float]]) -> Ring:
    (across, up), (first, second) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append(_project(x * across + first, y * up + second))
    return line


def _ring(numbers: Sequence[int], lines: Sequence[Ring]) -> Ring:
    """An outline cut to the frame; empty when it lies outside or is too small to be seen."""
    points = [point for number in numbers for point in (lines[number] if number >= 0 else lines[~number][::-1])]
    cut = list(_thinned(_clipped(points)))
    return [((x - LEFT) / (RIGHT - LEFT), (y - TOP) / (RIGHT - LEFT)) for x, y in cut] if len(cut) > 2 else []


def _thinned(points: Ring) -> Iterator[tuple[float, float]]:
    last = None
    for point in points:
        if last is None or abs(point[0] - last[0]) + abs(point[1] - last[1]) > _NEAREST:
            last = point
            yield point


def _clipped(points: Ring) -> Ring:
    """Cut along each side of the frame in turn (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, LEFT, 1), (0, RIGHT, -1), (1, TOP, 1), (1, BOTTOM, -1)):
        kept: Ring = []
        for before, point in zip([points[-1:], *([p] for p in points[:-1])], points, strict=True):
            start = before[0]
            inside, was_inside = (sign * (p[axis] - limit) >= 0 for p in (point, start))
            if inside != was_inside:
                part = (limit - start[axis]) / (point[axis] - start[axis])
                kept.append((start[0] + part * (point[0] - start[0]), start[1] + part * (point[1] - start[1])))
            if inside:
                kept.append(point)
        points = kept
        if not points:
            break
    return points


def _project(longitude: float, latitude: float) -> tuple[float, float]:
    east, north = radians(longitude) - _LONGITUDE, radians(latitude)
    nearness = 1 + sin(_LATITUDE) * sin(north) + cos(_LATITUDE) * cos(north) * cos(east)
    scale = sqrt(2 / max(nearness, 0.02))
    x = scale * cos(north) * sin(east)
    y = scale * (cos(_LATITUDE) * sin(north) - sin(_LATITUDE) * cos(north) * cos(east))
    return x, -y
