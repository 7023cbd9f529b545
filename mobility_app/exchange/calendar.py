"""Deadlines as a calendar file (.ics, RFC 5545): whole days, stable identities, so that a new file replaces the old."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mobility_app import files

_LONGEST = 75  # octets of a line; the rest goes on behind a space


@dataclass(frozen=True)
class Event:
    """One day's entry; `identity` stays the same from one file to the next."""

    identity: str
    day: dt.date
    title: str
    text: str = ""


def write(path: str | Path, name: str, events: Iterable[Event], *, today: dt.date) -> None:
    """Raises UserError where the folder or the disk does not allow it."""
    content = "".join(f"{line}\r\n" for line in _calendar(name, events, today))
    with files.replacing(path) as temporary:
        temporary.write_bytes(content.encode())


def _calendar(name: str, events: Iterable[Event], today: dt.date) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mobility-app//mobility-app//FR", "CALSCALE:GREGORIAN")
    yield from _folded(f"X-WR-CALNAME:{_escaped(name)}")
    for event in events:
        yield "BEGIN:VEVENT"
        yield from _folded(f"UID:{event.identity}@mobility-app")
        yield f"DTSTAMP:{today:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + dt.timedelta(1):%Y%m%d}"
        yield from _folded(f"SUMMARY:{_escaped(event.title)}")
        if event.text:
            yield from _folded(f"DESCRIPTION:{_escaped(event.text)}")
        yield from ("TRANSP:TRANSPARENT", "END:VEVENT")
    yield "END:VCALENDAR"


def _escaped(text: str) -> str:
    kept = "".join(sign for sign in text if sign == "\n" or sign >= " ")
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Lines of 75 octets at most, never cut inside a letter."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
