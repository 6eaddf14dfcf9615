# SPDX-License-Identifier: MIT
"""Any project, out to any format that has both ways and in again: what the format carries is there again."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from annotator.exporters import FORMATS, ExportSource, run_export
from annotator.exporters.base import Abilities
from annotator.importers.registry import FOREIGN_FORMATS
from annotator.model import exchange
from annotator.ops.checking import check
from annotator.ops.exporting import export
from annotator.ops.foreign import import_annotations
from annotator.project import Project

from .test_everything import CORPORA, Maker

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own

BOTH_WAYS = pytest.mark.parametrize("kind", [key for key in FOREIGN_FORMATS if key in FORMATS])
FEW = settings(
    max_examples=6,
    # An example takes a tenth of a second: to shrink one would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)

Said = dict[str, Any]


@BOTH_WAYS
@given(data=st.data(), corpus=CORPORA)
@FEW
def test_any_project_comes_back(
    source_of: Callable[..., ExportSource], new_file: bytes, kind: str, data: st.DataObject, corpus: Any
) -> None:
    source = Maker(data, source_of(*corpus)).source()
    abilities = FORMATS[kind].abilities
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "p.tawsim", new_file) as project:
        first, second = (Path(folder) / f"{name}{FORMATS[kind].suffix}" for name in ("first", "second"))
        report = run_export(source, kind, first)

        _, taken = import_annotations(project, first, kind)

        assert taken.tags.all == report.tags_out
        assert taken.tags.lost == 0
        assert taken.relations.all == report.relations_out
        assert taken.document_tags.all == report.document_tags_out
        assert taken.document_tags.lost == 0
        assert check(project).problems == ()
        if abilities.exact_text:
            export(project, kind, second)
            assert said(second, kind, abilities) == said(first, kind, abilities)


def opened(path: Path, content: bytes) -> Project:
    path.write_bytes(content)
    project = Project.open(path, annotator="Layla")
    project._database.connection.execute("pragma synchronous = off")
    return project


def said(path: Path, kind: str, abilities: Abilities) -> set[tuple[object, ...]]:
    """Return what a file says of each place of each text; the same said twice is said once."""
    return {
        (document.text, *about)
        for document in FOREIGN_FORMATS[kind].read(path)
        for about in said_of(document, abilities)
    }


def said_of(document: exchange.Document, abilities: Abilities) -> Iterator[tuple[object, ...]]:
    # A title that shows nothing becomes another when it is imported.
    yield (document.outlet, document.date) if abilities.article_fields else ()
    for tag in document.tags:
        yield (
            tag.label,
            tag.pieces or ((tag.start, tag.end),),
            tag.annotator if abilities.authors else "",
        )
