# SPDX-License-Identifier: MIT
"""What the command line says of an export whose format cannot carry all of a project."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from annotator.model.ids import DocumentLabelId, LabelId, RelationTypeId, SpanId
from annotator.model.relation import AUTHOR, End
from annotator.ops.actors import add_actor, draft_actor
from annotator.ops.document_tags import add_document_tag
from annotator.ops.relations import add_relation
from annotator.ops.tags import add_tag
from annotator.project import Project


@pytest.fixture
def rich(path: Path) -> Path:
    """Return a project with a tag linked to an actor, two relations and a document tag."""
    with Project.open(path, annotator="Layla") as project:
        article_id = project.articles()[0].id
        gantz, meeting, welcome = (
            SpanId(add_tag(project, article_id, start, end, LabelId(label)).rows[0].record.id)
            for start, end, label in ((5, 10, "ACTOR"), (11, 16, "EVENT"), (0, 4, "STANCE"))
        )
        add_actor(project, draft_actor(project, "بيني غانتس", ""), [gantz])
        add_relation(project, RelationTypeId("AGENT"), meeting, End(span_id=gantz))
        add_relation(project, RelationTypeId("HOLDER"), welcome, AUTHOR)
        add_document_tag(project, article_id, DocumentLabelId("doc_stance"), values={})
    return path


def test_what_was_left_out_is_told(tawsim: Callable[..., Result], rich: Path, tmp_path: Path) -> None:
    said = tawsim("export", rich, tmp_path / "x.conll", "--format", "conll").stdout

    assert "3 of 3 tags" in said
    assert "0 of 2 relations." in said
    assert "0 of 1 document tag." in said
    assert "2 relations: left out: the format has no relations" in said
    assert "AGENT       بلقاء → غانتس" in said
    assert "HOLDER      رحّب → The article's author or outlet" in said
    assert "1 document tag: left out: the format has no document labels" in said
    assert "1 tag: exported without its link to an actor or event" in said
    assert "1 actor: left out: the format has no list of actors" in said


def test_it_is_told_in_arabic(tawsim: Callable[..., Result], rich: Path, tmp_path: Path) -> None:
    said = tawsim("export", rich, tmp_path / "x.conll", "--format", "conll", language="ar").stdout

    assert "علاقتان: استُثنيت" in said.replace("\u2068", "").replace("\u2069", "")
    assert "←" in said


def test_it_is_counted_for_scripts(tawsim_json: Callable[..., Any], rich: Path, tmp_path: Path) -> None:
    report = tawsim_json("export", rich, tmp_path / "x.conll", "--format", "conll")

    assert (report["relations_in"], report["relations_out"]) == (2, 0)
    assert (report["document_tags_in"], report["document_tags_out"]) == (1, 0)
    losses = {loss["reason"]: loss for loss in report["losses"]}
    assert losses["relation"]["of"] == "relation"
    assert (losses["relation"]["left_out"], losses["relation"]["tag_lost"]) == (True, False)
    assert (losses["link"]["of"], losses["link"]["left_out"]) == ("tag", False)
    assert losses["actor"]["count"] == 1


def test_nothing_is_told_of_what_there_is_none_of(tawsim: Callable[..., Result], path: Path, tmp_path: Path) -> None:
    said = tawsim("export", path, tmp_path / "x.jsonl", "--format", "jsonl").stdout

    assert len(said.splitlines()) == 1
