"""Reports chase: who owes the participant report, school by school, and the messages that ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from mobility_app.actions import message_texts
from mobility_app.actions.message_texts import Words
from mobility_app.core import chasing, mailing
from mobility_app.core.chasing import Owing, School
from mobility_app.core.facts import ProjectRow
from mobility_app.core.mailing import Message
from mobility_app.files import safe_name
from mobility_app.i18n import N_, _, date, number
from mobility_app.jobs import beneficiary_memory as memory
from mobility_app.store import addresses, chased, lists, queries
from mobility_app.store.database import Session

Audience = Literal["school", "people"]
KINDS: Mapping[Audience, str] = {"school": "reports_school", "people": "reports_people"}  # of a kept text
WORDS: Mapping[Audience, Words] = {
    "school": (
        N_("Erasmus+ {project}: {count} participant reports not in"),
        N_(
            "Hello,\n\nThe participant report of these people of {school} is not in yet:\n\n{list}\n\nThe European "
            "Commission sent each of them a message with a personal link. Please ask them to look for it, among the "
            "unwanted mail too, and to answer it. Where an address is no longer right, please send me the present one: "
            "the link can be sent again.\n\nThank you."
        ),
    ),
    "people": (
        N_("Erasmus+ {project}: your participant report"),
        N_(
            "Hello,\n\nThe report on your Erasmus+ mobility is not in yet. The European Commission sent you a message "
            "with a personal link: please look for it, among the unwanted mail too, and answer it. If you do not find "
            "it, write to me: it can be sent again.\n\nThank you."
        ),
    ),
}
# Names that a text may hold in braces, in English; the screen shows them in her language, and both are understood.
FIELDS = {"project": N_("project"), "school": N_("school"), "count": N_("count"), "list": N_("list")}
THROUGH: Mapping[str, str] = {
    "minor": N_("minor"),
    "age_unknown": N_("age unknown"),
    "no_email": N_("no e-mail address"),
}


@dataclass(frozen=True)
class Chase:
    """`words` are the subject and text of each message, hers where she changed them (`own`)."""

    project: ProjectRow
    schools: tuple[School, ...]
    words: Mapping[Audience, Words]
    own: frozenset[Audience]

    @property
    def owing(self) -> tuple[Owing, ...]:
        return tuple(one for school in self.schools for one in school.owing)


def read(s: Session, project: ProjectRow, *, today: dt.date) -> Chase:
    rows = queries.mobilities(s, project_id=project.id, today=today)
    statuses = {id_: str(told["status"]) for id_, told in memory.report_states(s, project.id).items()}
    found = chasing.owing(rows, lists.papers_done(s, project.id), statuses, chased.last(s, project.id), today)
    senders = queries.organisations(s, list({one.row.sending_id for one in found if one.row.sending_id}))
    names = {row.id: row.name for row in senders}
    to = {row.id: addresses.of_school(s, row) for row in senders}
    hers = {audience: message_texts.kept(s, kind) for audience, kind in KINDS.items()}
    return Chase(
        project,
        chasing.by_school(found, names, to),
        {audience: hers[audience] or default(audience) for audience in KINDS},
        frozenset(audience for audience in KINDS if hers[audience]),
    )


def default(audience: Audience) -> Words:
    """The program's own words, the fields named in her language."""
    named = {name: f"{{{_(title)}}}" for name, title in FIELDS.items()}
    subject, text = WORDS[audience]
    return mailing.filled(_(subject), named), mailing.filled(_(text), named)


def field_names() -> list[str]:
    """What a text may hold in braces, as she reads and writes it."""
    return [_(title) for title in FIELDS.values()]


def known_fields() -> list[str]:
    return [*FIELDS, *field_names()]


def school_name(school: School) -> str:
    return school.name or _("Without school")


# ---- messages --------------------------------------------------------------------------------------------------------


def message(chase: Chase, school: School, audience: Audience) -> Message:
    """To the school about all of its people, or to those who may be written to themselves, hidden from one another."""
    about = school.owing if audience == "school" else school.direct
    values = {
        "project": chase.project.label,
        "school": school_name(school),
        "count": number(len(about)),
        "list": "\n".join(map(line_of, about)),
    }
    values |= {_(FIELDS[name]): value for name, value in values.items()}
    subject, text = (mailing.filled(words, values) for words in chase.words[audience])
    if audience == "school":
        return Message(subject, text, school.to)
    reached = tuple(dict.fromkeys((one.row.email or "").strip() for one in about))
    return Message(subject, text, *((reached, ()) if len(reached) == 1 else ((), reached)))


def line_of(one: Owing) -> str:
    """ "– MARTIN Maëlys, rentrée le 07/02/2027", and what is wrong with the invitation."""
    back = _("back on {day}").format(day=date(one.row.last_day)) if one.row.last_day else ""
    lost = _("the invitation did not reach the address") if one.state == "undelivered" else ""
    return "– " + ", ".join(part for part in (one.row.full_name, back, lost) if part)


def through_school(school: School) -> str:
    """Who is reached through the school alone, each with the reason."""
    named = [f"{one.row.full_name} ({_(THROUGH[one.through])})" for one in school.owing if one.through]
    return ", ".join(named)


def write_drafts(chase: Chase, schools: Iterable[School], audiences: Sequence[Audience], folder: Path) -> list[Path]:
    """A draft of each message that has somebody to go to, or a school without address to be looked for."""
    from mobility_app.exchange import messages

    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for school in schools:
        for audience in audiences:
            made = message(chase, school, audience)
            if audience == "people" and not made.recipients:
                continue
            path = _unlike(folder / draft_name(school, audience), written)
            messages.write(path, made)
            written.append(path)
    return written


def write_draft(chase: Chase, school: School, audience: Audience, path: Path) -> list[Path]:
    from mobility_app.exchange import messages

    messages.write(path, message(chase, school, audience))
    return [path]


def _unlike(path: Path, written: Sequence[Path]) -> Path:
    """Two schools may bear one name."""
    tries = (path, *(path.with_stem(f"{path.stem} ({n})") for n in range(2, len(written) + 3)))
    return next(attempt for attempt in tries if attempt not in written)


def draft_name(school: School, audience: Audience) -> str:
    from mobility_app.exchange.messages import ENDING

    end = _("participants") if audience == "people" else _("school")
    return safe_name(f"{_('Reports')} {school_name(school)} {end}", ENDING)


# ---- the command line ------------------------------------------------------------------------------------------------


def summary(chase: Chase, written: Sequence[Path]) -> dict[str, Any]:
    return {
        "project": chase.project.reference,
        "missing": len(chase.owing),
        "undelivered": sum(school.undelivered for school in chase.schools),
        "schools": [_school(school) for school in chase.schools],
        "files": [str(path) for path in written],
    }


def _school(school: School) -> dict[str, Any]:
    return {"school": school.name, "to": list(school.to), "missing": list(map(_person, school.owing))}


def _person(one: Owing) -> dict[str, Any]:
    return {
        "id": one.row.id,
        "name": one.row.full_name,
        "back": one.row.last_day.isoformat() if one.row.last_day else None,
        "status": one.status or None,
        "through": one.through or None,
        "chased": one.chased.isoformat() if one.chased else None,
    }
