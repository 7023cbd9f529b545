"""The emblem, the funding statement and the campus logo keep the rules of their use."""

from __future__ import annotations

import io
import math
from pathlib import Path

import pytest
from PIL import Image

from mobility_app.documents import emblem
from mobility_app.documents.letters import MM, STATEMENT, _letters, width
from mobility_app.documents.page import Paper

OFFICIAL = {
    *("bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr"),
    *("hu", "it", "lt", "lv", "mt", "nl", "pl", "pt", "ro", "sk", "sl", "sv"),
}


def test_the_statement_in_every_official_language_can_be_set() -> None:
    assert set(emblem.statements()) == OFFICIAL
    for language, forms in emblem.statements().items():
        assert forms["cofunded"]["text"] != forms["funded"]["text"]
        for form in forms.values():
            assert form["state"] in ("verified", "in_use", "unverified")
            assert form["state"] != "in_use" or form["seen"]
            lacking = {letter for letter in form["text"] if ord(letter) not in _letters(STATEMENT)}
            assert not lacking, (language, lacking)


class Drawn(Paper):
    """Keeps the shapes that it is asked to draw."""

    def __init__(self) -> None:
        super().__init__()
        self.stars: list[list[tuple[float, float]]] = []

    def path(self, shapes: object, colour: tuple[float, float, float]) -> None:
        self.stars = [list(shape) for shape in shapes]  # type: ignore[attr-defined]  # a list of corners
        super().path(shapes, colour)  # type: ignore[arg-type]


def test_twelve_upright_stars_on_a_circle() -> None:
    paper = Drawn()
    emblem.draw(paper, 0, 0, 18)
    assert len(paper.stars) == 12
    for n, star in enumerate(paper.stars):
        x = sum(corner[0] for corner in star) / 10
        y = sum(corner[1] for corner in star) / 10
        assert math.hypot(x - 13.5, y - 9) == pytest.approx(6, abs=0.01)
        assert math.atan2(x - 13.5, 9 - y) % (2 * math.pi) == pytest.approx(n * math.pi / 6 % (2 * math.pi), abs=0.01)
        assert min(corner[1] for corner in star) == pytest.approx(y - 1)  # radius 1, a point straight up
        assert star[0] == pytest.approx((x, y - 1))


def test_the_statement_never_touches_the_emblem_and_keeps_its_proportion() -> None:
    for languages in (("fr",), ("fr", "en"), ("el", "bg", "de")):
        lines, style = emblem.statement_lines("cofunded", languages, 13)
        assert style.font == STATEMENT
        assert style.colour == emblem.BLUE
        block = (len(lines) - 1) * style.leading + style.size
        assert block / MM <= 13
        side = max(width(line, style) for line in lines) / MM
        assert emblem.breadth("cofunded", languages, 13) == pytest.approx(1.5 * 13 + 13 / 4 + side)


def test_the_emblem_is_at_least_a_centimetre_high() -> None:
    with pytest.raises(ValueError, match="1 cm"):
        emblem.draw_with_statement(Paper(), 180, 10, 9.9, "cofunded", ("fr",))


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (2000, 10), (10, 10)])
def test_a_logo_is_never_higher_than_the_emblem(size: tuple[int, int]) -> None:
    encoded = io.BytesIO()
    Image.new("RGB", size).save(encoded, "PNG")
    found = emblem.logo(encoded.getvalue())
    assert found is not None
    left, top, right, bottom = emblem.logo_box(found, 25, 19, 13, 60)
    assert bottom - top <= 13 + 1e-9
    assert right - left <= 60 + 1e-9
    assert (top + bottom) / 2 == pytest.approx(25.5)


def test_a_logo_loses_its_metadata_and_its_transparency() -> None:
    encoded = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(encoded, "PNG", exif=exif)
    found = emblem.logo(encoded.getvalue())
    assert found is not None
    assert b"taken at home" not in found.jpeg
    with Image.open(io.BytesIO(found.jpeg)) as picture:
        assert picture.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nbroken", b"x" * 10_000_001])
def test_what_is_no_logo_is_passed_over(content: bytes) -> None:
    assert emblem.logo(content) is None


def test_a_picture_that_swells_is_refused() -> None:
    encoded = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(encoded, "PNG")
    assert emblem.logo(encoded.getvalue()) is None


def test_fonts_stand_beside_their_licences() -> None:
    folder = Path(__file__).parents[2] / "resources" / "fonts"
    credits = (folder / "README.md").read_text("utf-8")
    for place in (path for path in folder.iterdir() if path.is_dir()):
        assert (place / "LICENSE.txt").stat().st_size > 1000
        assert f"`{place.name}`" in credits
