# SPDX-License-Identifier: MIT
"""Keep the catalogues of `resources/translations` in step with the program's sentences.

`python packaging/translations.py` brings the .po files up to date and compiles them; what it lists as missing
is then translated in the .po by hand, and the script run again. `--check` changes nothing and fails on any
missing, fuzzy, stale or misfilled sentence, on a sentence that extraction cannot see, and on a .mo that is
not what its .po gives.
"""

import argparse
import ast
import io
import os
import string
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "annotator"
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("ar",)  # English is the text in the source
KEYWORDS = {"tr": None, "trn": (1, 2), "N_": None, "NP_": (1, 2)}
_LITERALS = {"tr": 1, "trn": 2, "N_": 1, "NP_": 2}
# The same bytes on every machine and at every hour.
_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def main(arguments: list[str] | None = None) -> int:
    """Update and compile, or check, the catalogues of all languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail on anything amiss")
    check = parser.parse_args(arguments).check
    extracted = extract(PACKAGE)
    problems = list(hidden_sentences(PACKAGE))
    for language in LANGUAGES:
        po = TRANSLATIONS / language / "LC_MESSAGES" / "tawsim.po"
        if not check:
            update(po, language, extracted)
        problems += [f"{po.relative_to(ROOT)}: {problem}" for problem in amiss(po, extracted)]
    print("\n".join([*problems, f"{len(extracted)} sentences, {len(problems)} problems"]))
    return 1 if problems else 0


def extract(package: Path) -> Catalog:
    """Return a catalogue of every sentence in the source."""
    catalog = _catalog(None)
    found = extract_from_dir(package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",))
    for path, _line, message, comments, context in found:
        catalog.add(message, locations=[(f"annotator/{path}", 1)], auto_comments=comments, context=context)
    return catalog


def hidden_sentences(package: Path) -> Iterator[str]:
    """Report each call whose sentence is no literal, so that extraction misses it."""
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (wanted := _LITERALS.get(_name(node.func))):
                given = node.args[:wanted]
                if len(given) < wanted or not all(map(_is_text, given)):
                    yield f"{path.relative_to(package.parent)}:{node.lineno}: the sentence is not a literal"


def update(po: Path, language: str, extracted: Catalog) -> None:
    """Bring one .po in step with the source and compile it; unused sentences are kept as comments."""
    catalog = _read(po, language)
    catalog.update(extracted, no_fuzzy_matching=True)
    _stamp(catalog)
    po.parent.mkdir(parents=True, exist_ok=True)
    _replace(po, po_bytes(catalog))
    _replace(po.with_suffix(".mo"), mo_bytes(catalog))


def amiss(po: Path, extracted: Catalog) -> Iterator[str]:
    """Report what keeps one catalogue from being complete, true to the source and freshly compiled."""
    catalog = _read(po, po.parent.parent.name)
    known, wanted = _ids(catalog), _ids(extracted)
    yield from (f"missing: {text}" for text in sorted(wanted - known))
    yield from (f"stale: {text}" for text in sorted(known - wanted))
    for message in catalog:
        if message.id:
            yield from _message_problems(message, catalog.num_plurals)
    mo = po.with_suffix(".mo")
    if not mo.is_file() or mo.read_bytes() != mo_bytes(catalog):
        yield f"{mo.name} is not what the .po gives: run make translations"


def po_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as readable text, the same for the same sentences."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo_bytes(catalog: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _message_problems(message: Message, plurals: int) -> Iterator[str]:
    forms = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    text = message.id[0] if message.pluralizable else message.id
    if message.fuzzy:
        yield f"fuzzy: {text}"
    if not all(forms) or (message.pluralizable and len(forms) != plurals):
        yield f"not translated: {text}"
        return
    allowed = _fields(message.id)
    # One or two of a thing are words in Arabic, so a plural form may leave its number out; and what is named in the
    # singular alone, as the one tag that an act is about, is not named where there are many.
    wanted = set.intersection(*map(_fields, message.id)) - {"n", "count"} if message.pluralizable else allowed
    for form in forms:
        left_out = wanted - _fields(form)
        if _fields(form) - allowed or left_out:
            yield f"other parameters than the source: {form}"


def _fields(text: str | Iterable[str]) -> set[str]:
    texts = (text,) if isinstance(text, str) else text
    return {name for part in texts for _, name, _, _ in string.Formatter().parse(part) if name}


def _ids(catalog: Catalog) -> set[str]:
    return {m.id if isinstance(m.id, str) else m.id[0] for m in catalog if m.id}


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _catalog(language: str | None) -> Catalog:
    return _stamp(
        Catalog(
            locale=language,
            project="Tawsim",
            version="1",
            copyright_holder="The Tawsim authors",
            msgid_bugs_address="",
            last_translator="The Tawsim authors",
            language_team="",
            fuzzy=False,
        )
    )


def _stamp(catalog: Catalog) -> Catalog:
    catalog.creation_date = catalog.revision_date = _EPOCH
    catalog.header_comment = "# Tawsim in this language. SPDX-License-Identifier: MIT"
    return catalog


def _read(po: Path, language: str) -> Catalog:
    if not po.is_file():
        return _catalog(language)
    with po.open("rb") as file:
        return read_po(file, locale=language)


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_name(f"{path.name}.new")
    beside.write_bytes(content)
    os.replace(beside, path)  # noqa: PTH105 - the plain name says what is meant


if __name__ == "__main__":
    sys.exit(main())
