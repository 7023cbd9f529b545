"""How an operation is run so that a fault can hit it."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import operations, states


@pytest.fixture(scope="session")
def forked():
    """Starts an operation in a child that has imported everything already; gives the process and its pipe."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.operations"])

    def start(name: str, dossier: Path | str, file_limit: int = 0):
        reading, writing = context.Pipe(duplex=False)
        process = context.Process(target=_run, args=(name, str(dossier), writing, file_limit))
        process.start()
        writing.close()
        return process, reading

    return start


def _run(name: str, dossier: str, pipe, file_limit: int) -> None:
    operations.run(name, dossier, pipe.fileno(), file_limit)


def everything_from(pipe) -> list[str]:
    """What a child said until it ended."""
    found = b""
    while part := os.read(pipe.fileno(), 65536):
        found += part
    return found.decode().splitlines()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> Callable[[str], states.Prepared]:
    """The state before an operation, made once."""
    known: dict[str, states.Prepared] = {}

    def get(operation: str) -> states.Prepared:
        if operation not in known:
            known[operation] = states.prepare(tmp_path_factory.mktemp(operation), operation)
        return known[operation]

    return get
