# SPDX-License-Identifier: MIT
"""A REFI-QDA codebook (`.qdc`): the scheme's labels as codes, and nothing of what is tagged."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator import __version__
from annotator.errors import UserError
from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written, without_registry
from annotator.exporters.losses import Lossy, Reason
from annotator.exporters.refi_qda_codes import HEAD, Code, code_book, codes_of, origin
from annotator.exporters.xml_text import legal_text
from annotator.extras import EXTRAS, load, readers
from annotator.i18n import N_
from annotator.importers.refi_qda_project import local
from annotator.importers.safety import parse_xml, read_bytes
from annotator.model.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

NAMESPACE = "urn:QDA-XML:codebook:1.0"

#: A code's name and colour, and those below it.
_Said = tuple[str, str, tuple["_Said", ...]]

ABILITIES = Abilities(
    names=True,
)


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the codes; the articles are counted as left out."""
    codes = codes_of(source.scheme, options.names)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{HEAD}<CodeBook xmlns="{NAMESPACE}" origin="{origin(__version__)}">\n')
        file.writelines(code_book(codes))
        file.write("</CodeBook>\n")
    for tagged in source.articles():
        yield Written(tagged, None, tuple(_lost(tagged)))
    yield without_registry(source)
    yield Written(None, Entry(0, tuple(map(_said, codes))))


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read the codes, and by pyrefiqda where it is installed.

    Raises:
        ValueError: the two read them differently.
    """
    root = parse_xml(read_bytes(path), path)
    if local(root) != "CodeBook":
        raise UserError("foreign_malformed", path=path, place="1", detail="the root is not CodeBook")
    found = tuple(_found(one) for one in root.iterfind("{*}Codes/{*}Code"))
    if EXTRAS["pyrefiqda"].installed and found != _by_pyrefiqda(path):
        raise ValueError("pyrefiqda reads other codes")
    yield Entry(0, found)


def verifier() -> str:
    """Return by what files are read back here."""
    return readers("pyrefiqda")


def _lost(tagged: TaggedArticle) -> Iterator[tuple[Reason, Lossy]]:
    yield from ((Reason.SCHEME_ONLY, span) for span in tagged.spans)
    yield from ((Reason.RELATION, one) for one in tagged.relations)
    yield from ((Reason.DOCUMENT_TAG, tag) for tag in tagged.document_tags)


def _said(code: Code) -> _Said:
    return legal_text(code.name), code.color, tuple(map(_said, code.children))


def _found(code: "ET.Element[str]") -> _Said:
    return code.get("name", ""), code.get("color", ""), tuple(map(_found, code.iterfind("{*}Code")))


def _by_pyrefiqda(path: Path) -> tuple[_Said, ...]:
    book = load("pyrefiqda").RefiCodebook.load(path)
    return tuple(map(_of_pyrefiqda, book.codes.code)) if book.codes else ()


def _of_pyrefiqda(code: Any) -> _Said:
    return code.name, code.color or "", tuple(map(_of_pyrefiqda, code.code))


FORMAT = Format(
    id="refi-codebook",
    name_key=N_("REFI-QDA codebook"),
    description_key=N_("The scheme's labels as codes, for programs of qualitative analysis; no articles."),
    suffix=".qdc",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES, Reason.SCHEME_ONLY),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
