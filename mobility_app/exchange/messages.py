"""Messages as `.eml` drafts: a mail program opens them ready to be sent, with what is attached."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from mobility_app import files
from mobility_app.core.mailing import Message
from mobility_app.core.text import clean

ENDING = ".eml"
_SHEET = "application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {".xlsx": _SHEET, ".xlsm": _SHEET, ".pdf": ("application", "pdf")}
_ANY = "application", "octet-stream"


def write(path: Path, message: Message, *attachments: Path) -> None:
    """Writes the draft; raises UserError when the disk refuses it."""
    with files.replacing(path) as temporary:
        temporary.write_bytes(draft(message, *attachments).as_bytes(policy=SMTP))


def draft(message: Message, *attachments: Path) -> EmailMessage:
    """The message with the mark that lets Outlook open it for sending rather than for reading."""
    made = EmailMessage(policy=SMTP)
    made["X-Unsent"] = "1"
    if message.to:
        made["To"] = ", ".join(message.to)
    if message.bcc:
        made["Bcc"] = ", ".join(message.bcc)
    made["Subject"] = " ".join(clean(message.subject).split())
    made.set_content(clean(message.text) + "\n")
    for attached in attachments:
        kind = _TYPES.get(attached.suffix.lower(), _ANY)
        made.add_attachment(attached.read_bytes(), *kind, filename=attached.name)
    return made
