"""Formats and check digits; the numbers are invented but for those that a source publishes."""

import pytest

from mobility_app.core import identifiers as ids


@pytest.mark.parametrize("value", ["0750655E", "0750654D"])  # published with the algorithm
def test_school_codes_that_hold(value: str) -> None:
    assert ids.uai_ok(value)
    assert ids.uai_letter(value[:7]) == value[7]


@pytest.mark.parametrize(
    "value", ["0750655F", "0750655", "075065E", "0750655e", "O750655E", "0750655I", "٠750655E", ""]
)
def test_school_codes_that_do_not(value: str) -> None:
    assert not ids.uai_ok(value)


def test_every_wrong_letter_is_seen() -> None:
    assert [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if ids.uai_ok("0281706" + c)] == [ids.uai_letter("0281706")]


def test_cleaning() -> None:
    assert ids.clean(" 075 0655\N{NO-BREAK SPACE}e ") == "0750655E"
    assert ids.clean("e 1234.5678") == "E12345678"


def test_oid_and_pic() -> None:
    assert ids.oid_ok("E12345678")
    assert not any(map(ids.oid_ok, ["E1234567", "12345678", "e12345678", "E123456789"]))
    assert ids.pic_ok("999572294")
    assert not ids.pic_ok("99957229")


def test_siret() -> None:
    assert ids.siret_ok("73282932000074")
    assert not ids.siret_ok("73282932000075")
    assert not ids.siret_ok("7328293200007")
    assert ids.siret_ok("35600000009075")  # La Poste: sum of digits 35
    assert not ids.siret_ok("35600000009076")


@pytest.mark.parametrize(("value", "parts"), [
    ("2024-1-FR01-KA121-VET-000212345", (2024, 1, "FR01", "KA121", "VET", "000212345", "KA121-VET")),
    (" 2026-1-fr01-ka121-vet-000212345 ", (2026, 1, "FR01", "KA121", "VET", "000212345", "KA121-VET")),
    ("2021-1-RO01-KA131-HED-000002719", (2021, 1, "RO01", "KA131", "HED", "000002719", "KA131-HED")),
    ("2018-1-PL01-KA103-051716", (2018, 1, "PL01", "KA103", "", "051716", "KA103")),
])  # fmt: skip
def test_project_codes(value: str, parts: tuple[object, ...]) -> None:
    code = ids.project_code(value)
    assert code is not None
    assert (code.call_year, code.round, code.agency, code.action, code.field, code.number, code.title) == parts


@pytest.mark.parametrize("value", ["", "2024", "2024-4-FR01-KA121-VET-000212345", "2024-1-FR-KA121-VET-000212345"])
def test_what_is_no_project_code(value: str) -> None:
    assert ids.project_code(value) is None


def test_the_next_mobility_id() -> None:
    reference = "2024-1-FR01-KA121-VET-000005041"
    assert ids.next_bm_id([], reference) == "005041-MOB-00001"
    assert (
        ids.next_bm_id(["005041-MOB-00001", "005041-MOB-00016", "999999-MOB-00050", "mine"], reference)
        == "005041-MOB-00017"
    )
    assert ids.next_bm_id([], "CMQ 12") == "000012-MOB-00001"


@pytest.mark.parametrize(("value", "ok"), [
    ("a.b@exemple.test", True), ("é@exemple.test", True), ("a@b", False), ("a b@c.test", False), ("a@b@c.test", False),
    ("a@c.test, b@c.test", False), ("@c.test", False), ("a@c..test", False),
])  # fmt: skip
def test_addresses(value: str, ok: bool) -> None:
    assert ids.email_ok(value) is ok
