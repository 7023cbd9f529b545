"""What a certificate says: one row of facts in one or several languages, without a thought for the layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from mobility_app.core.facts import CertificateRow, MobilityRow
from mobility_app.documents.letters import clean
from mobility_app.fields import ACTIVITIES
from mobility_app.i18n import N_, Text, country_name, date, date_words, plural_text, render, text

Kind = Literal["learner", "staff", "accompanying"]
Phrase = tuple[str, ...]  # the same thing in each language of the paper, or once when it is the same in all

TITLES: dict[Kind, str] = {
    "learner": N_("Mobility certificate"),
    "staff": N_("Certificate of attendance"),
    "accompanying": N_("Accompanying person certificate"),
}
_ACTIVITY_TITLES = {choice.code: choice.title for choice in ACTIVITIES}
_STAFF_ACTIVITIES = frozenset({"JOB_SHADOWING", "TEACHING_TRAINING_ASSIGNMENT", "COURSES_TRAINING"})


@dataclass(frozen=True)
class Fact:
    """A line of the table: its label, and what it says, the main thing strong and the rest plain.

    `languages` are those of the label; a `translated` fact says one thing in each of them.
    """

    languages: tuple[str, ...]
    label: Phrase
    strong: Phrase
    plain: Phrase = ()
    translated: bool = False


@dataclass(frozen=True)
class Words:
    """Everything on one certificate, ready to be set."""

    languages: tuple[str, ...]
    print: str
    title: Phrase
    opening: Phrase
    name: str
    birth: Phrase
    deed: Phrase
    dates: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    place_and_date: str
    number: str
    references: tuple[Fact, ...]
    verification: str
    coordinator: str
    statement: str


def kind(row: MobilityRow) -> Kind:
    if row.accompanying:
        return "accompanying"
    if row.learner:
        return "learner"
    return "staff" if row.status == "staff" or row.activity in _STAFF_ACTIVITIES else "learner"


def words(row: CertificateRow, languages: tuple[str, ...]) -> Words:
    if row.print == "draft":
        row = replace(row, number="", verification="")
    mobility, project = row.mobility, row.project
    speak = _Speaker(languages)
    return Words(
        languages=languages,
        print=row.print,
        title=speak(text(TITLES[kind(mobility)])),
        opening=speak(text(N_("The host organisation certifies that"))),
        name=clean(f"{mobility.last_name} {mobility.first_name}"),
        birth=_birth(mobility, speak),
        deed=_deed(row, speak),
        dates=_dates(mobility, speak),
        facts=_facts(row, speak),
        place_and_date=_place_and_date(row),
        number=row.number,
        references=_references(row, speak),
        verification=row.verification,
        coordinator=clean(project.coordinator),
        statement=project.statement,
    )


@dataclass(frozen=True)
class _Speaker:
    """Says a text in each language of the paper."""

    languages: tuple[str, ...]

    def __call__(self, message: Text) -> Phrase:
        return tuple(render(message, language) for language in self.languages)

    def fact(self, label: str, strong: Phrase, plain: Phrase = ()) -> Fact:
        return Fact(self.languages, self(text(label)), strong, plain)

    def translated(self, label: str, phrase: Phrase) -> Fact:
        """The first language strong, the others plain."""
        return Fact(self.languages, self(text(label)), phrase[:1], phrase[1:], translated=True)

    def each(self, say: Callable[[str], str]) -> Phrase:
        return tuple(say(language) for language in self.languages)


def _birth(mobility: MobilityRow, speak: _Speaker) -> Phrase:
    born = mobility.birth_date
    if born is None:
        return ()
    message = N_("Date of birth: {date}")
    return speak.each(lambda language: render(text(message, date=date_words(born, language)), language))


def _deed(row: CertificateRow, speak: _Speaker) -> Phrase:
    if not row.mobility.accompanying:
        return speak(text(N_("took part in the following Erasmus+ activity")))
    if row.learners:
        return speak(
            plural_text(
                "accompanied {count} learner during the following Erasmus+ activity",
                "accompanied {count} learners during the following Erasmus+ activity",
                "count",
                count=row.learners,
            )
        )
    return speak(text(N_("accompanied learners during the following Erasmus+ activity")))


def _days(count: int) -> Text:
    return plural_text("{count} day", "{count} days", "count", count=count)


def _dates(mobility: MobilityRow, speak: _Speaker) -> tuple[Fact, ...]:
    first, last, days = mobility.first_day, mobility.last_day, mobility.days
    if first is None or last is None or days is None:
        raise ValueError("a certificate needs its dates")
    return (
        speak.fact(N_("Start of the activity"), speak.each(lambda language: date_words(first, language))),
        speak.fact(N_("End of the activity"), speak.each(lambda language: date_words(last, language))),
        speak.fact(N_("Duration"), speak(_days(days))),
    )


def _facts(row: CertificateRow, speak: _Speaker) -> tuple[Fact, ...]:
    mobility = row.mobility
    facts = [
        *_activity(mobility, speak),
        speak.fact(N_("Host organisation"), (clean(mobility.host),), (_host_address(mobility, speak),)),
        *_senders(row, speak),
    ]
    if mobility.travel_days:
        facts.append(speak.fact(N_("Travel, not counted in the activity"), _same(speak(_days(mobility.travel_days)))))
    if mobility.interruption_days:
        facts.append(speak.fact(N_("Interruption"), _same(speak(_days(mobility.interruption_days)))))
    if mobility.virtual_hours:
        hours = plural_text("{count} hour", "{count} hours", "count", count=mobility.virtual_hours)
        facts.append(speak.fact(N_("Online part"), _same(speak(hours))))
    return tuple(facts)


def _activity(mobility: MobilityRow, speak: _Speaker) -> list[Fact]:
    """Activity in the official words, and the purpose; the activity's title is the purpose when none was typed."""
    title = _ACTIVITY_TITLES.get(mobility.activity or "")
    purpose = clean(mobility.purpose)
    course = clean(mobility.course_title)
    facts = []
    if title:
        label = N_("Activity") if purpose else N_("Activity and purpose")
        facts.append(speak.translated(label, speak(text(title))))
    elif not purpose:
        facts.append(speak.translated(N_("Purpose"), speak(text(N_("Accompanying VET learners")))))
    if purpose:
        short = len(purpose) <= 90  # a long text in bold letters is hard to read
        facts.append(speak.fact(N_("Purpose"), *(((purpose,), ()) if short else ((), (purpose,)))))
    if course:
        facts.append(speak.fact(N_("Course"), (course,)))
    return facts


def _host_address(mobility: MobilityRow, speak: _Speaker) -> str:
    street, town = clean(mobility.host_address), clean(mobility.host_town or mobility.town)
    country = mobility.host_country or mobility.country
    names = dict.fromkeys(speak.each(lambda language: country_name(country, language)))
    parts = [street, "" if town and town.casefold() in street.casefold() else town, " / ".join(names)]
    return ", ".join(part for part in parts if part)


def _senders(row: CertificateRow, speak: _Speaker) -> list[Fact]:
    mobility, project = row.mobility, row.project
    sender, coordinator = clean(mobility.sending_organisation), clean(project.coordinator)
    facts = []
    if sender:
        known = _known(mobility.sending_town, mobility.sending_oid)
        same = sender.casefold() == coordinator.casefold()
        label = N_("Sending and coordinating organisation") if same else N_("Sending organisation")
        facts.append(speak.fact(label, (sender,), known or (_project_known(row) if same else ())))
        if same:
            return facts
    if coordinator:
        facts.append(speak.fact(N_("Coordinating organisation"), (coordinator,), _project_known(row)))
    return facts


def _project_known(row: CertificateRow) -> Phrase:
    return _known(row.project.coordinator_town, row.project.coordinator_oid)


def _known(town: str | None, oid: str | None) -> Phrase:
    parts = [clean(town), f"OID {clean(oid)}" if clean(oid) else ""]
    line = " · ".join(part for part in parts if part)
    return (line,) if line else ()


def _references(row: CertificateRow, speak: _Speaker) -> tuple[Fact, ...]:
    given = (
        (N_("Certificate number"), row.number or speak(text(N_("Draft, not valid")))[0]),
        (N_("Erasmus+ project"), clean(row.project.reference)),
        (N_("Mobility"), clean(row.mobility.bm_id)),
    )
    return tuple(speak.fact(label, (value,)) for label, value in given if value)


def _place_and_date(row: CertificateRow) -> str:
    """Printed on the final certificate alone; the host writes them by hand on the one it signs."""
    if row.print != "final":
        return ""
    parts = [clean(row.mobility.host_town or row.mobility.town), date(row.issued_on)]
    return ", ".join(part for part in parts if part)


def _same(phrase: Phrase) -> Phrase:
    """Short things in several languages stand on one line."""
    return (" / ".join(dict.fromkeys(phrase)),)
