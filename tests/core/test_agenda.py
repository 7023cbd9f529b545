import datetime as dt

from mobility_app.core import agenda
from mobility_app.core.facts import Finding
from mobility_app.i18n import N_, Text, render

TODAY = dt.date(2027, 3, 15)


def finding(code: str, record: str = "1", due: int | None = None, severity="warning", answer="") -> Finding:
    day = None if due is None else TODAY + dt.timedelta(due)
    return Finding(code, "f", severity, "me", Text(N_("Other")), Text(N_("Other")), record, record, answer, day)


def test_one_line_a_kind_and_moment():
    found = agenda.lines(
        [
            finding("report_due", "1", -3),
            finding("report_due", "2", -40),
            finding("report_due", "3", 5),
            finding("report_due", "4", 0),
            finding("email_missing", "5"),
        ],
        TODAY,
    )
    assert [(line.code, line.late, line.ids) for line in found] == [
        ("report_due", True, ("2", "1")),
        ("report_due", False, ("4", "3")),
        ("email_missing", False, ("5",)),
    ]
    assert found[0].due == TODAY - dt.timedelta(40)


def test_late_first_then_what_blocks_then_by_day():
    found = agenda.lines(
        [
            finding("a", due=3),
            finding("b", due=1),
            finding("c", due=-1),
            finding("d", due=-1, severity="blocking"),
            finding("e", severity="notice"),
            finding("f", severity="blocking"),
        ],
        TODAY,
    )
    assert "".join(line.code for line in found) == "dcbafe"


def test_answered_findings_are_no_work():
    assert agenda.lines([finding("a", answer="postponed"), finding("b", answer="accepted")], TODAY) == ()


def test_a_line_says_how_many():
    one, many = (agenda.lines([finding("report_due", str(i), -1) for i in range(n)], TODAY)[0] for n in (1, 3))
    assert render(one.title, "fr") == "1 rapport de participant"
    assert render(many.title, "fr") == "3 rapports de participant"
    assert render(agenda.lines([finding("odd")], TODAY)[0].title, "fr") == "Autre"


def test_one_record_twice_counts_once():
    line = agenda.lines([finding("a", "1", -1), finding("a", "1", -2)], TODAY)[0]
    assert line.ids == ("1",)
    assert len(line.findings) == 2


def test_the_gravest_finding_gives_the_severity():
    line = agenda.lines([finding("a", "1", severity="notice"), finding("a", "2", severity="blocking")], TODAY)[0]
    assert line.severity == "blocking"
