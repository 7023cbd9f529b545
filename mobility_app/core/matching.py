"""Whether two rows speak of the same person and of the same stay, however they were typed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mobility_app.core.text import compact


def person_key(values: Mapping[str, Any]) -> tuple[str, str]:
    """The folded name; accents, case, hyphens, apostrophes and spaces do not matter."""
    return _folded(values.get("last_name") or ""), _folded(values.get("first_name") or "")


@lru_cache(maxsize=50_000)  # a name is compared with many
def _folded(name: str) -> str:
    return compact(name)


def same_person(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same folded name, and the same birth date; where one lacks it, the same sending organisation."""
    if person_key(one) != person_key(other):
        return False
    born, also = one.get("birth_date"), other.get("birth_date")
    if born and also:
        return bool(born == also)
    school, its = one.get("sending_organisation") or "", other.get("sending_organisation") or ""
    return _folded(school) == _folded(its)


def same_stay(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Of one person: the same start, and the same activity and role where both are known; two module IDs differ."""
    if one.get("bm_id") and other.get("bm_id"):
        return bool(one["bm_id"] == other["bm_id"])
    return one.get("start") == other.get("start") and same_kind(one, other)


def same_kind(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The same activity and role, where both rows tell them."""
    return all(one.get(key) == other.get(key) for key in ("activity", "role") if one.get(key) and other.get(key))


def differs(key: str, was: Any, will: Any) -> bool:
    """Whether a value of a sheet changes a value of the dossier; names that only lost their accents do not."""
    if will is None or was == will:
        return False
    if isinstance(will, str) and isinstance(was, str) and key in _NAMES:
        return _folded(was) != _folded(will)
    return bool((was if was is not None else "") != will)


_NAMES = frozenset({"last_name", "first_name", "sending_organisation", "host", "flow", "town", "name"})


def spelling(values: Mapping[str, Any]) -> str:
    """A fingerprint of a name as it was typed and of the birth date; nobody is read from it."""
    written = "|".join((*person_key(values), str(values.get("birth_date") or "")))
    return hashlib.sha256(written.encode()).hexdigest()[:32]
