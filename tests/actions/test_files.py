import hashlib

from mobility_app.actions import files, projects
from mobility_app.store import contents, queries, reference
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label

PNG = b"\x89PNG\r\n\x1a\n drawn anew"


def _project(s) -> str:
    return projects.create(
        s, reference="2026-1-FR01-KA121-VET-000212345", call_year=2026, action="KA121-VET",
        rates=reference.example_rows(2026),
    )  # fmt: skip


def test_a_logo_comes_with_its_bytes_and_goes_with_undo(dossier):
    with open_database(dossier) as db:
        with db.write(Label("projet")) as s:
            project = _project(s)
        with db.write(Label("logo")) as s:
            files.set_logo(s, project, "logo.png", PNG)
        with db.read() as s:
            assert queries.project(s, project).logo == PNG
        db.undo()
        with db.read() as s:
            assert queries.project(s, project).logo is None
            assert contents.read(s, hashlib.sha256(PNG).hexdigest()) == PNG  # bytes stay: redo needs them
        db.redo()
        with db.read() as s:
            assert queries.project(s, project).logo == PNG
        with db.write(Label("sans")) as s:
            files.set_logo(s, project, "", None)
        with db.read() as s:
            assert queries.project(s, project).logo is None


def test_the_same_bytes_are_kept_once(dossier):
    with open_database(dossier) as db:
        with db.write(Label("deux")) as s:
            first, second = (files.add(s, name, PNG, "image/png") for name in ("a.png", "b.png"))
        assert first != second
        with db.write(Label("trois")) as s:
            assert contents.keep(s, PNG) == hashlib.sha256(PNG).hexdigest()
