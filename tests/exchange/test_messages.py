"""Drafts of messages, read back as a mail program reads them."""

from __future__ import annotations

import email
from email import policy
from pathlib import Path

from mobility_app.core.mailing import Message
from mobility_app.exchange import messages


def read(path: Path):
    return email.message_from_bytes(path.read_bytes(), policy=policy.default)


def test_a_draft_reads_back(tmp_path: Path) -> None:
    sheet = tmp_path / "Élèves.xlsx"
    sheet.write_bytes(b"PK\x00\xff")
    text = "Bonjour,\n\n" + "É" * 1_200 + "\n.\nFrom x\n– fin"
    message = Message("Rapport\r\nBcc: x@y.test – relance d’été", text, ("a@x.test",), ("b@x.test", "c@x.test"))
    messages.write(tmp_path / "a.eml", message, sheet)
    got = read(tmp_path / "a.eml")
    assert (got["X-Unsent"], got["To"], got["Bcc"]) == ("1", "a@x.test", "b@x.test, c@x.test")
    assert got["Subject"] == "Rapport Bcc: x@y.test – relance d’été"
    assert got.get_body().get_content().replace("\r\n", "\n").strip() == text
    (attached,) = got.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (sheet.name, sheet.read_bytes())


def test_lone_surrogates_and_nobody_to_write_to(tmp_path: Path) -> None:
    messages.write(tmp_path / "a.eml", Message("x", "a\ud800b"))
    got = read(tmp_path / "a.eml")
    assert got["To"] is None
    assert got["Bcc"] is None
    assert got.get_content().strip() == "ab"
