"""Everything that is exported can be imported again without loss: as Excel and as CSV, in French and in English."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobility_app.core.facts import MobilityRow
from mobility_app.core.text import clean
from mobility_app.core.tracking import PaperState
from mobility_app.exchange import reading
from mobility_app.exchange.child import read_here
from mobility_app.exchange.mapping import map_sheet
from mobility_app.exchange.workbook import field_columns, her_columns, write_table
from mobility_app.fields import MOBILITY

KEYS = [field.key for field in MOBILITY]
TYPED = [field for field in MOBILITY if field.owner != "derived"]
_PLAIN = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Zl", "Zp", "Zs", "Cf")), max_size=12)
_AWKWARD = st.sampled_from(
    [
        "=1+1",
        "'=1+1",
        "'a'=b",
        "-12",
        "+33 6 00",
        "@nom",
        'O\'Brien; "x"',
        "12,5",
        "007",
        "1E02",
        "VRAI",
        "01/02/2027",
        "#REF!",
    ]
)
TEXT = st.one_of(_PLAIN, _AWKWARD).map(clean).map(lambda text: text or None)
NAME = st.tuples(st.sampled_from(("Arnould", "Béchu", "O’Brien", "Łukasik")), _PLAIN).map(lambda p: clean("".join(p)))
DAY = st.dates(dt.date(1990, 1, 1), dt.date(2035, 12, 31))
BY_KIND = {
    "text": TEXT,
    "long_text": TEXT,
    "email": st.sampled_from((None, "a@exemple.test")),
    "date": st.none() | DAY,
    "integer": st.none() | st.integers(0, 400),
    "kilometres": st.none() | st.integers(0, 19_000),
    "money": st.none() | st.integers(0, 900_000),
    "boolean": st.booleans(),
    "country": st.sampled_from((None, "ES", "GR", "GB", "TR", "PT")),
}
# What a stay cannot be: a school or a host that is a dash, a role that contradicts the status.
GIVEN = {
    "last_name": NAME,
    "first_name": NAME,
    "sending_organisation": st.sampled_from((None, "LP Zay", "CFA d’Eure", "=Lycée")),
    "sending_uai": st.sampled_from((None, "0280925X")),
    "role": st.just("participant"),
    "birth_date": st.none() | st.dates(dt.date(1960, 1, 1), dt.date(2010, 1, 1)),
    "interruption_days": st.integers(0, 30),
}


@st.composite
def stays(draw) -> MobilityRow:
    values = {}
    for field in TYPED:
        choices = st.sampled_from((None, *(choice.code for choice in field.choices)))
        usual = choices if field.kind == "choice" else BY_KIND[field.kind]
        values[field.key] = draw(GIVEN.get(field.key, usual))
    values["decision"] = values["decision"] or "selected"
    for first, last in (("start", "end"), ("actual_start", "actual_end")):
        if values[first] and values[last] and values[last] < values[first]:
            values[last] = None
    if values["sending_organisation"] is None:
        values["sending_uai"] = None
    return MobilityRow(id="x", **values)


def came_back(path: Path) -> list[dict]:
    return [dict(row.values) for row in map_sheet(read_here(path)).rows]


def written(row: MobilityRow) -> dict:
    """As it was exported; an empty text is no text."""
    return {field.key: getattr(row, field.key) for field in TYPED}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(stays(), min_size=1, max_size=4))
def test_all_fields_come_back(tmp_path: Path, ending: str, language: str, rows: list[MobilityRow]) -> None:
    path = tmp_path / f"a{ending}"
    write_table(path, "Suivi", field_columns(KEYS, language), rows, language=language)
    found = came_back(path)
    assert len(found) == len(rows)
    schools = {}
    for row, back in zip(rows, found, strict=True):
        was = written(row)
        if row.sending_organisation and row.sending_uai:
            schools[row.sending_organisation] = row.sending_uai
        if was["sending_uai"] is None and back["sending_uai"]:  # known of the same school in a row above
            assert back.pop("sending_uai") == schools[was.pop("sending_organisation")]
            del back["sending_organisation"]
            del was["sending_uai"]
        assert {key: back.get(key) for key in was} == was


def test_a_stay_without_a_school_does_not_inherit_one(tmp_path: Path) -> None:
    first = MobilityRow(last_name="Arnould", first_name="Léo", sending_organisation="LP Zay", sending_uai="0280925X")
    rows = [first, replace(first, last_name="Béchu", sending_organisation=None, sending_uai=None)]
    for ending in (".xlsx", ".csv"):
        write_table(tmp_path / f"a{ending}", "Suivi", field_columns(KEYS), rows)
        assert [row["sending_organisation"] for row in came_back(tmp_path / f"a{ending}")] == ["LP Zay", None]


def test_her_tracking_columns_come_back(tmp_path: Path) -> None:
    states = {
        "a": PaperState("signed", dt.date(2027, 3, 1)),
        "b": PaperState("signed"),
        "c": PaperState("sent", dt.date(2027, 3, 2)),
        "d": PaperState("not_applicable", None, "sans objet"),
    }
    tracked = {
        id_: {"paper:CONTRAT": state, "payment:advance": dt.date(2027, 2, 1), "payment:advance_cents": 80_050}
        for id_, state in states.items()
    }
    headers = [
        ("Nom", "last_name"),
        ("Prénom", "first_name"),
        ("Contrat", "paper:CONTRAT"),
        ("Avance versée le", "payment:advance"),
        ("Avance", "payment:advance_cents"),
        ("Bus", ""),
    ]
    rows = [
        MobilityRow(id=id_, last_name="Arnould", first_name=f"L{id_}", own={"Bus": "007"}) for id_ in (*states, "e")
    ]
    for ending in (".xlsx", ".csv"):
        write_table(tmp_path / f"a{ending}", "Suivi", her_columns(headers, "fr", tracked), rows)
        table = map_sheet(reading.read(tmp_path / f"a{ending}"))
        assert [row.values["paper:CONTRAT"] for row in table.rows] == [*states.values(), None]
        assert {row.values["payment:advance_cents"] for row in table.rows} == {80_050, None}
        assert {row.own["Bus"] for row in table.rows} == {"007"}
