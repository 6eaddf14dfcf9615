# SPDX-License-Identifier: MIT
"""A folder for spaCy: spaCy loads it and finds every tag at its characters, and so does our reader."""

import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.exporters import (
    Clitics,
    ExportOptions,
    ExportSource,
    LabelNames,
    Overlap,
    Reason,
    Unit,
    run_export,
    spacy_docbin,
)
from annotator.exporters.carrying import entry_of
from annotator.exporters.placing import Placed
from annotator.exporters.spacy_docbin import segment
from annotator.exporters.spacy_training import config
from annotator.exporters.splitting import Splits
from annotator.importers import spacy_docbin as reader
from annotator.model import exchange
from annotator.model.ids import AttributeId

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own


def _docs(path: Path) -> list:
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("ar").vocab
    return [doc for file in sorted(path.glob("*/part-*.spacy")) for doc in DocBin().from_disk(file).get_docs(vocab)]


def test_every_tag_is_in_doc_spans(corpus: ExportSource, tmp_path: Path) -> None:
    report = run_export(corpus, "spacy", tmp_path / "x")

    for doc, tagged in zip(_docs(tmp_path / "x"), corpus.articles(), strict=True):
        assert doc.text == tagged.text
        assert [(s.id_, s.label_, s.start_char, s.end_char, s.text) for s in doc.spans["sc"]] == [
            (s.id, s.label_id, s.start, s.end, s.quote) for s in tagged.spans
        ]
        assert doc.user_data["tawsim"]["article_id"] == tagged.article.id
        assert doc.user_data["tawsim"]["title"] == tagged.article.title
    assert report.tags_in == report.tags_out == 14
    assert report.verified_by.startswith("spacy 3")


def test_doc_ents_hold_the_longest(model: ExportSource, tmp_path: Path) -> None:
    report = run_export(model, "spacy", tmp_path / "x")

    [doc] = _docs(tmp_path / "x")
    [tagged] = model.articles()
    assert [(e.id_, e.start_char, e.end_char) for e in doc.ents] == [
        (s.id, s.start, s.end) for s in tagged.spans if s.start != 116
    ]
    assert {loss.reason: loss.count for loss in report.losses} == {Reason.NOT_IN_ENTS_OVERLAP: 1}
    assert doc.user_data["tawsim"]["tag_notes"] == {tagged.spans[1].id: "بالإنجليزية"}


def test_an_entity_never_begins_or_ends_with_a_blank(corpus: ExportSource, tmp_path: Path) -> None:
    run_export(corpus, "spacy", tmp_path / "x")

    entities = [entity for doc in _docs(tmp_path / "x") for entity in doc.ents]
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
    report = run_export(model, "spacy", tmp_path / "x", ExportOptions(clitics=clitics))

    [doc] = _docs(tmp_path / "x")
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
        run_export(model, "spacy", tmp_path / "x")

    assert error.value.params["extra"] == "tawsim[spacy]"
    assert error.value.params["command"] == 'pip install "tawsim[spacy]"'
    assert list(tmp_path.iterdir()) == []


def test_what_a_user_of_spacy_looks_for(full: ExportSource, tmp_path: Path) -> None:
    from spacy.tokens import Doc

    report = run_export(full, "spacy", tmp_path / "x")

    Doc.set_extension("rel", default={}, force=True)
    [doc] = _docs(tmp_path / "x")
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
    holder = {"id": f"{3:032x}", "type": "HOLDER", "type_id": "HOLDER", "source_id": spans[109].id_}
    assert known["relations"][2] == holder
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
        run_export(full, "spacy", tmp_path / "x")

    assert list(tmp_path.iterdir()) == []


def test_our_reader_finds_everything(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "spacy", tmp_path / "x")

    [document] = reader.read(tmp_path / "x")
    [tagged] = full.articles()
    there = [span for span in tagged.spans if not span.pieces]
    assert document == exchange.Document(
        text=tagged.text,
        id=tagged.article.id,
        title=tagged.article.title,
        source="/corpus/1.txt",
        tags=tuple(
            exchange.Tag(
                span.label_id,
                span.start,
                span.end,
                id=span.id,
                note=span.note,
                unsure=span.certainty == "unsure",
                attributes=span.attributes,
                entity=span.actor_id or span.event_id or "",
                place="[0]",
            )
            for span in there
        ),
        relations=tuple(
            exchange.Relation(
                one.type_id,
                one.source_id,
                one.target_span_id or "",
                one.target_actor_id or one.target_event_id or "",
                one.id,
                place="[0]",
            )
            for one in tagged.relations[:5]
        ),
        document_tags=(
            exchange.DocumentTag(
                "doc_stance",
                "d" * 32,
                "عن المقال",
                attributes={"issue": "التطبيع", "doc_label": ("a", "b")},
                place="[0]",
            ),
        ),
        place="[0]",
    )
    assert reader.recognise(tmp_path / "x")


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("overlap", Overlap)
def test_options(full: ExportSource, tmp_path: Path, unit: Unit, overlap: Overlap) -> None:
    options = ExportOptions(unit=unit, overlap=overlap, names=LabelNames.ARABIC)
    report = run_export(full, "spacy", tmp_path / "x", options)

    documents = list(reader.read(tmp_path / "x"))
    assert len(documents) == (1 if unit is Unit.ARTICLE else 2)
    assert sum(len(one.tags) for one in documents) == report.tags_out == (8 if overlap is Overlap.KEEP else 7)
    assert {tag.label for one in documents for tag in one.tags} == {"فاعل", "حدث", "موقف"}
    assert all(one.id.startswith(f"{1:016x}") for one in documents)
    for one in documents:
        assert entry_of(one, spacy_docbin.ABILITIES).tags == len(one.tags)
    pipeline = '["tok2vec", "ner", "spancat"]' if overlap is Overlap.KEEP else '["tok2vec", "ner"]'
    assert f"pipeline = {pipeline}\n" in (tmp_path / "x" / "config.cfg").read_text("utf-8")


def test_files_hold_so_many_documents_each(
    source_of: Callable[..., ExportSource], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spacy_docbin, "_MOST_DOCUMENTS", 3)
    monkeypatch.setattr(spacy_docbin, "_MOST_TOKENS", 10)
    source = source_of(*[("قال أمس", [(0, 3, "ACTOR")])] * 7, ("كلمة " * 11, []), ("ثم", []))

    run_export(source, "spacy", tmp_path / "x")

    assert [len(list(reader.read(path))) for path in sorted((tmp_path / "x" / "corpus").iterdir())] == [3, 3, 1, 1, 1]
    assert [doc.text for doc in _docs(tmp_path / "x")] == [tagged.text for tagged in source.articles()]


SPLIT = ExportOptions(splits=Splits(shares=(500, 250, 250)))


def test_splits_are_folders(source_of: Callable[..., ExportSource], tmp_path: Path) -> None:
    source = source_of(*[(f"قال غانتس {n}", [(4, 9, "ACTOR")]) for n in range(8)])

    run_export(source, "spacy", tmp_path / "x", SPLIT)

    names = {path.name for path in (tmp_path / "x").iterdir()}
    assert names == {"train", "dev", "test", "config.cfg", "README.md", "export_report.json"}
    text = (tmp_path / "x" / "config.cfg").read_text("utf-8")
    assert 'train = "train"\ndev = "dev"\n' in text
    assert "evaluate ../model/model-best test" in (tmp_path / "x" / "README.md").read_text("utf-8")
    assert len(list(reader.read(tmp_path / "x"))) == 8


def test_labels_in_the_configuration() -> None:
    labels = ["فاعل", 'a "b" ${paths.train} $ % \\']

    from thinc.api import Config

    found = Config().from_str(config("x", "y", labels, with_spans=True))

    assert found["initialize"]["components"]["spancat"]["labels"] == labels
    assert found["paths"]["train"] == "x"
    assert "spancat" not in Config().from_str(config("x", "y", labels, with_spans=False))["components"]


@pytest.mark.slow
@pytest.mark.parametrize("overlap", [Overlap.KEEP, Overlap.LONGEST])
def test_spacy_trains(source_of: Callable[..., ExportSource], tmp_path: Path, overlap: Overlap) -> None:
    texts = [f"قال وزير الدفاع بيني غانتس إن الزيارة {n} ستكون غدا في تركيا." for n in range(8)]
    tags = [(4, 15, "ACTOR"), (16, 26, "ACTOR"), (4, 26, "STANCE")]
    options = replace(SPLIT, overlap=overlap, names=LabelNames.ARABIC)
    run_export(source_of(*[(text, tags) for text in texts]), "spacy", tmp_path / "x", options)

    call = [sys.executable, "-m", "spacy", "train", "config.cfg", "--output", "../model", "--training.max_steps", "1"]
    done = subprocess.run(call, cwd=tmp_path / "x", capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "model" / "model-last" / "ner").is_dir()
    assert (tmp_path / "model" / "model-last" / "spancat").is_dir() is (overlap is Overlap.KEEP)
