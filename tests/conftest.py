"""What every test stands on: no screen, no network, nobody's home folder, and a database server of its own."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before the first Qt import, which aborts the process otherwise

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
_HOME = Path(tempfile.mkdtemp(prefix="home-"))
_LOCAL = {"", "localhost", "127.0.0.1", "::1"}
_ON_DEMAND = {
    "office": "needs LibreOffice; make check-office runs it",
    "bench": "measures times; make bench runs it",
    "fault": "takes long; make faults runs it",
}

hypothesis.settings.register_profile("here", deadline=None, max_examples=50, database=None)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("here"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_addoption(parser: pytest.Parser) -> None:
    for marker in _ON_DEMAND:
        parser.addoption(f"--{marker}", action="store_true", help=f"run the tests marked {marker} too")


@pytest.hookimpl(tryfirst=True)  # pytest-qt would only say that it found no Qt
def pytest_configure(config: pytest.Config) -> None:
    try:
        import PySide6.QtPrintSupport
        import PySide6.QtSvg
        import PySide6.QtWidgets  # noqa: F401  (only whether the system has what they need)
    except ImportError as error:
        script = (ROOT / "packaging" / "setup.sh").read_text("utf-8")
        packages = " ".join(re.findall(r":(\S+)", re.search(r"^qt='(.*?)'", script, re.S | re.M)[1]))
        pytest.exit(f"Qt does not start: {error}\napt-get install -y --no-install-recommends {packages}", returncode=2)
    sys.addaudithook(_refuse_network)
    for name, folder in {"HOME": "", "XDG_CACHE_HOME": "cache"}.items():
        os.environ[name] = str(_HOME / folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def _refuse_network(event: str, arguments: tuple) -> None:
    """Python's own sockets reach this machine and no other (an audit hook cannot be taken off again)."""
    if event in ("socket.connect", "socket.sendto") and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if host is not None and (host.decode() if isinstance(host, bytes) else host) not in _LOCAL:
        raise AssertionError(f"a test reaches for the network: {host}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for marker, reason in _ON_DEMAND.items():
            if marker in item.keywords and not config.getoption(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


_homes = count(1)


@pytest.fixture(autouse=True)
def own_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, markers and backups of a test stay in folders that no other test sees."""
    home = _HOME / str(next(_homes))
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator["Server"]:  # noqa: F821  (imported where it is used: psycopg is an extra)
    from tests import postgres

    binaries = postgres.programs()
    if binaries is None:
        reason = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    server = postgres.Server(binaries)
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server) -> Iterator[str]:
    """A database with nothing in it."""
    url = postgres_server.new_database()
    yield url
    postgres_server.drop(url)


@pytest.fixture
def eve_on(postgres_server) -> Callable[[str], str]:
    """The address by which another person, Eve, opens a server dossier."""
    postgres_server.execute(
        "DO $$ BEGIN CREATE ROLE eve SUPERUSER LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
    )
    return lambda url: url.replace("//mobility@", "//eve@")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine_name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def db_target(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new dossier can be made: a path where nothing is, and an empty server database."""
    return tmp_path / "dossier.mobility" if engine_name == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from mobility_app.store.database import open_database

    path = tmp_path_factory.mktemp("empty") / "dossier.mobility"
    open_database(path, create=True).close()
    return path


@pytest.fixture(scope="session")
def _empty_server_dossier(postgres_server) -> None:
    from mobility_app.store.database import open_database

    postgres_server.execute("CREATE DATABASE dossier TEMPLATE template0")
    open_database(postgres_server.url("dossier"), create=True).close()


@pytest.fixture
def dossier(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """An empty dossier, ready to open on either engine: a copy, so quicker than making one."""
    if engine_name == "sqlite":
        yield shutil.copy(request.getfixturevalue("_empty_file"), tmp_path / "dossier.mobility")
        return
    server = request.getfixturevalue("postgres_server")
    request.getfixturevalue("_empty_server_dossier")
    url = server.new_database("dossier")
    yield url
    server.drop(url)
