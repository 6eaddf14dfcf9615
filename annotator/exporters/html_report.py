# SPDX-License-Identifier: MIT
"""A report to print or to pass on: the articles with their tags drawn, from right to left, in one HTML file.

Owns the file and its reading back; what it looks like is `html_page`'s.
"""

from collections.abc import Iterator
from pathlib import Path

from annotator.exporters import html_reading
from annotator.exporters.abilities import Abilities, losses_of
from annotator.exporters.base import Entry, ExportOptions, ExportSource, Format, Written, without_registry
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.html_page import Pages
from annotator.i18n import N_

ABILITIES = Abilities(
    overlap=True,
    pieces=True,
    attributes=True,
    certainty=True,
    links=True,
    relations=True,
    targets=True,
    document_tags=True,
    notes=True,
    ids=True,
    authors=True,
    exact_text=True,
    article_fields=True,
    cuts=True,
)


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:
    """Write the head, every article, and how much there was."""
    carrier = Carrier(source, options, ABILITIES)
    pages = Pages(source)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pages.head())
        for tagged in source.articles():
            carried = carrier.carry(tagged)
            file.writelines(pages.article(tagged, carried))
            yield Written(tagged, carried.entry, carried.lost)
        file.writelines(pages.tail())
    yield without_registry(source)


def read_back(path: Path, part: str) -> Iterator[Entry]:  # noqa: ARG001 - all is in one file
    """Read every article by the parser of Python's own library."""
    return (entry_of(document, ABILITIES) for document in html_reading.read(path))


def verifier() -> str:
    """Return by what files are read back: our own reader; a report is for eyes."""
    return "tawsim"


FORMAT = Format(
    id="html",
    name_key=N_("HTML report"),
    description_key=N_("To print or to read in a browser: the articles with their tags drawn, and tables of them."),
    suffix=".html",
    abilities=ABILITIES,
    losses=losses_of(ABILITIES),
    write=write,
    read_back=read_back,
    verifier=verifier,
)
