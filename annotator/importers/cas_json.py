# SPDX-License-Identifier: MIT
"""UIMA CAS in JSON 0.4, as INCEpTION and dkpro-cassis write it: a file a document, with its types in it.

Owns the JSON only; what it says is `annotator.importers.cas`'s.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.cas import SOFA, FeatureStructure, Text, document_of, files_of, position
from annotator.importers.foreign import ForeignFormat, checked, from_json
from annotator.importers.safety import opened, read_text
from annotator.model import exchange

SUFFIX = ".json"
TYPES, STRUCTURES, VIEWS = "%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"
_ID, _TYPE, _ELEMENTS, _MEMBERS, _SOFA = "%ID", "%TYPE", "%ELEMENTS", "%MEMBERS", "%SOFA"
#: A feature that leads to another begins so, and one that is no number that JSON knows.
_REFERENCE, _NUMBER = "@", "#"
_TRUTH = {True: "true", False: "false"}


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every file; see `annotator.importers.foreign.Read`."""
    for file in files_of(path, SUFFIX):
        if path.is_dir() and not _is_one(file):
            continue
        name = file.relative_to(path).as_posix() if file != path else file.name
        texts, structures = _File(file).read()
        yield checked(document_of(texts, structures, file, name.removesuffix(SUFFIX)), file)


def recognise(path: Path) -> bool:
    """Return whether one of the first files of a folder begins as such a file does."""
    return any(_is_one(file) for file in files_of(path, SUFFIX)[:10])


def _is_one(file: Path) -> bool:
    with opened(file) as raw:
        begin = raw.read(4096)
    return any(f'"{key}"'.encode() in begin for key in (TYPES, STRUCTURES, VIEWS))


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path
        self._arrays: dict[str, list[str]] = {}

    def read(self) -> tuple[list[Text], Mapping[str, FeatureStructure]]:
        """Return the texts and all else, by id."""
        data = from_json(read_text(self._path), dict[str, Any], self._path, "")
        members = self._members(data.get(VIEWS))
        texts: list[Text] = []
        found: dict[str, FeatureStructure] = {}
        for key, record in self._records(data.get(STRUCTURES)):
            if key in found or key in self._arrays or any(text.id == key for text in texts):
                raise UserError("foreign_twice", path=self._path, place=key, what=f"%ID {key}")
            if record.get(_TYPE) == SOFA:
                texts.append(self._text(key, record, members))
            elif isinstance(record.get(_ELEMENTS), list):
                self._arrays[key] = [str(one) for one in record[_ELEMENTS]]
            else:
                found[key] = self._structure(key, record)
        for one in found.values():
            one.references = {name: self._resolved(keys) for name, keys in one.references.items()}
        return texts, found

    def _records(self, found: Any) -> Iterable[tuple[str, dict[str, Any]]]:
        pairs: Iterable[tuple[Any, Any]]
        if isinstance(found, dict):
            pairs = found.items()
        elif isinstance(found, list):
            pairs = ((one.get(_ID) if isinstance(one, dict) else None, one) for one in found)
        else:
            raise self._malformed(STRUCTURES)
        for key, record in pairs:
            if not isinstance(record, dict) or not isinstance(record.get(_TYPE), str) or not isinstance(key, int | str):
                raise self._malformed(str(key)[:40])
            yield str(key), record

    def _members(self, views: Any) -> dict[str, frozenset[str]]:
        if not isinstance(views, dict):
            return {}
        return {
            str(view.get(_SOFA)): frozenset(map(str, view[_MEMBERS]))
            for view in views.values()
            if isinstance(view, dict) and isinstance(view.get(_MEMBERS), list)
        }

    def _text(self, key: str, record: dict[str, Any], members: Mapping[str, frozenset[str]]) -> Text:
        text, name = record.get("sofaString", ""), record.get("sofaID", "")
        if not isinstance(text, str) or not isinstance(name, str):
            raise self._malformed(key)
        return Text(key, name, text, members.get(key))

    def _structure(self, key: str, record: dict[str, Any]) -> FeatureStructure:
        one = FeatureStructure(key, record[_TYPE], str(record.get("@sofa", "")))
        if "begin" in record and "end" in record:
            one.begin_utf16 = position(record["begin"], self._path, key)
            one.end_utf16 = position(record["end"], self._path, key)
        for name, value in record.items():
            if name in {"@sofa", "begin", "end"} or name.startswith("%"):
                continue
            if name.startswith(_REFERENCE):
                one.references[name[1:]] = [str(value)]
            elif isinstance(value, bool):
                one.values[name] = _TRUTH[value]
            elif isinstance(value, str | int | float):
                one.values[name.removeprefix(_NUMBER)] = str(value)
        return one

    def _resolved(self, keys: Iterable[str]) -> list[str]:
        """Return what references lead to, arrays by what is in them."""
        return [one for key in keys for one in self._arrays.get(key, [key])]

    def _malformed(self, place: str) -> UserError:
        return UserError("foreign_malformed", path=self._path, place=place, detail="no feature structure")


FORMAT = ForeignFormat("cas-json", N_("UIMA CAS JSON"), (SUFFIX,), recognise, read, folder=True)
