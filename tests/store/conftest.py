"""What several of the store's tests stand on."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def eve_on(postgres_server) -> Callable[[str], str]:
    """The address by which another person, Eve, opens a server dossier."""
    postgres_server.execute(
        "DO $$ BEGIN CREATE ROLE eve SUPERUSER LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    return lambda url: url.replace("//mobility@", "//eve@")
