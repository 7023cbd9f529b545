"""Texts with fields in braces, and the link that opens her mail program."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from mobility_app.core.mailing import LONGEST_LINK, Message, filled, mailto, unknown_fields, usable


def test_fields_are_replaced_and_the_rest_stays_as_typed() -> None:
    assert (
        filled("{school} : { list } {nom} {} {", {"school": "LP {list}", "list": "a\nb"})
        == "LP {list} : a\nb {nom} {} {"
    )
    assert unknown_fields("{school} {nom} {nom}", ["school"]) == ["nom"]


def test_the_link_carries_every_letter() -> None:
    message = Message("Rapports & co ?", "Bonjour,\n50 % + é\nà bientôt #1", ("a+b@x.test",), ("c@x.test", "d@x.test"))
    link = mailto(message)
    asked = parse_qs(urlsplit(link).query)
    assert urlsplit(link).path == "a+b@x.test"
    assert asked["bcc"] == ["c@x.test,d@x.test"]
    assert asked["subject"] == [message.subject]
    assert asked["body"] == [message.text.replace("\n", "\r\n")]


def test_a_link_that_no_program_would_take_is_none() -> None:
    assert mailto(Message("s", "é" * LONGEST_LINK)) == ""


@pytest.mark.parametrize("address", ["", None, "a@b", "a b@c.fr", "a@b.fr, c@d.fr", "x\n@y.fr", "Léa <a@b.fr>"])
def test_what_is_no_single_address_is_not_used(address: str | None) -> None:
    assert not usable(address)


def test_an_address_is_used() -> None:
    assert usable(" maelys.d-o@lycee.exemple.test ")
