# SPDX-License-Identifier: MIT
"""UIMA CAS in XMI, as INCEpTION, WebAnno and DKPro write it: a file a document, with the type system beside them.

The type system says which features lead to others; without one that is seen by what they name. Owns the XML only; what
it says is `annotator.importers.cas`'s.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.cas import (
    CHAINED,
    DEPENDENT,
    GOVERNOR,
    TARGET,
    FeatureStructure,
    Text,
    document_of,
    files_of,
    position,
)
from annotator.importers.foreign import ForeignFormat, checked
from annotator.importers.safety import opened, parse_xml, read_bytes
from annotator.model import exchange

SUFFIX = ".xmi"
TYPE_SYSTEM = "TypeSystem.xml"
XMI = "http://www.omg.org/XMI"
_ID = f"{{{XMI}}}id"
_ROOT = f"{{{XMI}}}XMI"
_STRING = "uima.cas.String"
_PRIMITIVES = frozenset(
    f"uima.cas.{name}" for name in ("String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")
) | {f"uima.cas.{name}Array" for name in ("String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double")}
#: More supertypes than this are a circle.
_DEEPEST = 100


class TypeSystem:
    """Which features of types are values, and which lead to other feature structures."""

    def __init__(self, root: "ET.Element[str]") -> None:
        self._supertypes: dict[str, str] = {}
        self._ranges: dict[tuple[str, str], str] = {}
        for one in root.iterfind(".//{*}typeDescription"):
            name = _text(one, "name")
            self._supertypes[name] = _text(one, "supertypeName")
            for feature in one.iterfind("{*}features/{*}featureDescription"):
                self._ranges[name, _text(feature, "name")] = _text(feature, "rangeTypeName")

    def is_value(self, type_name: str, feature: str) -> bool | None:
        """Return whether a feature is a value; None where it is not known."""
        for one in self._up(type_name):
            found = self._ranges.get((one, feature))
            if found is not None:
                return found in _PRIMITIVES or _STRING in self._up(found)
        return None

    def _up(self, type_name: str) -> Iterator[str]:
        for _ in range(_DEEPEST):
            if not type_name:
                return
            yield type_name
            type_name = self._supertypes.get(type_name, "")


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every file; see `annotator.importers.foreign.Read`."""
    systems: dict[Path, TypeSystem] = {}
    for file in files_of(path, SUFFIX):
        name = file.relative_to(path).as_posix() if file != path else file.name
        texts, structures = _File(file, _type_system(file, path, systems)).read()
        yield checked(document_of(texts, structures, file, name.removesuffix(SUFFIX)), file)


def recognise(path: Path) -> bool:
    """Return whether the first file of a folder begins as such a file does."""
    for file in files_of(path, SUFFIX):
        with opened(file) as raw:
            return b"http://www.omg.org/XMI" in raw.read(4096)
    return False


class _File:
    def __init__(self, path: Path, system: TypeSystem) -> None:
        self._path, self._system = path, system
        self._root = parse_xml(read_bytes(path), path)
        if self._root.tag != _ROOT:
            raise UserError("foreign_malformed", path=path, place="1", detail="the root is not xmi:XMI")
        #: What has a target is a link, by which a slot leads to another annotation.
        self._links = frozenset(one.get(_ID, "") for one in self._root if TARGET in one.attrib)

    def read(self) -> tuple[list[Text], Mapping[str, FeatureStructure]]:
        """Return the texts and all else, by id."""
        views: dict[str, frozenset[str]] = {}
        sofas: list[ET.Element[str]] = []
        found: dict[str, FeatureStructure] = {}
        for element in self._root:
            match type_of(element.tag):
                case "uima.cas.View":
                    views[element.get("sofa", "")] = frozenset(element.get("members", "").split())
                case "uima.cas.Sofa":
                    sofas.append(element)
                case "uima.cas.NULL":
                    pass
                case name:
                    one = self._structure(element, name)
                    if one.id in found:
                        raise UserError("foreign_twice", path=self._path, place=one.id, what=f"xmi:id {one.id}")
                    found[one.id] = one
        texts = [
            Text(key, one.get("sofaID", ""), one.get("sofaString", ""), views.get(key))
            for one in sofas
            for key in [one.get(_ID, "")]
        ]
        return texts, found

    def _structure(self, element: "ET.Element[str]", name: str) -> FeatureStructure:
        key = element.get(_ID)
        if not key:
            raise UserError("foreign_malformed", path=self._path, place=name, detail="no xmi:id")
        one = FeatureStructure(key, name, element.get("sofa", ""))
        begin, end = element.get("begin"), element.get("end")
        if begin is not None and end is not None:
            one.begin_utf16, one.end_utf16 = position(begin, self._path, key), position(end, self._path, key)
        for feature, value in element.attrib.items():
            if feature in {"sofa", "begin", "end"} or feature.startswith("{"):
                continue
            if self._leads(name, feature, value):
                one.references[feature] = value.split()
            else:
                one.values[feature] = value
        for child in element:
            known = one.values.get(child.tag)
            one.values[child.tag] = f"{known}, {child.text or ''}" if known is not None else child.text or ""
        return one

    def _leads(self, type_name: str, feature: str, value: str) -> bool:
        if feature in {GOVERNOR, DEPENDENT, TARGET} or (feature in CHAINED and value.isdigit()):
            return True
        known = self._system.is_value(type_name, feature)
        if known is not None:
            return not known
        parts = value.split()
        return bool(parts) and self._links.issuperset(parts)


def type_of(tag: str) -> str:
    """Return the name of a type by its element's tag: `{http:///webanno/custom.ecore}Actor` is webanno.custom.Actor."""
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    package = namespace.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return f"{package}.{name}" if package and package != "uima.noNamespace" else name


def _type_system(file: Path, root: Path, known: dict[Path, TypeSystem]) -> TypeSystem:
    """Return the type system beside a file, or in a folder above it as far as that is read."""
    folders = (
        [file.parent, *(one for one in file.parents if one.is_relative_to(root))] if file != root else [file.parent]
    )
    for folder in folders:
        for name in (TYPE_SYSTEM, TYPE_SYSTEM.lower()):
            path = folder / name
            if path not in known and path.is_file():
                known[path] = TypeSystem(parse_xml(read_bytes(path), path))
            if path in known:
                return known[path]
    return TypeSystem(ET.Element("none"))


def _text(element: "ET.Element[str]", name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()


FORMAT = ForeignFormat("cas-xmi", N_("UIMA CAS XMI"), (SUFFIX,), recognise, read, folder=True)
