"""Headers: every title that public pages show is known, none is taken for another."""

import json

import pytest

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY, COLUMNS
from mobility_app.exchange.beneficiary.titles import key_of
from mobility_app.paths import REFERENCE

FIELDS = json.loads((REFERENCE / "bm-fields.json").read_text("utf-8"))["fields"]
LEGACY = json.loads((REFERENCE / "mobility-tool-columns.json").read_text("utf-8"))["columns"]
# Labels of the reference that stand for several columns.
SEVERAL = {label for f in FIELDS if (label := f["label"]) and (" / " in label or ":" in label) and not key_of(label)}


@pytest.mark.parametrize("field", FIELDS, ids=[f["label"] for f in FIELDS])
def test_every_label_of_the_module_is_known(field) -> None:
    group = "Sending organisation" if field["section"].startswith("Organisations (") else ""
    if field["label"] not in SEVERAL:
        assert key_of(field["label"], group)


@pytest.mark.parametrize("title", LEGACY)
def test_every_title_of_mobility_tool_is_known(title: str) -> None:
    assert key_of(title)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Receiving country", "country"),
        ("Pays d’accueil", "country"),
        ("Receiving organisation country", "host_country"),
        ("Sending country", "departure_country"),
        ("Sending organisation - country", "sending_country"),
        ("participant.firstName", "first_name"),
        ("MOBILITY_ACTIVITY_ID", "bm_id"),
        ("Mobility activity ID *", "bm_id"),
        ("Unique Erasmus+ Mobility ID", "bm_unique_id"),
        ("Date de debut", "start"),
        ("Funded travel days (max 6)", "travel_days"),
        ("Recieving country", "country"),
        ("Force majeure", "force_majeure"),
        ("Force majeure explanations", "force_majeure_text"),
        ("Participant", "participant"),
        ("Participant ID", "participant_id"),
        ("Total", None),
        ("Zone", None),
        ("", None),
        ("Receiving", None),
    ],
)
def test_a_title_means_its_column_alone(title: str, key: str | None) -> None:
    assert key_of(title) == key


def test_a_group_tells_the_organisations_apart() -> None:
    assert key_of("OID", "Sending organisation") == "sending_oid"
    assert key_of("OID", "Organisme d'accueil") == "host_oid"
    assert key_of("City", "Receiving organisation") == "host_town"
    assert key_of("OID") is None


def test_no_title_is_claimed_twice() -> None:
    claimed: dict[str, str] = {}
    for column in COLUMNS:
        for alias in column.aliases:
            assert claimed.setdefault(alias.lower(), column.key) == column.key, alias


def test_nothing_sensitive_is_ever_written() -> None:
    for key in ("force_majeure_text", "special_needs", "comments"):
        column = BY_MODULE_KEY[key]
        assert (column.use, column.adopts, column.written, column.compared) == ("never", "", False, False)
