# SPDX-License-Identifier: MIT
"""`.spacy`: spaCy loads the file and finds every tag at its characters."""

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.exporters import Clitics, ExportOptions, ExportSource, Reason, run_export, spacy_docbin
from annotator.exporters.placing import Placed
from annotator.exporters.spacy_docbin import segment
from annotator.model.ids import AttributeId

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own


def _docs(path: Path) -> list:
    import spacy
    from spacy.tokens import DocBin

    return list(DocBin().from_disk(path).get_docs(spacy.blank("ar").vocab))


def test_every_tag_is_in_doc_spans(corpus: ExportSource, tmp_path: Path) -> None:
    report = run_export(corpus, "spacy", tmp_path / "x.spacy")

    for doc, tagged in zip(_docs(tmp_path / "x.spacy"), corpus.articles(), strict=True):
        assert doc.text == tagged.text
        assert [(s.id_, s.label_, s.start_char, s.end_char, s.text) for s in doc.spans["sc"]] == [
            (s.id, s.label_id, s.start, s.end, s.quote) for s in tagged.spans
        ]
        assert doc.user_data["tawsim"]["article_id"] == tagged.article.id
        assert doc.user_data["tawsim"]["title"] == tagged.article.title
    assert report.tags_in == report.tags_out == 14
    assert report.verified_by.startswith("spacy 3")


def test_doc_ents_hold_the_longest(model: ExportSource, tmp_path: Path) -> None:
    report = run_export(model, "spacy", tmp_path / "x.spacy")

    [doc] = _docs(tmp_path / "x.spacy")
    [tagged] = model.articles()
    assert [(e.id_, e.start_char, e.end_char) for e in doc.ents] == [
        (s.id, s.start, s.end) for s in tagged.spans if s.start != 116
    ]
    assert {loss.reason: loss.count for loss in report.losses} == {Reason.NOT_IN_ENTS_OVERLAP: 1}
    assert doc.user_data["tawsim"]["tag_notes"] == {tagged.spans[1].id: "بالإنجليزية"}


def test_an_entity_never_begins_or_ends_with_a_blank(corpus: ExportSource, tmp_path: Path) -> None:
    run_export(corpus, "spacy", tmp_path / "x.spacy")

    entities = [entity for doc in _docs(tmp_path / "x.spacy") for entity in doc.ents]
    assert entities
    assert not [entity for entity in entities if entity[0].is_space or entity[-1].is_space]


@pytest.mark.parametrize(
    ("clitics", "found", "reason"),
    [
        (Clitics.SPLIT, ["أردوغان", "إردوغان"], None),
        (Clitics.EXPAND, ["بأردوغان", "إردوغان"], Reason.EXPANDED),
        (Clitics.SKIP, ["إردوغان"], Reason.INSIDE_TOKEN),
    ],
)
def test_a_tag_after_a_proclitic(
    model: ExportSource, tmp_path: Path, clitics: Clitics, found: list[str], reason: Reason | None
) -> None:
    report = run_export(model, "spacy", tmp_path / "x.spacy", ExportOptions(clitics=clitics))

    [doc] = _docs(tmp_path / "x.spacy")
    assert [span.text for span in doc.spans["sc"] if "ردوغان" in span.text] == found
    others = [loss.reason for loss in report.losses if loss.reason is not Reason.NOT_IN_ENTS_OVERLAP]
    assert others == ([reason] if reason else [])


def test_blanks_become_tokens_only_where_spacy_needs_them() -> None:
    text = " قال  غانتس\n أمس "
    words = [(1, 4), (6, 11), (13, 16)]

    pieces, spaces = segment(text, words, [])

    assert [text[start:end] for start, end in pieces] == [" ", "قال", " ", "غانتس", "\n ", "أمس"]
    assert spaces == [False, True, False, False, False, True]


def test_a_blank_that_a_tag_begins_with_is_a_token(model: ExportSource) -> None:
    [tagged] = model.articles()
    span = tagged.spans[0]

    before = segment("قال غانتس", [(0, 3), (4, 9)], [Placed(span, 3, 9)])
    after = segment("قال غانتس", [(0, 3), (4, 9)], [Placed(span, 0, 4)])

    assert before == after == ([(0, 3), (3, 4), (4, 9)], [False, False, False])


def test_without_spacy_the_way_to_get_it_is_told(
    model: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)

    with pytest.raises(UserError, match="extra_missing") as error:
        run_export(model, "spacy", tmp_path / "x.spacy")

    assert error.value.params["extra"] == "tawsim[spacy]"
    assert error.value.params["command"] == 'pip install "tawsim[spacy]"'
    assert list(tmp_path.iterdir()) == []


def test_what_a_user_of_spacy_looks_for(full: ExportSource, tmp_path: Path) -> None:
    from spacy.tokens import Doc

    report = run_export(full, "spacy", tmp_path / "x.spacy")

    Doc.set_extension("rel", default={}, force=True)
    [doc] = _docs(tmp_path / "x.spacy")
    [tagged] = full.articles()
    spans = {span.start_char: span for span in doc.spans["sc"]}
    ents = {entity.start_char: entity for entity in doc.ents}
    assert (spans[17].kb_id_, ents[17].kb_id_, spans[64].kb_id_, spans[29].kb_id_) == ("1" * 32, "1" * 32, "3" * 32, "")
    assert doc.cats == {"doc_stance": 1.0}
    assert doc._.rel == {
        (ents[64].start, ents[17].start): {"AGENT": 1.0},
        (ents[64].start, ents[85].start): {"RECIPIENT": 1.0},
    }
    known = doc.user_data["tawsim"]
    assert known["tag_attributes"] == {
        spans[17].id_: {"mention": "named"},
        spans[109].id_: {"polarity": "positive", "n": 2},
    }
    assert known["tag_certainty"] == {spans[64].id_: "unsure"}
    assert known["tag_actors"] == {spans[17].id_: "1" * 32}
    assert known["tag_events"] == {spans[64].id_: "3" * 32}
    assert known["relations"][2] == {"id": f"{3:032x}", "type_id": "HOLDER", "source_id": spans[109].id_}
    assert known["relations"][3]["target_actor_id"] == "1" * 32
    assert known["document_tags"][0]["attributes"] == {"issue": "التطبيع", "doc_label": ("a", "b")}
    assert (report.tags_in, report.tags_out) == (9, 8)
    assert (report.relations_in, report.relations_out) == (6, 5)
    assert (report.document_tags_in, report.document_tags_out) == (1, 1)
    assert {loss.reason: loss.count for loss in report.losses} == {
        Reason.DISCONTINUOUS: 1,
        Reason.NOT_IN_ENTS_OVERLAP: 1,
        Reason.RELATION_END: 1,
        Reason.NOT_IN_REL: 3,
        Reason.ACTOR: 1,
        Reason.EVENT: 1,
    }
    assert len(tagged.spans) == 9


def test_a_number_beyond_64_bits_is_text(full: ExportSource, tmp_path: Path) -> None:
    [tagged] = full.articles()
    span = replace(tagged.spans[1], attributes={AttributeId("n"): 10**20})

    run_export(
        replace(full, articles=lambda: iter([replace(tagged, spans=(span,), relations=())])), "spacy", tmp_path / "x"
    )

    [doc] = _docs(tmp_path / "x")
    assert doc.user_data["tawsim"]["tag_attributes"] == {span.id: {"n": "100000000000000000000"}}


def _without(name: str) -> Callable[[Any], None]:
    return lambda doc: doc.user_data["tawsim"].pop(name)


def _unlinked(doc: Any) -> None:
    from spacy.tokens import Span

    doc.spans["sc"] = [Span(doc, one.start, one.end, label=one.label_, span_id=one.id_) for one in doc.spans["sc"]]


def _unrelated(doc: Any) -> None:
    doc.user_data[("._.", "rel", None, None)].popitem()


@pytest.mark.parametrize(
    "change",
    [
        *map(_without, ("tag_notes", "tag_attributes", "tag_certainty", "tag_actors", "tag_events", "relations")),
        _without("document_tags"),
        _unrelated,
        lambda doc: doc.cats.clear(),
        _unlinked,
    ],
)
def test_nothing_that_spacy_carries_may_differ(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], object]
) -> None:
    make = spacy_docbin._doc

    def changed(plan: Any, *modules: Any) -> Any:
        doc = make(replace(plan, content=deepcopy(plan.content)), *modules)
        change(doc)
        return doc

    monkeypatch.setattr(spacy_docbin, "_doc", changed)

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "spacy", tmp_path / "x.spacy")

    assert list(tmp_path.iterdir()) == []
