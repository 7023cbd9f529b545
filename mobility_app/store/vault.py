"""Keys of encrypted files: a passphrase becomes, slowly and once, the key that every connection takes at once."""

from __future__ import annotations

import hashlib
import os
import unicodedata
from pathlib import Path

SALT = 16  # bytes at the head of an encrypted file
_ROUNDS = 256_000  # SQLCipher 4's own, so that its other tools open the file with the passphrase


def new_key(passphrase: str) -> str:
    """The key of a file that is about to be made."""
    return _derive(passphrase, os.urandom(SALT))


def key_of(path: Path, passphrase: str) -> str:
    """The key of a file that exists; whether it fits is known only by reading the file."""
    with path.open("rb") as file:
        return _derive(passphrase, file.read(SALT))


def _derive(passphrase: str, salt: bytes) -> str:
    """Composed letters, so that é is the same from every keyboard."""
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return f"x'{hashlib.pbkdf2_hmac('sha512', secret, salt, _ROUNDS, 32).hex()}{salt.hex()}'"
