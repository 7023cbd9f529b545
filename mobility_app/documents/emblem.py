"""The European emblem with the funding statement, by the rules of its use, and the campus logo that never tops it."""

from __future__ import annotations

import io
import json
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mobility_app.documents.letters import MM, STATEMENT, Style, width
from mobility_app.documents.page import Box, Paper
from mobility_app.paths import RESOURCES

BLUE = (0.0, 0x33 / 255, 0x99 / 255)
YELLOW = (1.0, 0xCC / 255, 0.0)
LOWEST = 10.0  # mm; the emblem is never printed lower
MOST_BYTES, MOST_PIXELS = 10_000_000, 25_000_000
_STARS = 12


@cache
def statements() -> dict[str, dict[str, Any]]:
    """The statement in each official language, each form with the state of its evidence."""
    data: dict[str, Any] = json.loads((RESOURCES / "statements" / "statements.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = data["statements"]
    return found


def statement(kind: str, language: str) -> str:
    """`kind` is cofunded or funded."""
    text: str = statements()[language][kind]["text"]
    return text


def draw(paper: Paper, x: float, y: float, height: float) -> None:
    """A field of 3 to 2 with twelve upright stars on a circle; star radius 1/18 and circle 1/3 of the height."""
    breadth = 1.5 * height
    paper.bars([(x, y, x + breadth, y + height)], BLUE)
    middle = (x + breadth / 2, y + height / 2)
    paper.path([_star(*_on_circle(middle, height / 3, n), height / 18) for n in range(_STARS)], YELLOW)


def _on_circle(middle: tuple[float, float], radius: float, hour: int) -> tuple[float, float]:
    angle = 2 * math.pi * hour / _STARS
    return middle[0] + radius * math.sin(angle), middle[1] - radius * math.cos(angle)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Five points, one straight up; the inner corners lie where the sides of a pentagram cross."""
    inner = radius * math.sin(math.pi / 10) / math.sin(3 * math.pi / 10)
    corners = []
    for n in range(10):
        reach, angle = (radius, inner)[n % 2], math.pi * n / 5
        corners.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    return corners


def statement_lines(kind: str, languages: Sequence[str], height: float) -> tuple[list[str], Style]:
    """One line a language, or two lines of one language: upright Ubuntu in the emblem's blue, in proportion to it."""
    texts = [statement(kind, language) for language in languages]
    if len(texts) == 1:
        texts = _halves(texts[0])
    size = height * MM / (1.3 * len(texts) + 0.7)
    return texts, Style(STATEMENT, size, size * 1.36, BLUE)


def _halves(text: str) -> list[str]:
    """Broken at the space nearest to the middle."""
    spaces = [n for n, letter in enumerate(text) if letter == " "]
    cut = min(spaces, key=lambda n: abs(n - len(text) / 2))
    return [text[:cut], text[cut + 1 :]]


def breadth(kind: str, languages: Sequence[str], height: float) -> float:
    """Room that the emblem and its statement take side by side, in mm."""
    lines, style = statement_lines(kind, languages, height)
    return 1.5 * height + height / 4 + max(width(line, style) for line in lines) / MM


def draw_with_statement(
    paper: Paper, right: float, top: float, height: float, kind: str, languages: Sequence[str]
) -> None:
    """The emblem, then the statement beside it (never touching), the whole ending at `right`."""
    if height < LOWEST:
        raise ValueError("the emblem must be at least 1 cm high")
    lines, style = statement_lines(kind, languages, height)
    left = right - breadth(kind, languages, height)
    draw(paper, left, top, height)
    # Capital height of Ubuntu is 0.693 of its size: the block of lines stands in the middle of the emblem.
    block = (len(lines) - 1) * style.leading + 0.693 * style.size
    first = top + height / 2 - block / MM / 2 + 0.693 * style.size / MM
    paper.letters(left + 1.5 * height + height / 4, first, lines, style)


@dataclass(frozen=True)
class Logo:
    """A campus logo as a plain JPEG: PDF keeps it as it is, so that no print compresses it again."""

    jpeg: bytes
    width: int
    height: int


@cache
def logo(content: bytes) -> Logo | None:
    """The logo re-encoded on white, without its metadata; None when it cannot be read."""
    from PIL import Image

    if len(content) > MOST_BYTES:
        return None
    try:
        with warnings.catch_warnings(action="error"):  # a picture that swells is refused, not remarked upon
            picture = _opened(content)
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError):
        return None
    if picture is None:
        return None
    picture.thumbnail((1400, 310))  # 600 dots an inch at the height of the emblem
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    encoded = io.BytesIO()
    ground.save(encoded, "JPEG", quality=95, subsampling=0)
    return Logo(encoded.getvalue(), *ground.size)


def _opened(content: bytes) -> Any:
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as source:
        return source.convert("RGBA") if source.width * source.height <= MOST_PIXELS else None


def logo_box(picture: Logo, left: float, top: float, height: float, widest: float) -> Box:
    """Where a logo goes: never higher than the emblem beside it."""
    ratio = picture.width / picture.height
    high = min(height, widest / ratio)
    return (left, top + (height - high) / 2, left + high * ratio, top + (height + high) / 2)
