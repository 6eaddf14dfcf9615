# SPDX-License-Identifier: MIT
"""UIMA CAS in XMI for INCEpTION: a folder with one `.xmi` a document and their type system.

XML 1.0 has no place for some control characters: each becomes �, in the text and in notes, and is counted where it
stands in a tag. `annotator.importers.cas_xmi` and dkpro-cassis read it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from annotator.exporters.abilities import losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Layout, Written, without_registry
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.cas import ABILITIES, SOFA_ID, Builder, Structure, Type, types_of
from annotator.exporters.cas_checks import entries
from annotator.exporters.losses import Reason
from annotator.exporters.xml_text import legal, replaced
from annotator.extras import readers
from annotator.i18n import N_
from annotator.importers import cas_xmi
from annotator.importers.cas import INITIAL_VIEW
from annotator.importers.inception import file_name

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the type system, then a file a document."""
    carrier, builder = Carrier(source, options, ABILITIES), Builder(source.scheme)
    types = types_of(source.scheme)
    (path / cas_xmi.TYPE_SYSTEM).write_text(_type_system(types), encoding="utf-8", newline="\n")
    namespaces = _namespaces(types)
    for number, tagged in enumerate(source.articles(), start=1):
        carried = carrier.carry(tagged)
        document = legal(carried.document)
        name = file_name(number, tagged.name, cas_xmi.SUFFIX)
        with (path / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_lines(document.text, builder.structures(document, carried.placed), namespaces))
        yield Written(tagged, entry_of(document, ABILITIES), (*replaced(carried, document), *carried.lost))
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - each split is a folder of its own
    """Read every file with our strict reader, and with dkpro-cassis where that is installed.

    Raises:
        ValueError: the two read it differently.
    """
    return entries(path, cas_xmi.FORMAT)


def verifier() -> str:
    """Return by what files are read back here."""
    return readers("cassis")


def _type_system(types: Iterable[Type]) -> str:
    described = "".join(
        f"<typeDescription><name>{one.name}</name><description/><supertypeName>{one.supertype}</supertypeName>"
        f"<features>{''.join(_feature(*pair) for pair in one.features.items())}</features></typeDescription>\n"
        for one in types
    )
    return (
        f'{_HEAD}<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier">\n'
        f"<types>\n{described}</types>\n</typeSystemDescription>\n"
    )


def _feature(name: str, holds: str) -> str:
    return (
        f"<featureDescription><name>{name}</name><description/><rangeTypeName>{holds}</rangeTypeName>"
        "</featureDescription>"
    )


def _namespaces(types: Iterable[Type]) -> dict[str, str]:
    """Return a prefix for each package of types."""
    packages = dict.fromkeys(one.name.rpartition(".")[0] for one in types)
    return {package: f"ns{number}" for number, package in enumerate(packages, start=1)}


def _lines(text: str, structures: Sequence[Structure], namespaces: Mapping[str, str]) -> Iterator[str]:
    declared = "".join(
        f' xmlns:{prefix}="http:///{package.replace(".", "/")}.ecore"' for package, prefix in namespaces.items()
    )
    yield _HEAD
    yield f'<xmi:XMI xmlns:xmi="{cas_xmi.XMI}" xmlns:cas="http:///uima/cas.ecore"{declared} xmi:version="2.0">\n'
    yield '<cas:NULL xmi:id="0"/>\n'
    for one in structures:
        package, _, name = one.type.rpartition(".")
        features = "".join(f" {key}={quoteattr(str(value))}" for key, value in {**one.values, **one.references}.items())
        yield f'<{namespaces[package]}:{name} xmi:id="{one.id}" sofa="{SOFA_ID}"{features}/>\n'
    sofa = f'xmi:id="{SOFA_ID}" sofaNum="1" sofaID="{INITIAL_VIEW}" mimeType="text"'
    yield f"<cas:Sofa {sofa} sofaString={quoteattr(text)}/>\n"
    members = " ".join(str(one.id) for one in structures)
    yield f'<cas:View sofa="{SOFA_ID}" members="{members}"/>\n</xmi:XMI>\n'


FORMAT = Format(
    id="cas-xmi",
    name_key=N_("UIMA CAS XMI"),
    description_key=N_("For a project of INCEpTION, or for programs on UIMA: one file a document, and its types."),
    suffix="",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.ILLEGAL_CHARACTER),
    write=write,
    read_back=read_back,
    verifier=verifier,
    layout=Layout.FOLDER,
)
