"""Measuring and wrapping: nothing is lost, nothing runs over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.documents.letters import REGULAR, SEMIBOLD, Style, balanced, clean, fit, missing, suited, width, wrap

STYLE = Style(SEMIBOLD, 12, 15, tracking=-0.2)
LATIN = st.text(st.characters(max_codepoint=0x24F, categories=("L", "N", "P", "Z")), min_size=1)


@given(LATIN, st.floats(40, 400))
def test_wrapped_lines_fit_and_hold_every_letter(words: str, room: float) -> None:
    words = clean(words)
    style = suited(words, STYLE)
    lines = wrap(words, style, room)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width(line, style) <= room + 0.01 for line in lines)


@given(LATIN, st.floats(100, 400))
def test_balanced_lines_are_no_more_and_fit(words: str, room: float) -> None:
    words = clean(words)
    style = suited(words, STYLE)
    lines = balanced(words, style, room)
    assert len(lines) == len(wrap(words, style, room))
    assert all(width(line, style) <= room + 0.01 for line in lines)


@given(LATIN, st.floats(100, 400), st.integers(1, 3))
def test_fitted_lines_fit(words: str, room: float, most: int) -> None:
    words = clean(words)
    lines, style = fit(words, STYLE, room, most, 6)
    assert all(width(line, style) <= room + 0.01 for line in lines)
    assert style.size == pytest.approx(6) or len(lines) <= most
    assert style.size >= 5.99


def test_a_short_text_keeps_its_size() -> None:
    assert fit("MARTIN", STYLE, 400, 1, 6) == (["MARTIN"], STYLE)


def test_no_word_is_left_alone() -> None:
    text = "Mobilité de courte durée à des fins d'apprentissage pour les apprenants de l'EFP"
    style = Style(REGULAR, 10, 13)
    room = width(text, style) - 10
    assert wrap(text, style, room)[-1] == "l'EFP"
    assert len(balanced(text, style, room)[-1]) > 20


@pytest.mark.parametrize(
    "text", ["Ŵîñ-fred", "Ẹ̀lẹ́", "Ωμέγα", "Ёлка", "Nguyễn", "a\u200bb\u202e", "1 482,50 €", "\u202f\u00a0"]
)
def test_what_can_be_printed(text: str) -> None:
    assert missing(text) == ""


@pytest.mark.parametrize(
    ("text", "letters"), [("王明王", "王明"), ("مريم", "مري"), ("Zoé 🎉", "🎉"), ("हि", "हि"), ("✓e\u0329", "✓")]
)
def test_what_cannot(text: str, letters: str) -> None:
    assert missing(text) == letters


def test_clean_is_one_composed_line() -> None:
    assert clean(" Zoe\u0301\r\n\tMartin\u00a0\ufeff ") == "Zoé Martin"
    assert clean(None) == ""
