"""Messages that she sends from her own mail program: their texts with fields in braces, and their link."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

LONGEST_LINK = 1900  # characters; Windows hands no more than about 2,000 to a mail program
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+\.[^@\s<>,;:\"()\[\]\\.]+")
_FIELD = re.compile(r"\{([^{}\n]+)\}")


@dataclass(frozen=True)
class Message:
    """`bcc` are several people who must not see one another's addresses."""

    subject: str
    text: str
    to: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()

    @property
    def recipients(self) -> tuple[str, ...]:
        return self.to + self.bcc


def usable(address: str | None) -> bool:
    """Whether a message can be addressed to this: one address, nothing else."""
    return bool(address and _ADDRESS.fullmatch(address.strip()))


def filled(template: str, values: Mapping[str, str]) -> str:
    """The fields in braces replaced; a name that means nothing stays as it was typed."""
    return _FIELD.sub(lambda match: values.get(match[1].strip(), match[0]), template)


def unknown_fields(template: str, known: Sequence[str]) -> list[str]:
    """The names in braces that nothing will replace."""
    names = (match.strip() for match in _FIELD.findall(template))
    return list(dict.fromkeys(name for name in names if name not in known))


def mailto(message: Message) -> str:
    """The link that opens her mail program (RFC 6068); "" when it would be too long for one."""
    told = [("bcc", ",".join(map(_address, message.bcc)))] if message.bcc else []
    told += [("subject", quote(message.subject, safe="")), ("body", quote(_lines(message.text), safe=""))]
    link = f"mailto:{','.join(map(_address, message.to))}?" + "&".join(f"{name}={value}" for name, value in told)
    return link if len(link) <= LONGEST_LINK else ""


def _address(address: str) -> str:
    return quote(address, safe="@!$'*+-._~")


def _lines(text: str) -> str:
    return "\r\n".join(text.splitlines())
