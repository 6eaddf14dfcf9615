# SPDX-License-Identifier: MIT
"""An export is whole or it did not happen, and its report tells the truth."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from errno import EACCES, EDQUOT, ENOSPC
from pathlib import Path

import pytest

from annotator import files
from annotator.errors import UserError
from annotator.exporters import (
    FORMATS,
    ExportOptions,
    ExportSource,
    Format,
    Layout,
    Reason,
    Subject,
    TaggedArticle,
    registry,
    run_export,
)
from annotator.exporters.base import Entry
from annotator.importers.jsonl import read_jsonl
from annotator.model.article import ArticleState
from annotator.model.ids import AnnotatorId, LabelId

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own

EACH = pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)
#: A table of events and a codebook say nothing of an article without events.
OF_EACH_ARTICLE = {key: kind for key, kind in FORMATS.items() if key not in {"plover", "refi-codebook"}}
EACH_OF_ARTICLES = pytest.mark.parametrize("kind", OF_EACH_ARTICLE.values(), ids=OF_EACH_ARTICLE)


def _files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@EACH
def test_the_same_twice_is_the_same_bytes(corpus: ExportSource, tmp_path: Path, kind: Format) -> None:
    name = f"x{kind.suffix}"
    run_export(corpus, kind.id, tmp_path / name)
    first = _files(tmp_path)
    run_export(corpus, kind.id, tmp_path / name)

    assert _files(tmp_path) == first
    in_folder = kind.layout is not Layout.FILE
    assert ("x/export_report.json" if in_folder else "export_report.json") in first
    assert {one.partition("/")[0] for one in first} == ({name} if in_folder else {name, "export_report.json"})


@EACH
def test_the_report_adds_up(corpus: ExportSource, tmp_path: Path, kind: Format) -> None:
    report = run_export(corpus, kind.id, tmp_path / "x")

    assert report.tags_in == 14
    assert report.tags_in == report.tags_out + sum(loss.count for loss in report.losses if loss.tag_lost)
    assert {loss.reason for loss in report.losses} <= set(kind.losses)
    assert list(report.text_sha256.values()) == [one.article.text_sha256 for one in corpus.articles()]


def test_the_report_file_says_what_the_report_says(model: ExportSource, tmp_path: Path) -> None:
    report = run_export(model, "conll", tmp_path / "x.conll")

    document = json.loads((tmp_path / "export_report.json").read_text(encoding="utf-8"))
    entry = document["exports"]["x.conll"]
    assert (entry["tags_in"], entry["tags_out"], entry["articles"]) == (8, 7, 1)
    assert entry["export_format"] == "conll"
    assert entry["verified_by"] == report.verified_by
    assert entry["settings"]["clitics"] == "split"
    assert entry["losses"][0] == {
        "reason": "overlap",
        "of": "tag",
        "left_out": True,
        "tag_lost": True,
        "count": 1,
        "examples": [
            {
                "article": "أعلن وزير الدفاع بيني غانتس (Benny Gantz",
                "start": 116,
                "end": 123,
                "quote": "الزيارة",
                "label": "EVENT",
            }
        ],
    }


def test_one_report_file_holds_all_exports_of_a_folder(model: ExportSource, tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl", "b.jsonl"):
        run_export(model, "jsonl", tmp_path / name)

    document = json.loads((tmp_path / "export_report.json").read_text(encoding="utf-8"))
    assert list(document["exports"]) == ["a.jsonl", "b.jsonl"]


@pytest.mark.parametrize("foreign", [b"{}", b"[]", b"\xff", b""])
def test_a_foreign_file_called_export_report_is_left_alone(model: ExportSource, tmp_path: Path, foreign: bytes) -> None:
    (tmp_path / "export_report.json").write_bytes(foreign)

    run_export(model, "jsonl", tmp_path / "x.jsonl")

    assert (tmp_path / "export_report.json").read_bytes() == foreign
    assert json.loads((tmp_path / "x.jsonl.export_report.json").read_text(encoding="utf-8"))["exports"]


def test_what_was_chosen_is_exported(corpus: ExportSource, tmp_path: Path) -> None:
    articles = [tagged.article.id for tagged in corpus.articles()]
    options = ExportOptions(
        articles=frozenset(articles[:2]),
        states=frozenset({ArticleState.DONE}),
        labels=frozenset({LabelId("ACTOR")}),
        annotators=frozenset({AnnotatorId("a" * 32)}),
    )

    report = run_export(corpus, "jsonl", tmp_path / "x.jsonl", options)

    [only] = read_jsonl(tmp_path / "x.jsonl")[1]
    assert only.article.id == articles[0]
    assert [span.start for span in only.spans] == [17, 58, 85]
    assert (report.articles, report.tags_in, report.tags_out) == (1, 3, 3)
    assert report.settings["states"] == ["done"]
    assert report.settings["articles"] == sorted(articles[:2])


@EACH_OF_ARTICLES
def test_progress_goes_over_every_article_twice(corpus: ExportSource, tmp_path: Path, kind: Format) -> None:
    seen: list[tuple[int, int, str]] = []

    run_export(corpus, kind.id, tmp_path / "x", progress=lambda *step: seen.append(step) is None)

    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    assert {total for _, total, _ in seen} == {10}
    assert len(seen) >= 8
    assert seen[0][2].startswith("أعلن وزير")


@EACH_OF_ARTICLES
@pytest.mark.parametrize("steps", [1, 3, 6, 8])
def test_a_cancelled_export_leaves_nothing(corpus: ExportSource, tmp_path: Path, kind: Format, steps: int) -> None:
    with pytest.raises(UserError, match="cancelled"):
        run_export(corpus, kind.id, tmp_path / "x", progress=lambda done, *_: done < steps)

    assert _files(tmp_path) == {}


@EACH
def test_an_older_file_stays_when_an_export_fails(corpus: ExportSource, tmp_path: Path, kind: Format) -> None:
    run_export(corpus, kind.id, tmp_path / "x")
    before = _files(tmp_path)

    def breaks() -> Iterator[TaggedArticle]:
        yield next(corpus.articles())
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError):
        run_export(replace(corpus, articles=breaks), kind.id, tmp_path / "x")

    assert _files(tmp_path) == before


@EACH_OF_ARTICLES
def test_a_full_disk(source_of, corpus: ExportSource, tmp_path: Path, kind: Format) -> None:
    resource = pytest.importorskip("resource")
    run_export(corpus, kind.id, tmp_path / "x")
    before = _files(tmp_path)
    # No two articles alike, or spaCy packs them into nothing.
    many = source_of(*[(" ".join(f"كلمة{n * 7919 + k}" for k in range(200)), []) for n in range(20)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(UserError, match="disk_full") as error:
            run_export(many, kind.id, tmp_path / "x")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert error.value.params["path"] == str(tmp_path / "x")
    assert _files(tmp_path) == before


@pytest.mark.parametrize(("number", "key"), [(ENOSPC, "disk_full"), (EDQUOT, "disk_full"), (EACCES, "path_unwritable")])
def test_what_the_system_refuses_has_a_name(tmp_path: Path, number: int, key: str) -> None:
    def write() -> None:
        with files.beside(tmp_path / "x") as temporary:
            temporary.write_text("half")
            raise OSError(number, "refused")

    with pytest.raises(UserError, match=key):
        write()

    assert _files(tmp_path) == {}


def test_a_folder_that_is_not_there(model: ExportSource, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="path_unwritable"):
        run_export(model, "jsonl", tmp_path / "none" / "x.jsonl")

    assert _files(tmp_path) == {}


def test_a_folder_that_is_a_file(model: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")

    with pytest.raises(UserError, match="path_unwritable"):
        run_export(model, "jsonl", tmp_path / "file" / "x.jsonl")

    assert _files(tmp_path) == {"file": b"mine"}


def test_a_destination_that_is_a_folder(model: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").mkdir()

    with pytest.raises(UserError, match="path_unwritable"):
        run_export(model, "jsonl", tmp_path / "x.jsonl")


def test_a_project_is_never_written_over(model: ExportSource, tmp_path: Path) -> None:
    project = b"SQLite format 3\0 and all of a year's work"
    (tmp_path / "x.tawsim").write_bytes(project)

    with pytest.raises(UserError, match="export_over_project"):
        run_export(model, "jsonl", tmp_path / "x.tawsim")

    assert _files(tmp_path) == {"x.tawsim": project}


def test_an_export_called_as_the_report_is_not_replaced_by_it(model: ExportSource, tmp_path: Path) -> None:
    run_export(model, "jsonl", tmp_path / "export_report.json")

    assert read_jsonl(tmp_path / "export_report.json")
    assert (tmp_path / "export_report.json.export_report.json").exists()


def test_a_link_stays_a_link(model: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "x.jsonl").symlink_to(tmp_path / "there" / "real.jsonl")

    run_export(model, "jsonl", tmp_path / "x.jsonl")

    assert (tmp_path / "x.jsonl").is_symlink()
    assert read_jsonl(tmp_path / "there" / "real.jsonl")


def test_a_long_arabic_name(model: ExportSource, tmp_path: Path) -> None:
    name = "م" * 124 + ".jsonl"

    run_export(model, "jsonl", tmp_path / name)

    assert (tmp_path / name).exists()


def test_an_unknown_format(model: ExportSource, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="format_unknown") as error:
        run_export(model, "xml", tmp_path / "x")

    assert error.value.params == {"format": "xml", "known": ", ".join(FORMATS)}


def _lies(path: Path, part: str) -> Iterator[Entry]:
    for entry in FORMATS["jsonl"].read_back(path, part):
        yield replace(entry, content="other")


def _fewer(path: Path, part: str) -> Iterator[Entry]:
    yield from list(FORMATS["jsonl"].read_back(path, part))[:-1]


def _more(path: Path, part: str) -> Iterator[Entry]:
    entries = list(FORMATS["jsonl"].read_back(path, part))
    yield from [*entries, entries[-1]]


def _unreadable(path: Path, part: str) -> Iterator[Entry]:
    path.write_text("{", encoding="utf-8")
    yield from FORMATS["jsonl"].read_back(path, part)


@pytest.mark.parametrize("read_back", [_lies, _fewer, _more, _unreadable])
def test_a_file_that_reads_otherwise_is_not_kept(
    model: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read_back
) -> None:
    run_export(model, "jsonl", tmp_path / "x.jsonl")
    before = _files(tmp_path)
    broken = replace(FORMATS["jsonl"], read_back=read_back)
    monkeypatch.setattr(registry, "FORMATS", {"jsonl": broken})

    with pytest.raises(UserError, match="export_mismatch") as error:
        run_export(model, "jsonl", tmp_path / "x.jsonl")

    assert error.value.params["path"] == str(tmp_path / "x.jsonl")
    assert _files(tmp_path) == before


@pytest.mark.parametrize("damage", ["text", "quote"])
def test_a_source_that_contradicts_itself_is_refused(model: ExportSource, tmp_path: Path, damage: str) -> None:
    [tagged] = model.articles()
    wrong = (
        replace(tagged, text=tagged.text[:-1] + "!")
        if damage == "text"
        else replace(tagged, spans=(replace(tagged.spans[0], quote="غانتس"),))
    )

    with pytest.raises(UserError, match="export_source_damaged") as error:
        run_export(replace(model, articles=lambda: iter([wrong])), "jsonl", tmp_path / "x.jsonl")

    assert error.value.params["article"] == tagged.article.title
    assert _files(tmp_path) == {}


@pytest.mark.parametrize("end", ["source_id", "target_span_id", "target_actor_id", "target_event_id"])
@EACH
def test_a_relation_that_leads_nowhere_is_refused(full: ExportSource, tmp_path: Path, kind: Format, end: str) -> None:
    [tagged] = full.articles()
    wrong = replace(tagged, relations=(replace(tagged.relations[2], **{end: "9" * 32}),))

    with pytest.raises(UserError, match="export_source_damaged") as error:
        run_export(replace(full, articles=lambda: iter([wrong])), kind.id, tmp_path / "x")

    assert error.value.params["article"] == tagged.article.title


def test_no_more_than_five_examples_of_a_loss(source_of, tmp_path: Path) -> None:
    source = source_of(("قال " * 9, [(n * 4, 36, "ACTOR") for n in range(9)]))

    report = run_export(source, "conll", tmp_path / "x.conll")

    [loss] = [loss for loss in report.losses if loss.reason is Reason.OVERLAP]
    assert (loss.count, len(loss.examples)) == (8, 5)


def test_links_in_a_circle_and_names_too_long(model: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for path in (tmp_path / "loop" / "x.jsonl", tmp_path / ("x" * 300)):
        with pytest.raises(UserError, match="path_unwritable"):
            run_export(model, "jsonl", path)
    assert [item.name for item in tmp_path.iterdir()] == ["loop"]


@pytest.mark.skipif(sys.platform != "linux", reason="names there are Unicode")
def test_destination_whose_name_is_no_unicode(model: ExportSource, tmp_path: Path) -> None:
    for _ in range(2):
        run_export(model, "jsonl", tmp_path / "x\udcff.jsonl")
    report = json.loads((tmp_path / "export_report.json").read_text(encoding="utf-8"))
    assert list(report["exports"]) == ["x\udcff.jsonl"]


def test_examples_say_where_a_relation_leads(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "conll", tmp_path / "x.conll")

    examples = {loss.reason: loss.examples for loss in report.losses}
    assert [(one.label, one.quote, one.target) for one in examples[Reason.RELATION]] == [
        ("AGENT", "سيزور", "بيني غانتس"),
        ("RECIPIENT", "سيزور", "أردوغان"),
        ("HOLDER", "نرحّب بالزيارة", ""),
        ("TARGET", "نرحّب بالزيارة", "بيني غانتس"),
        ("TARGET", "نرحّب بالزيارة", "زيارة أنقرة"),
    ]
    assert [one.quote for one in examples[Reason.DISCONTINUOUS]] == ["أعلن … سيزور"]
    assert [one.label for one in examples[Reason.DOCUMENT_TAG]] == ["doc_stance"]
    assert [one.quote for one in (*examples[Reason.ACTOR], *examples[Reason.EVENT])] == ["بيني غانتس", "زيارة أنقرة"]


def test_the_report_file_counts_relations_and_document_tags(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "conll", tmp_path / "x.conll")

    entry = json.loads((tmp_path / "export_report.json").read_text(encoding="utf-8"))["exports"]["x.conll"]
    assert (entry["relations_in"], entry["relations_out"]) == (6, 0)
    assert (entry["document_tags_in"], entry["document_tags_out"]) == (1, 0)
    losses = {loss["reason"]: loss for loss in entry["losses"]}
    assert (losses["relation"]["of"], losses["relation"]["left_out"], losses["relation"]["tag_lost"]) == (
        "relation",
        True,
        False,
    )
    assert losses["relation"]["examples"][2]["target"] == ""
    assert losses["actor"]["examples"] == [{"article": "", "label": "", "quote": "بيني غانتس"}]


@EACH
def test_a_relation_goes_with_the_tags_at_its_ends(full: ExportSource, tmp_path: Path, kind: Format) -> None:
    options = ExportOptions(labels=frozenset({LabelId("EVENT"), LabelId("STANCE")}))

    report = run_export(full, kind.id, tmp_path / "x", options)

    ends = [loss for loss in report.losses if loss.reason is Reason.RELATION_END]
    assert [(loss.count, loss.of, loss.left_out) for loss in ends] == [(3, Subject.RELATION, True)]
    assert [one.target for one in ends[0].examples] == ["بيني غانتس", "أردوغان", "بيني غانتس"]
    assert report.relations_in == 6
    gone = sum(loss.count for loss in report.losses if loss.left_out and loss.of is Subject.RELATION)
    assert report.relations_out == report.relations_in - gone


@EACH
def test_what_others_did_is_not_exported_if_they_are_not_chosen(
    full: ExportSource, tmp_path: Path, kind: Format
) -> None:
    [tagged] = full.articles()
    options = ExportOptions(annotators=frozenset({AnnotatorId("a" * 32)}))

    report = run_export(full, kind.id, tmp_path / "x", options)

    assert report.tags_in == sum(span.annotator_id == "a" * 32 for span in tagged.spans)
    assert (report.relations_in, report.document_tags_in) == (5, 0)


def _without_relations(path: Path, part: str) -> Iterator[Entry]:
    for entry in FORMATS["jsonl"].read_back(path, part):
        yield replace(entry, relations=0)


def test_relations_that_are_not_in_the_file_are_noticed(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(FORMATS["jsonl"], read_back=_without_relations)
    monkeypatch.setattr(registry, "FORMATS", {"jsonl": broken})

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "jsonl", tmp_path / "x.jsonl")

    assert _files(tmp_path) == {}


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (b',"certainty":"unsure"', b""),
        (b',"pieces":[[0,4],[64,69]]', b""),
        (b'"mention":"named"', b'"mention":"nominal"'),
        (b'"n":2', b'"n":2.0'),
        (b',"actor_id":"' + b"1" * 32 + b'"', b""),
        (b'"type_id":"RECIPIENT"', b'"type_id":"AGENT"'),
        (b'"target_actor_id":"' + b"1" * 32 + b'"', b'"target_actor_id":null'),
        (b'"note":"\xd8\xb9\xd9\x86', b'"note":"'),
        (b'"aliases":["', b'"aliases":["x'),
        (b'"date":"2022-03"', b'"date":"2022-04"'),
    ],
)
def test_nothing_that_jsonl_carries_may_differ(
    full: ExportSource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bytes, instead: bytes
) -> None:
    def read_back(path: Path, part: str) -> Iterator[Entry]:
        written = path.read_bytes()
        assert there in written
        path.write_bytes(written.replace(there, instead))
        yield from FORMATS["jsonl"].read_back(path, part)

    monkeypatch.setattr(registry, "FORMATS", {"jsonl": replace(FORMATS["jsonl"], read_back=read_back)})

    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "jsonl", tmp_path / "x.jsonl")

    assert _files(tmp_path) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_device_is_never_replaced_by_a_file(corpus: ExportSource, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(UserError, match="path_unwritable"):
        run_export(corpus, "jsonl", tmp_path / "pipe")

    assert (tmp_path / "pipe").is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
