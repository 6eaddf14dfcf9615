# SPDX-License-Identifier: MIT
"""What an export takes of a project, in what parts, under what names: counted, and nothing cut in two."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.exporters import (
    ExportOptions,
    ExportSource,
    LabelNames,
    Overlap,
    Reason,
    TaggedArticle,
    Unit,
    preview_export,
    run_export,
)
from annotator.exporters.choosing import pseudonyms
from annotator.exporters.cutting import cut_article
from annotator.exporters.naming import Naming
from annotator.exporters.splitting import SplitBy, Splits
from annotator.model.ids import AnnotatorId, ArticleId, EventId, LabelId, LayerId
from annotator.model.names import Name

from .conftest import MODEL, ODD, SourceOf


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_of_layers_their_labels(full: ExportSource, tmp_path: Path) -> None:
    layer = full.scheme.label("ACTOR").layer_id
    report = run_export(full, "doccano", tmp_path / "x", ExportOptions(layers=frozenset({layer})))
    labels = {tag[2] for line in lines(tmp_path / "x") for tag in line["label"]}  # type: ignore[attr-defined]
    assert labels == {"ACTOR"}
    assert report.settings["layers"] == [layer]
    nothing = ExportOptions(layers=frozenset({LayerId("none")}), labels=frozenset({LabelId("ACTOR")}))
    assert run_export(full, "doccano", tmp_path / "y", nothing).tags_in == 0


@pytest.mark.parametrize(("names", "wanted"), [(LabelNames.ARABIC, "فاعل"), (LabelNames.ENGLISH, "Actor")])
def test_labels_go_by_their_names(full: ExportSource, tmp_path: Path, names: LabelNames, wanted: str) -> None:
    run_export(full, "doccano-relations", tmp_path / "x", ExportOptions(names=names))
    [line] = lines(tmp_path / "x")
    assert wanted in {one["label"] for one in line["entities"]}  # type: ignore[attr-defined]


def test_names_that_are_missing_or_taken_do_not_merge_labels(full: ExportSource) -> None:
    scheme = full.scheme
    labels = [replace(label, name=Name("Same", "")) for label in scheme.all_labels]
    labels[0] = replace(labels[0], name=Name("EVENT", ""))
    naming = Naming(replace(scheme, all_labels=tuple(labels)), LabelNames.ENGLISH)
    assert len({naming.label(label.id) for label in labels}) == len(labels)
    arabic = Naming(replace(scheme, all_labels=tuple(labels)), LabelNames.ARABIC)
    assert [arabic.label(label.id) for label in labels] == [label.id for label in labels]


def test_nobody_is_named(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "jsonl", tmp_path / "x", ExportOptions(anonymise=True))
    text = (tmp_path / "x").read_text(encoding="utf-8")
    assert [name for name in full.annotators.values() if name in text] == []
    assert [key for key in full.annotators if key in text] == []
    assert "/corpus/" not in text
    assert '"annotator-1"' in text


def test_pseudonyms_are_the_same_every_time_and_tell_no_order() -> None:
    ids = [AnnotatorId(f"{number:032x}") for number in range(20)]
    first = pseudonyms("p", ids)
    assert first == pseudonyms("p", reversed(ids))
    assert first != pseudonyms("q", ids)
    assert [first[one] for one in ids] != sorted(first.values(), key=lambda name: int(name.removeprefix("annotator-")))


@pytest.mark.parametrize(
    ("overlap", "kept"),
    [
        (Overlap.KEEP, {"نرحّب بالزيارة", "زيارة"}),
        (Overlap.LONGEST, {"نرحّب بالزيارة"}),
        (Overlap.FIRST, {"نرحّب بالزيارة"}),
    ],
)
def test_overlap(source_of: SourceOf, tmp_path: Path, overlap: Overlap, kept: set[str]) -> None:
    source = source_of((MODEL[0], [(109, 123, "STANCE"), (116, 121, "EVENT")]))
    report = run_export(source, "doccano", tmp_path / "x", ExportOptions(overlap=overlap))
    [line] = lines(tmp_path / "x")
    quotes = {MODEL[0][start:end] for start, end, _ in line["label"]}  # type: ignore[attr-defined]
    assert len(quotes) == len(kept)
    assert sum(loss.count for loss in report.losses) == 2 - len(kept)


def marked(source: ExportSource, *marks: tuple[int, int, str]) -> ExportSource:
    def articles():
        for tagged in source.articles():
            yield replace(tagged, article=replace(tagged.article, boilerplate=marks))

    return replace(source, articles=articles)


def test_boilerplate_is_left_out_with_what_touches_it(full: ExportSource, tmp_path: Path) -> None:
    [tagged] = full.articles()
    source = marked(full, (28, 41, "caption"), (len(tagged.text) - 1, len(tagged.text), "page"))
    report = run_export(source, "doccano-relations", tmp_path / "x", ExportOptions(without_boilerplate=True))
    [line] = lines(tmp_path / "x")
    assert line["text"] == tagged.text[:28] + tagged.text[41:-1]
    lost = {loss.reason: loss.count for loss in report.losses}
    assert lost[Reason.BOILERPLATE] == 1
    assert "Benny Gantz" not in str(line["text"])
    kept = run_export(source, "doccano", tmp_path / "y")
    assert Reason.BOILERPLATE not in {loss.reason for loss in kept.losses}


def test_units_are_documents_of_their_own(full: ExportSource, tmp_path: Path) -> None:
    report = run_export(full, "doccano-relations", tmp_path / "x", ExportOptions(unit=Unit.PARAGRAPH))
    [tagged] = full.articles()
    assert [line["text"] for line in lines(tmp_path / "x")] == tagged.text.strip().split("\n")
    assert [line["article_id"] for line in lines(tmp_path / "x")] == [f"{tagged.article.id}-{n}" for n in (1, 2)]
    assert report.articles == 1
    assert report.tags_in == len(tagged.spans)


def test_our_own_format_is_never_cut(full: ExportSource, tmp_path: Path) -> None:
    options = ExportOptions(
        unit=Unit.SENTENCE, overlap=Overlap.FIRST, names=LabelNames.ARABIC, without_boilerplate=True
    )
    report = run_export(full, "jsonl", tmp_path / "x", options)
    assert (report.settings["unit"], report.settings["overlap"], report.losses) == ("article", "keep", ())


TEXTS = st.text(alphabet="اب .\n؟😀\u00a0", max_size=60)


@given(
    text=TEXTS,
    edges=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6),
    marks=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
    unit=st.sampled_from(Unit),
)
def test_cutting_loses_nothing_untold(
    full: ExportSource,
    text: str,
    edges: list[tuple[int, int]],
    marks: list[tuple[int, int]],
    unit: Unit,
) -> None:
    tagged = made(full, text, edges, marks)
    cut = cut_article(tagged, unit, without_boilerplate=True)
    kept = [span for part in cut.parts for span in part.spans]
    lost = [one.id for reason, one in cut.lost if reason is Reason.BOILERPLATE]
    assert Counter([*(span.id for span in kept), *lost]) == Counter(span.id for span in tagged.spans)
    for part in cut.parts:
        for span in part.spans:
            assert part.text[span.start : span.end] == span.quote
    if unit is Unit.ARTICLE and not tagged.article.boilerplate:
        assert cut.parts == (tagged,)
    words = {span.id: text[span.start : span.end] for span in tagged.spans}
    if not tagged.article.boilerplate:
        assert all(span.quote == words[span.id] for span in kept)


def made(full: ExportSource, text: str, edges: list[tuple[int, int]], marks: list[tuple[int, int]]) -> TaggedArticle:
    [tagged] = full.articles()
    pattern = tagged.spans[1]
    inside = [(start, end) for start, end in edges if start < end <= len(text)]
    spans = tuple(
        replace(pattern, id=f"{number:032x}", start=start, end=end, quote=text[start:end])
        for number, (start, end) in enumerate(inside)
    )
    ranges = tuple((start, end, "page") for start, end in marks if start < end <= len(text))
    article = replace(tagged.article, boilerplate=ranges, length=len(text))
    return TaggedArticle(article, text, spans)


# Splits


def many(source_of: SourceOf, count: int) -> ExportSource:
    source = source_of(*[MODEL, ODD] * (count // 2))

    def articles():
        for number, tagged in enumerate(source.articles()):
            article = replace(
                tagged.article,
                outlet=f"outlet {number % 5}",
                date=f"2024-01-{number % 28 + 1:02}",
                duplicate_group=ArticleId(f"{number // 4:032x}") if number < 8 else None,
            )
            yield replace(tagged, article=article)

    return replace(source, articles=articles)


@pytest.mark.parametrize("kind", ["jsonl", "doccano", "conll", "brat"])
def test_a_split_export_is_a_folder_with_each_split(source_of: SourceOf, tmp_path: Path, kind: str) -> None:
    source = many(source_of, 20)
    report = run_export(source, kind, tmp_path / "x", ExportOptions(splits=Splits(shares=(600, 200, 200))))
    assert [part.name for part in report.parts] == ["train", "dev", "test"]
    assert sum(part.articles for part in report.parts) == report.articles == 20
    assert sum(sum(part.labels.values()) for part in report.parts) == report.tags_in
    assert report.splitting
    assert report.splitting.proof.holds
    record = json.loads((tmp_path / "x" / "export_report.json").read_text(encoding="utf-8"))["exports"]["x"]
    assert Counter(record["splits"].values()) == {part.name: part.articles for part in report.parts}
    assert record["proof"]["torn"] == []
    names = {path.name.partition(".")[0] for path in (tmp_path / "x").iterdir()}
    assert {"train", "dev", "test"} <= names


@pytest.mark.parametrize(
    ("by", "key"),
    [
        (SplitBy.OUTLET, lambda tagged: tagged.article.outlet),
        (SplitBy.DUPLICATES, lambda tagged: tagged.article.duplicate_group or tagged.article.id),
        (SplitBy.EVENT, lambda tagged: {span.event_id for span in tagged.spans} - {None} or tagged.article.id),
    ],
)
def test_what_belongs_together_is_in_one_split(source_of: SourceOf, tmp_path: Path, by: SplitBy, key) -> None:
    source = many(source_of, 20)
    if by is SplitBy.EVENT:
        plain = source.articles

        def articles():
            for number, tagged in enumerate(plain()):
                spans = [*tagged.spans]
                spans[0] = replace(spans[0], event_id=EventId(f"{number % 6:032x}"))
                yield replace(tagged, spans=tuple(spans))

        source = replace(source, articles=articles)
    report = run_export(source, "conll", tmp_path / "x", ExportOptions(splits=Splits(by=(by,), shares=(500, 250, 250))))
    found: dict[str, set[str]] = {}
    for tagged in source.articles():
        found.setdefault(str(key(tagged)), set()).add(report.splits[tagged.article.id])
    assert all(len(splits) == 1 for splits in found.values())
    assert len(set(report.splits.values())) == 3


def test_the_same_split_gives_the_same_bytes_and_another_seed_others(source_of: SourceOf, tmp_path: Path) -> None:
    source = many(source_of, 20)

    def contents(name: str, seed: int) -> dict[str, bytes]:
        run_export(source, "doccano", tmp_path / name, ExportOptions(splits=Splits(seed=seed)))
        return {path.name: path.read_bytes() for path in (tmp_path / name).glob("*.doccano.jsonl")}

    assert contents("a", 1) == contents("b", 1)
    assert contents("a", 1) != contents("c", 2)


def test_a_folder_of_something_else_is_left_alone(full: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "thesis.docx").write_bytes(b"1")
    with pytest.raises(UserError) as caught:
        run_export(full, "brat", tmp_path / "x")
    assert caught.value.key == "export_folder_taken"
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["thesis.docx"]
    (tmp_path / "y").write_bytes(b"1")
    with pytest.raises(UserError, match="path_unwritable"):
        run_export(full, "brat", tmp_path / "y")


def test_an_older_export_is_replaced_whole(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "brat", tmp_path / "x")
    (tmp_path / "x" / "left-over.ann").write_bytes(b"")
    run_export(full, "brat", tmp_path / "x")
    assert not (tmp_path / "x" / "left-over.ann").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_a_cancelled_folder_leaves_the_older_one(full: ExportSource, tmp_path: Path) -> None:
    run_export(full, "brat", tmp_path / "x")
    before = sorted(path.name for path in (tmp_path / "x").iterdir())
    with pytest.raises(UserError, match="cancelled"):
        run_export(full, "brat", tmp_path / "x", progress=lambda *_: False)
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize("kind", ["conll", "doccano", "brat"])
def test_a_preview_says_what_would_be_lost_and_writes_nothing(full: ExportSource, tmp_path: Path, kind: str) -> None:
    report = run_export(full, kind, tmp_path / "x")
    steps: list[int] = []
    preview = preview_export(full, kind, progress=lambda done, _all, _name: steps.append(done) or True)
    assert preview.losses == report.losses
    assert (preview.tags_in, preview.articles) == (report.tags_in, report.articles)
    assert steps == [1]


@pytest.mark.parametrize(("kind", "counted"), [("w3c", 1), ("spacy", 0), ("jsonl", 0)])
def test_of_two_links_the_one_that_does_not_come_along_is_counted(
    full: ExportSource, tmp_path: Path, kind: str, counted: int
) -> None:
    [tagged] = full.articles()
    spans = [*tagged.spans]
    spans[1] = replace(spans[1], actor_id=next(iter(full.actors)), event_id=next(iter(full.events)))
    source = replace(full, articles=lambda: iter([replace(tagged, spans=tuple(spans))]))
    report = run_export(source, kind, tmp_path / "x")
    assert sum(loss.count for loss in report.losses if loss.reason is Reason.SECOND_LINK) == counted
