"""The French of the program is complete, and the tool that keeps it so sees every way in which it could not be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mobility_app import i18n
from mobility_app.i18n import Euros, Term, plural_text, render, text

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "packaging" / "texts.py"


def _tool(*arguments: str | Path, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(TOOL), "--root", str(root), *map(str, arguments)], capture_output=True, text=True
    )


def test_every_text_is_in_french() -> None:
    done = _tool("--check")
    assert done.returncode == 0, done.stdout


# ---- the tool, on a small tree of its own


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "mobility_app").mkdir()
    (tmp_path / "resources" / "locale").mkdir(parents=True)
    return tmp_path


def _code(tree: Path, source: str, name: str = "page.py") -> None:
    (tree / "mobility_app" / name).write_text(source)


def _fill(tree: Path, name: str = "more.json", **french: str | list[str]) -> subprocess.CompletedProcess[str]:
    path = tree / name
    path.write_text(json.dumps(french))
    return _tool("--fill", path, root=tree)


def _faults(tree: Path) -> str:
    return _tool("--check", root=tree).stdout


def _catalogue(tree: Path) -> str:
    return (tree / "resources/locale/fr/LC_MESSAGES/mobility_app.po").read_text("utf-8")


def test_every_kind_of_call_is_collected(tree: Path) -> None:
    _code(
        tree,
        '_("Save")\nN_("Ready " "to go")\ncatalogue("de").gettext("unknown")\n'
        'ngettext("{n} day", "{n} days", 3)\nplural_text("{n} school", "{n} schools", "n", n=2)\n_(variable)\n',
    )
    _tool(root=tree)
    wanted = [line for line in _catalogue(tree).splitlines() if line.startswith("msgid") and '""' not in line]
    assert wanted == [
        'msgid "Ready to go"',
        'msgid "Save"',
        'msgid "unknown"',
        'msgid "{n} day"',
        'msgid_plural "{n} days"',
        'msgid "{n} school"',
        'msgid_plural "{n} schools"',
    ]


def test_a_complete_catalogue_passes(tree: Path) -> None:
    _code(tree, '_("Hello {name}")\nngettext("{n} day", "{n} days", 3)')
    _fill(tree, **{"Hello {name}": "Bonjour {name}", "{n} day|||{n} days": ["un jour", "{n} jours"]})
    done = _tool("--check", root=tree)
    assert (done.returncode, done.stdout) == (0, "2 texts, all in French\n")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ('_("Close")', "not in the catalogue"),
        ('_(f"Hello {name}")', "f-string inside _()"),
        ('from mobility_app.i18n import text\ntext("Hello {name}", name=1)', "text() need N_()"),
        ('from mobility_app.i18n import Term\nTerm("Hello")', "Term() need N_()"),
    ],
)
def test_a_text_that_cannot_be_translated_fails(tree: Path, source: str, fault: str) -> None:
    _code(tree, "")
    _tool(root=tree)
    _code(tree, source)
    done = _tool("--check", root=tree)
    assert done.returncode == 1
    assert fault in done.stdout


def test_placeholders_alone_need_no_translation(tree: Path) -> None:
    _code(tree, 'from mobility_app.i18n import text\ntext("{a}, {b}", a=1, b=2)')
    _tool(root=tree)
    assert _faults(tree) == "0 texts, all in French\n"


def test_an_empty_a_doubtful_and_a_left_over_text_fail(tree: Path) -> None:
    _code(tree, '_("Save")\n_("Close")\n_("Print")')
    _fill(tree, Close="Fermer", Print="Imprimer")
    path = tree / "resources/locale/fr/LC_MESSAGES/mobility_app.po"
    path.write_text(_catalogue(tree).replace('msgid "Close"', '#, fuzzy\nmsgid "Close"'))
    _code(tree, '_("Save")\n_("Close")')
    assert "no translation: 'Save'" in _faults(tree)
    assert "not in the catalogue" not in _faults(tree)
    assert "marked as doubtful: 'Close'" in _faults(tree)
    assert "left over (texts.py --prune): 'Print'" in _faults(tree)
    _tool("--prune", root=tree)
    assert "Print" not in _faults(tree)


def test_other_placeholders_are_refused_and_nothing_of_the_file_is_taken(tree: Path) -> None:
    _code(tree, '_("Save")\n_("Hello {name}")')
    done = _fill(tree, **{"Save": "Enregistrer", "Hello {name}": "Bonjour {nom}"})
    assert done.returncode == 1
    assert "placeholders differ" in done.stderr
    assert not list(tree.rglob("*.po"))


def test_a_text_that_comes_back_has_its_french_again(tree: Path) -> None:
    _code(tree, '_("Save")')
    _fill(tree, Save="Enregistrer")
    _code(tree, "")
    _tool(root=tree)
    assert '#~ msgid "Save"' in _catalogue(tree)
    _code(tree, '_("Save")')
    _tool(root=tree)
    assert _faults(tree) == "1 texts, all in French\n"


def test_punctuation_takes_the_spaces_of_french(tree: Path) -> None:
    _code(tree, '_("Careful: {n} %, “{x}”; sure?")')
    _fill(tree, **{"Careful: {n} %, “{x}”; sure?": "Attention : {n} %, « {x} » ; sûr ?"})
    assert "Attention\u00a0: {n}\u00a0%, «\u00a0{x}\u00a0»\u202f; sûr\u202f?" in _catalogue(tree)


def test_people_who_add_texts_at_once_lose_nothing(tree: Path) -> None:
    names = [f"Text {number}" for number in range(8)]
    _code(tree, "\n".join(f"_({name!r})" for name in names))
    runs = []
    for name in names:
        (tree / f"{name}.json").write_text(json.dumps({name: name.upper()}))
        command = [sys.executable, str(TOOL), "--root", str(tree), "--fill", str(tree / f"{name}.json")]
        runs.append(subprocess.Popen(command, stderr=subprocess.DEVNULL))
    assert [run.wait() for run in runs] == [0] * 8
    assert _faults(tree) == "8 texts, all in French\n"


# ---- texts that know no language until they are shown


def test_a_text_is_rendered_in_the_language_asked() -> None:
    message = text("{who}: {sum}", who=Term("Abroad"), sum=Euros(148250))
    assert render(message, "fr") == "À l’étranger: 1\u202f482,50\u00a0€"
    assert render(message, "en") == "Abroad: €1,482.50"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Andréa", "dates d’Andréa"),
        ("Élise", "dates d’Élise"),
        ("Œdipe", "dates d’Œdipe"),
        ("Léa", "dates de Léa"),
        ("Hugo", "dates de Hugo"),
        ("Yasmine", "dates de Yasmine"),
        ("", "dates de "),
    ],
)
def test_de_gives_way_to_a_vowel(name: str, said: str) -> None:
    message = text("dates of {name}", name=name)
    assert render(message, "fr") == said
    assert render(message, "en") == f"dates of {name}"


def test_a_count_chooses_singular_or_plural() -> None:
    message = [plural_text("{n} day", "{n} days", "n", n=n) for n in (0, 1, 2)]
    assert [render(one, "en") for one in message] == ["0 days", "1 day", "2 days"]
    assert [render(one, "fr") for one in message] == ["0 jour", "1 jour", "2 jours"]


def test_french_is_the_default_and_an_unknown_language_falls_back_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_current", "fr")
    i18n.use("tlh")
    assert i18n.current() == "fr"
    i18n.use("en")
    assert i18n.current() == "en"
