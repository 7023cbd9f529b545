"""The stage of a mobility and its papers before departure, as tables."""

import datetime as dt
from dataclasses import replace

import pytest

from mobility_app.core.checks import departure_papers, stage
from mobility_app.fields import DECISIONS, STAGES
from tests.core.samples import START, mobility

END = START + dt.timedelta(13)
DAY = dt.timedelta(1)


@pytest.mark.parametrize(("today", "facts", "expected"), [
    (START - DAY, {}, "preparation"),
    (START - DAY, {"departure_ready": True}, "ready"),
    (START - DAY, {"departure_ready": True, "evidence_complete": True, "settled": True}, "ready"),
    (START, {}, "abroad"),
    (START, {"departure_ready": True}, "abroad"),
    (END, {}, "abroad"),
    (END, {"settled": True, "evidence_complete": True}, "abroad"),
    (END + DAY, {}, "returned"),
    (END + DAY, {"settled": True}, "returned"),
    (END + DAY, {"evidence_complete": True}, "complete"),
    (END + DAY, {"evidence_complete": True, "settled": True}, "closed"),
    (START, {"start": None}, "selected"),
    (START, {"end": None}, "selected"),
    (END, {"actual_end": END - DAY}, "returned"),
    (START, {"actual_start": START + DAY}, "preparation"),
    (START, {"actual_start": START - DAY, "start": None}, "abroad"),
    (START, {"forced_stage": "closed"}, "closed"),
    (START, {"forced_stage": "ready", "decision": "cancelled"}, "ready"),
])  # fmt: skip
def test_the_stage_follows_from_facts(today: dt.date, facts: dict[str, object], expected: str) -> None:
    assert stage(replace(mobility(), **facts), today) == expected


@pytest.mark.parametrize("decision", [choice.code for choice in DECISIONS if choice.code != "selected"])
def test_a_decision_is_its_own_stage(decision: str) -> None:
    for today in (START - DAY, START, END + DAY):
        assert stage(mobility(decision=decision, evidence_complete=True, settled=True), today) == decision


def test_every_stage_can_be_shown() -> None:
    known = {choice.code for choice in STAGES}
    assert {"selected", "preparation", "ready", "abroad", "returned", "complete", "closed"} <= known


@pytest.mark.parametrize(("facts", "papers"), [
    ({}, "CONTRAT LA CONV ID CEAM ASSUR"),
    ({"status": "apprentice"}, "CONTRAT LA CONV ID CEAM ASSUR"),
    ({"status": "graduate"}, "CONTRAT LA ID CEAM ASSUR"),
    ({"birth_date": START.replace(year=START.year - 18)}, "CONTRAT LA CONV ID CEAM ASSUR"),
    ({"birth_date": START.replace(year=START.year - 18) + DAY}, "CONTRAT LA CONV AST AUTPAR ID CEAM ASSUR"),
    ({"birth_date": None}, "CONTRAT LA CONV ID CEAM ASSUR"),
    ({"activity": "VET_GROUP_MOBILITY"}, "CONTRAT PROG CONV ID CEAM ASSUR"),
    ({"status": "staff", "activity": "JOB_SHADOWING"}, "CONTRAT LA ID CEAM ASSUR OM"),
    ({"status": "staff", "role": "accompanying"}, "CONTRAT ID CEAM ASSUR OM"),
    ({"status": "pupil", "role": "accompanying"}, "CONTRAT ID CEAM ASSUR OM"),
    ({"status": "staff", "activity": "INVITED_EXPERT"}, "CONTRAT LA ID CEAM ASSUR"),
    ({"green": True}, "CONTRAT LA CONV ID CEAM ASSUR GREEN"),
])  # fmt: skip
def test_papers_before_departure(facts: dict[str, object], papers: str) -> None:
    assert " ".join(departure_papers(replace(mobility(), **facts))) == papers
