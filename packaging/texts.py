"""The French catalogue: collects the program's English texts, merges translations and says what is missing.

texts.py                 bring the catalogue up to date with the code
texts.py --fill F.json   the same, and take translations from {"English": "Français", "one|||many": ["un", "plusieurs"]}
texts.py --missing       the same, and print what has no French yet, in the form that --fill takes
texts.py --prune         the same, and forget translations whose English text is gone
texts.py --check         change nothing; fail on anything missing, doubtful, left over or out of step
texts.py --compile       write the .mo files
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import os
import re
import string
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a wheel is built from a tree that is not installed

from mobility_app.i18n import compile_catalogue  # noqa: E402  (after the line above)

SEPARATOR = "|||"

# How many leading arguments of each call are texts.
CALLS = {"_": 1, "N_": 1, "gettext": 1, "ngettext": 2, "plural_text": 2, "counted": 2}

# These take a text that N_() has marked; a bare literal would stay English.
DEFERRED = {"text", "Text", "Term"}

HEADER = """\
# French texts of the program; packaging/texts.py keeps this file.
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""

Key: TypeAlias = tuple[str, ...]  # (text,) or (singular, plural)


@dataclass
class Sources:
    """The texts that the code holds, and the calls that no tool could ever extract."""

    keys: set[Key] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


@dataclass
class French:
    """What the catalogue holds, left-over translations too, so that a text that comes back keeps its French."""

    strings: dict[Key, Key] = field(default_factory=dict)
    live: set[Key] = field(default_factory=set)
    fuzzy: set[Key] = field(default_factory=set)


def collect(package: Path) -> Sources:
    """Every text of a package's Python files."""
    sources = Sources()
    for path in sorted(package.rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"), str(path))))
        deferred = DEFERRED & {name.asname or name.name for node in nodes for name in _from_i18n(node)}
        for call in nodes:
            if isinstance(call, ast.Call):
                fault = _collect_call(call, deferred, sources.keys)
                if fault:
                    sources.faults.append(f"{path.relative_to(package.parent)}:{call.lineno}: {fault}")
    # gettext finds a singular through its plural entry, and a catalogue holds each English text once.
    sources.keys -= {key[:1] for key in sources.keys if len(key) == 2}
    return sources


def _from_i18n(node: ast.AST) -> list[ast.alias]:
    return node.names if isinstance(node, ast.ImportFrom) and node.module == "mobility_app.i18n" else []


def _collect_call(call: ast.Call, deferred: set[str], keys: set[Key]) -> str:
    """Adds the text of one call; returns why it could never be translated, or nothing."""
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = call.args[: CALLS.get(name, 0)]
    if any(isinstance(part, ast.JoinedStr) for text in texts for part in ast.walk(text)):
        return f"an f-string inside {name}() cannot be translated"
    literals = [text.value for text in texts if isinstance(text, ast.Constant) and isinstance(text.value, str)]
    if literals and len(literals) == CALLS[name]:
        keys.add(tuple(literals))
    if name in deferred and call.args and _has_words(call.args[0]):
        return f"the words inside {name}() need N_() around them"
    return ""


def _has_words(node: ast.expr) -> bool:
    """Whether a literal holds more than placeholders and punctuation."""
    literal = node.value if isinstance(node, ast.Constant) else ""
    return isinstance(literal, str) and any(c.isalpha() for c in re.sub(r"{.*?}", "", literal))


def read(path: Path) -> French:
    """The catalogue file; empty when there is none."""
    french = French()
    if not path.exists():
        return french
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in (*catalogue.obsolete.values(), *catalogue):
        if message.id:
            key = _several(message.id)
            french.strings[key] = _several(message.string, len(key))
            if message.fuzzy:
                french.fuzzy.add(key)
    french.live = {_several(message.id) for message in catalogue if message.id}
    return french


def _several(value: str | list[str] | tuple[str, ...], length: int = 1) -> Key:
    return (value or "",) * (1 if value else length) if isinstance(value, str) else tuple(value)


def fill(french: French, additions: dict[str, str | list[str]]) -> None:
    """Takes translations in; refuses those whose shape or placeholders differ from the English."""
    for english, translation in additions.items():
        key, strings = tuple(english.split(SEPARATOR)), _several(translation)
        if fault := _fault(key, strings):
            raise SystemExit(f"{english!r}: {fault}")
        french.strings[key] = strings
        french.fuzzy.discard(key)


def _typeset(french: str) -> str:
    """The apostrophe of French type, and the spaces of its punctuation, at which no line may break."""
    french = re.sub(r"(?<=\w)'(?=[\w«{])", "’", french)
    french = re.sub(r" (?=[;!?])", "\u202f", french)
    return re.sub(r" (?=[:»€%])|(?<=«) ", "\u00a0", french)


def _fault(key: Key, strings: Key) -> str:
    """What is wrong with a translation, in words; empty when nothing is."""
    if len(strings) != len(key) or not all(strings):
        return "no translation" if not any(strings) else "needs one text for the singular and one for the plural"
    wanted = _placeholders(key[-1])
    try:
        # A singular may say "une mobilité" where the English counts "{n} mobility".
        given = [_placeholders(text) for text in strings]
    except ValueError:
        return "braces that do not close"
    if given[-1] != wanted or not given[0] <= wanted | _placeholders(key[0]):
        return f"placeholders differ: {sorted(wanted)} and {[sorted(names) for names in given]}"
    return ""


def _placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def write(path: Path, french: French, keys: set[Key]) -> None:
    """Sorted, without places or dates, so that two people's additions seldom meet on one line."""
    catalogue = Catalog(locale="fr", fuzzy=False)
    for key in sorted(keys):
        strings = tuple(map(_typeset, french.strings.get(key, ("",) * len(key))))
        flags = ["fuzzy"] if key in french.fuzzy else []
        catalogue.add(_one(key), _one(strings), flags=flags)
    for key in sorted(french.strings.keys() - keys):
        if any(french.strings[key]):
            catalogue.obsolete[_one(key)] = Message(_one(key), _one(french.strings[key]))
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, no_location=True, omit_header=True)
    _replace(path, HEADER.encode() + buffer.getvalue().lstrip())


def _one(key: Key) -> str | tuple[str, str]:
    return key[0] if len(key) == 1 else (key[0], key[1])


def _replace(path: Path, content: bytes) -> None:
    """In one step: whoever reads the file meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def problems(french: French, sources: Sources) -> list[str]:
    """Why the catalogue is not complete, one sentence each; empty when it is."""
    found = list(sources.faults)
    for key in sorted(sources.keys):
        english = SEPARATOR.join(key)
        if key not in french.live:
            found.append(f"not in the catalogue (run make texts): {english!r}")
        elif key in french.fuzzy:
            found.append(f"marked as doubtful: {english!r}")
        elif fault := _fault(key, french.strings[key]):
            found.append(f"{fault}: {english!r}")
        elif any(_typeset(text) != text for text in french.strings[key]):
            found.append(f"a plain space before French punctuation (make texts mends it): {english!r}")
    found += [
        f"left over (texts.py --prune): {SEPARATOR.join(key)!r}" for key in sorted(french.strings.keys() - sources.keys)
    ]
    return found


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One run at a time: several people may add texts to one tree at once."""
    import fcntl  # not on Windows, where only --compile is needed

    # The folder itself is locked, so that no lock file is left behind.
    handle = os.open(root / "resources" / "locale", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--fill", type=Path, action="append", default=[], metavar="FILE.json")
    for name in ("missing", "prune", "check", "compile"):
        parser.add_argument(f"--{name}", action="store_true")
    options = parser.parse_args(arguments)
    catalogue = options.root / "resources" / "locale" / "fr" / "LC_MESSAGES" / "mobility_app.po"
    if options.compile:
        _replace(catalogue.with_suffix(".mo"), compile_catalogue(catalogue))
        return 0
    with _alone(options.root):
        sources, french = collect(options.root / "mobility_app"), read(catalogue)
        if options.check:
            found = problems(french, sources)
            print("\n".join(found) or f"{len(sources.keys)} texts, all in French")
            return 1 if found else 0
        for path in options.fill:
            fill(french, json.loads(path.read_text("utf-8")))
        if options.prune:
            french.strings = {key: strings for key, strings in french.strings.items() if key in sources.keys}
        write(catalogue, french, sources.keys)
    _tell(french, sources, options.missing)
    return 0


def _tell(french: French, sources: Sources, list_missing: bool) -> None:
    missing = [key for key in sorted(sources.keys) if not all(french.strings.get(key, ("",)))]
    print(f"{len(sources.keys)} texts, {len(missing)} without French", file=sys.stderr)
    if list_missing:
        empty = {SEPARATOR.join(key): "" if len(key) == 1 else ["", ""] for key in missing}
        print(json.dumps(empty, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    raise SystemExit(main())
