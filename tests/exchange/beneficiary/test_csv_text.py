"""Delimited texts edited in place: every byte of an untouched cell stays, quotes and line ends are the file's own."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.exchange.beneficiary.csv_text import parse
from mobility_app.exchange.delimited import rows_of


@pytest.mark.parametrize(
    ("content", "edits", "expected"),
    [
        (b"a;b\r\n1;2\r\n", {2: {1: "x;y"}}, b'a;b\r\n1;"x;y"\r\n'),
        (b"a;b\r\n", {2: {0: "1"}}, b"a;b\r\n1;\r\n"),
        (b"a;b", {2: {1: "2"}}, b"a;b\r\n;2\r\n"),
        (b'"a","b"\n', {2: {0: "1"}}, b'"a","b"\n"1",\n'),
        (b"a\tb\n \t2\n", {2: {2: "3"}}, b"a\tb\n \t2\t3\n"),
        (b"sep=,\r\na,b\r\n", {2: {0: "1"}}, b"sep=,\r\na,b\r\n1,\r\n"),
        ("é;b\n".encode("cp1252"), {1: {1: "è"}}, "é;è\n".encode("cp1252")),
        ("\ufeffé;b\n".encode(), {1: {1: "ł"}}, "\ufeffé;ł\n".encode()),
        (b'a;"two\nlines"\nc;d\n', {2: {0: "e"}}, b'a;"two\nlines"\ne;d\n'),
        (b"a;b\n", {1: {0: "=1+1", 1: "+33 6 12"}}, b"'=1+1;+33 6 12\n"),
        (b"a;b\n", {1: {0: "-5", 1: "@x"}}, b"-5;'@x\n"),
        (b"a;b\n", {3: {0: "x"}}, b"a;b\n\nx;\n"),
    ],
)
def test_only_what_is_edited_changes(content: bytes, edits, expected: bytes) -> None:
    assert parse(content).edited(edits) == expected


def test_letters_that_an_encoding_lacks_are_known() -> None:
    assert not parse("é;b\n".encode("cp1252")).encodes("Łukasz")
    assert parse(b"a;b\n").encodes("Łukasz")  # plain ASCII is UTF-8


def test_quotes_that_never_close_are_ordinary_signs() -> None:
    content = b'a;b\n5"10;d\n"c;e\n'
    assert parse(content).records == (("a", "b"), ('5"10', "d"), ('"c', "e"))
    assert parse(content).edited({}) == content


_cells = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a\ufeff"), max_size=12), min_size=2,
                  max_size=4)  # fmt: skip


@given(st.lists(_cells, min_size=1, max_size=5))
def test_nothing_edited_is_the_same_text(rows: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([["title", "other"], *rows])
    content = text.getvalue().encode()
    assert parse(content).edited({}) == content


@given(st.text("abc;,\"'=+-@ \té", max_size=12))
def test_an_edited_cell_reads_back(value: str) -> None:
    value = " ".join(value.split())
    content = parse(b"title;other\r\n1;2\r\n3;4\r\n").edited({2: {1: value}})
    shielded = value.startswith("'") and value.lstrip("'").startswith(("=", "+", "-", "@"))  # reading takes one off
    assert rows_of(content)[1] == ["1", value[1:] if shielded else value]
