"""The module's export against the dossier: what is the same, what differs, what is on one side only."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.matching import Pair, Pairs, TheirRow, match
from mobility_app.core.beneficiary.values import OurStay, one_line

# In the order in which a participant has to be chased (db/reference/bm-code-lists.json, participant_report_statuses).
REPORT_STATES = (
    *("undelivered email", "manual reminder sent", "automatic reminder sent", "participant report request sent"),
    *("excluded by na no participant report requested", "participant report submitted"),
)

_INVISIBLE = frozenset("\u200b\u200e\u200f\u2060\ufeff")


@dataclass(frozen=True)
class Difference:
    """One field that is not the same. `written` is their cell; `adoptable` whether the dossier can take it."""

    our: OurStay
    their: TheirRow
    key: str
    ours: Any
    theirs: Any
    written: str

    @property
    def adoptable(self) -> bool:
        column = BY_MODULE_KEY[self.key]
        return bool(column.adopts) and self.theirs is not None and self.key not in self.their.unreadable


@dataclass(frozen=True)
class Comparison:
    """`left` are withdrawn or cancelled here and still there; `unsure` were only matched by person and start."""

    pairs: Pairs
    same: tuple[Pair, ...]
    different: tuple[Difference, ...]
    only_here: tuple[OurStay, ...]
    only_there: tuple[TheirRow, ...]
    left: tuple[Pair, ...]
    unsure: tuple[Pair, ...]
    fell_back: tuple[Pair, ...]  # complete here, draft there: a release of the module revalidates
    reports: tuple[tuple[Pair, str], ...]  # the participant report's status as they write it, Undelivered first


def compare(theirs: Sequence[TheirRow], ours: Sequence[OurStay], present: Collection[str]) -> Comparison:
    """`present` holds the keys of the file's columns: what it does not tell cannot differ."""
    pairs = match(theirs, ours)
    planned = [pair for pair in pairs.pairs if pair.our.row.planned]
    different = [difference for pair in planned for difference in differences(pair, present)]
    touched = {difference.our.id for difference in different}
    return Comparison(
        pairs=pairs,
        same=tuple(pair for pair in planned if pair.our.id not in touched),
        different=tuple(different),
        only_here=tuple(stay for stay in pairs.only_here if stay.row.planned),
        only_there=pairs.only_there,
        left=tuple(pair for pair in pairs.pairs if not pair.our.row.planned),
        unsure=tuple(pair for pair in pairs.pairs if pair.how == "person"),
        fell_back=tuple(p for p in planned if p.our.row.bm_state == "complete" and their_state(p.their) == "draft"),
        reports=tuple(sorted(_reports(planned), key=lambda found: _urgency(found[1]))),
    )


def differences(pair: Pair, present: Collection[str]) -> Iterator[Difference]:
    ours, theirs = pair.our.values, pair.their
    for key in (column for column in BY_MODULE_KEY if column in present):
        if key in theirs.unreadable and BY_MODULE_KEY[key].compared:
            yield Difference(pair.our, theirs, key, ours.get(key), None, theirs.written.get(key, ""))
        elif _counts(key, pair) and differs(key, ours.get(key), theirs.values.get(key)):
            yield Difference(pair.our, theirs, key, ours.get(key), theirs.values.get(key), theirs.written.get(key, ""))


def _counts(key: str, pair: Pair) -> bool:
    """Whether the two sides can be held against each other at all."""
    use = BY_MODULE_KEY[key].use
    ours, theirs = pair.our.values.get(key), pair.their.values.get(key)
    match use:
        case "key":
            return key == "bm_id" and theirs is not None
        case "computed" | "theirs":
            return theirs is not None and key not in ("report_status", "report_requested", "report_received")
        case "detail":
            return ours is not None and not _known_by_oid(key, pair)
        case "fact":
            return key in pair.our.values
        case _:
            return False


def _known_by_oid(key: str, pair: Pair) -> bool:
    """The same OID on both sides: the name and the rest are the registry's business."""
    oid = "host_oid" if key.startswith("host") else "sending_oid"
    return bool(pair.our.values.get(oid)) and pair.our.values.get(oid) == pair.their.values.get(oid)


def differs(key: str, ours: Any, theirs: Any) -> bool:
    """Nought, no and nothing are one answer for a count or a flag; texts are compared without idle spaces."""
    if BY_MODULE_KEY[key].kind in ("integer", "boolean"):
        return bool((ours or 0) != (theirs or 0))
    if isinstance(ours, str) and isinstance(theirs, str):
        return ours != theirs and _plain(ours) != _plain(theirs)
    return bool((ours or None) != (theirs or None)) if not isinstance(ours, int) else bool(ours != theirs)


def _plain(text: str) -> str:
    seen = "".join(c for c in unicodedata.normalize("NFC", text) if c not in _INVISIBLE)
    return one_line(seen)


def their_state(row: TheirRow) -> str | None:
    """draft or complete, by the status or by the draft flag."""
    if state := row.values.get("bm_state"):
        return str(state)
    draft = row.values.get("draft")
    return None if draft is None else "draft" if draft else "complete"


def _reports(pairs: Sequence[Pair]) -> Iterator[tuple[Pair, str]]:
    for pair in pairs:
        if status := pair.their.written.get("report_status"):
            yield pair, status


def _urgency(status: str) -> int:
    from mobility_app.core.text import words

    folded = words(status)
    return REPORT_STATES.index(folded) if folded in REPORT_STATES else len(REPORT_STATES)
