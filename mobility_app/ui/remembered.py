"""What the window finds again next time, on this computer: sizes, columns, page, theme. Never personal data."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from mobility_app.paths import user_state


def _settings() -> QSettings:
    return QSettings(str(user_state() / "window.ini"), QSettings.Format.IniFormat)


def recall(key: str, default: Any = None) -> Any:
    """The value kept under `key`: anything that JSON can hold."""
    kept = _settings().value(key)
    try:
        return default if kept is None else json.loads(str(kept))
    except ValueError:
        return default


def remember(key: str, value: Any) -> None:
    _settings().setValue(key, json.dumps(value, ensure_ascii=False))


def recall_bytes(key: str) -> QByteArray:
    """A state that Qt made (the geometry of a window)."""
    return QByteArray.fromBase64(str(recall(key, "")).encode())


def remember_bytes(key: str, value: QByteArray) -> None:
    remember(key, bytes(value.toBase64().data()).decode())
