# SPDX-License-Identifier: MIT
"""Dataset folders: `datasets` loads them as anyone would, our reader finds everything, the card says what is true."""

import os
import re
from dataclasses import replace
from pathlib import Path

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from datasets import ClassLabel, Features
from seqeval.metrics.sequence_labeling import get_entities

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, LabelNames, Overlap, Reason, Unit, huggingface, run_export
from annotator.exporters.agreement import Agreement
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.huggingface import ABILITIES
from annotator.exporters.huggingface_card import _size
from annotator.exporters.splitting import Splits
from annotator.importers import huggingface as reader
from annotator.importers.registry import recognised

GANTZ, VISIT = "1" * 32, "3" * 32


def _exported(source: ExportSource, folder: Path, **options) -> Path:
    path = folder / "set"
    run_export(source, "huggingface", path, ExportOptions(**options))
    return path


def _loaded(path: Path, cache: Path, name: str = "default"):
    return datasets.load_dataset(str(path), name, cache_dir=str(cache / "cache"), streaming=True)


def _front_matter(path: Path):
    text = (path / "README.md").read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1])


@pytest.mark.parametrize("fixture", ["corpus", "full"])
def test_everything_comes_back(fixture: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source = request.getfixturevalue(fixture)
    documents = list(reader.read(_exported(source, tmp_path)))

    carrier = Carrier(source, ExportOptions(), ABILITIES)
    carried = [carrier.carry(tagged).document for tagged in source.articles()]
    assert [entry_of(one, ABILITIES) for one in documents] == [entry_of(one, ABILITIES) for one in carried]
    assert recognised(tmp_path / "set").id == "huggingface"


def test_datasets_loads_the_folder(full: ExportSource, tmp_path: Path) -> None:
    path = _exported(full, tmp_path)
    [tagged] = full.articles()

    loaded = _loaded(path, tmp_path)
    assert list(loaded) == ["train"]
    features = loaded["train"].features
    label = features["entities"].feature["label"]
    assert isinstance(label, ClassLabel)
    assert label.names == ["ACTOR", "EVENT", "STANCE", "PLACE", "TIME"]
    assert features["ner_tags"].feature.names[:3] == ["O", "B-ACTOR", "I-ACTOR"]
    [row] = loaded["train"]
    assert row["text"] == tagged.text
    gantz = row["entities"][1]
    assert row["text"][gantz["start"] : gantz["end"]] == "بيني غانتس" == gantz["text"]
    assert (label.int2str(gantz["label"]), gantz["entity_id"], gantz["annotator"]) == ("ACTOR", GANTZ, "Sami")
    assert row["entities"][0]["pieces"] == [[0, 4], [64, 69]]
    types = features["relations"].feature["type"]
    ends = [(types.int2str(one["type"]), one["head"], one["tail"], one["entity_id"]) for one in row["relations"]]
    assert ends[0] == ("AGENT", 4, 1, "")
    assert [one[2:] for one in ends[2:5]] == [(-1, ""), (-1, GANTZ), (-1, VISIT)]


def test_tokens_are_labelled(full: ExportSource, tmp_path: Path) -> None:
    path = tmp_path / "set"
    report = run_export(full, "huggingface", path)
    loaded = _loaded(path, tmp_path)["train"]
    [row] = loaded
    names = [loaded.features["ner_tags"].feature.int2str(tag) for tag in row["ner_tags"]]

    found = [(label, row["tokens"][first : last + 1]) for label, first, last in get_entities(names)]
    assert found == [
        ("ACTOR", ["بيني", "غانتس"]),
        ("ACTOR", ["Benny", "Gantz"]),
        ("ACTOR", ["جانتس"]),
        ("EVENT", ["سيزور"]),
        ("ACTOR", ["أردوغان"]),
        ("ACTOR", ["إردوغان"]),
        ("STANCE", ["نرحّب", "بالزيارة"]),
    ]
    [loss] = report.losses
    assert (loss.reason, loss.count, loss.left_out) == (Reason.NOT_IN_NER, 2, False)


def test_the_registry_is_another_configuration(full: ExportSource, tmp_path: Path) -> None:
    path = _exported(full, tmp_path)

    [actor] = _loaded(path, tmp_path, "actors")["train"]
    [event] = _loaded(path, tmp_path, "events")["train"]
    assert (actor["name_ar"], actor["aliases"], actor["anonymous"]) == ("بيني غانتس", ["جانتس"], False)
    assert (event["title"], event["participants"]) == ("زيارة أنقرة", [GANTZ])
    header = reader.header(path)
    assert header.actors == tuple(replace(one, annotator_id="Sami") for one in full.actors.values())
    assert header.events == tuple(replace(one, annotator_id="Sami") for one in full.events.values())


def test_splits_are_called_as_datasets_calls_them(source_of, model: ExportSource, tmp_path: Path) -> None:
    [tagged] = model.articles()
    source = source_of(*[(tagged.text, [(17, 27, "ACTOR")])] * 10)
    path = _exported(source, tmp_path, splits=Splits(shares=(600, 200, 200)))

    loaded = _loaded(path, tmp_path)
    sizes = {split: len(list(rows)) for split, rows in loaded.items()}
    assert sizes == {"train": 6, "validation": 2, "test": 2}
    [info] = _front_matter(path)["dataset_info"]
    assert {one["name"]: one["num_examples"] for one in info["splits"]} == sizes
    assert len(list(reader.read(path))) == 10
    assert "| ACTOR | 6 | 2 | 2 | 10 |" in (path / "README.md").read_text(encoding="utf-8")


def test_the_front_matter_is_that_of_datasets(full: ExportSource, tmp_path: Path) -> None:
    path = _exported(full, tmp_path, licence="CC-BY-4.0")
    known = _front_matter(path)

    assert (known["language"], known["license"], known["pretty_name"]) == (["ar"], "cc-by-4.0", "مشروع")
    assert (known["task_categories"], known["size_categories"]) == (["token-classification"], ["n<1K"])
    assert [one["config_name"] for one in known["configs"]] == ["default", "actors", "events"]
    features = Features._from_yaml_list(known["dataset_info"][0]["features"])
    assert features == _loaded(path, tmp_path)["train"].features
    footer = pq.read_schema(path / "data" / "train-00000-of-00001.parquet")
    assert Features.from_arrow_schema(footer) == features


@pytest.mark.parametrize(
    ("licence", "lines"),
    [
        ("", ["license: unknown"]),
        ("CC-BY-SA-4.0", ["license: cc-by-sa-4.0"]),
        ("ODbL-1.0", ["license: odbl"]),
        ('My "own"\n', ["license: other", 'license_name: "My \\U00000022own\\U00000022\\U0000000a"']),
    ],
)
def test_licences(licence: str, lines: list[str], full: ExportSource, tmp_path: Path) -> None:
    path = _exported(full, tmp_path, licence=licence)

    text = (path / "README.md").read_text(encoding="utf-8")
    assert "\n".join(lines) in text
    assert _front_matter(path)["license"] == lines[0].split()[1]


def test_the_card_tells_who_agrees(source_of, tmp_path: Path) -> None:
    # Tags are dealt out to Sami and ليلى in turn: one in common, one with another label, one of Sami's only.
    tags = [(0, 3, "ACTOR"), (0, 3, "ACTOR"), (4, 7, "ACTOR"), (4, 7, "EVENT"), (8, 9, "EVENT")]
    path = _exported(source_of(("قال زيد x", tags)), tmp_path)

    text = (path / "README.md").read_text(encoding="utf-8")
    assert "| Sami – ليلى | 1 | 0.400 | 0.500 |" in text


def test_no_two_no_agreement(source_of, tmp_path: Path) -> None:
    path = _exported(source_of(("قال زيد", [(4, 7, "ACTOR")])), tmp_path, anonymise=True)

    text = (path / "README.md").read_text(encoding="utf-8")
    assert "agreement is not known" in text
    assert "Sami" not in text
    assert re.search(r"\| annotator-[12] \| 1 \|", text)


def test_agreement_is_that_of_articles_both_have_tagged() -> None:
    agreement = Agreement()
    agreement.add([("a", (0, 0, 1, "X")), ("b", (0, 0, 1, "X")), ("b", (0, 2, 3, "X"))])
    agreement.add([("a", (0, 0, 9, "X"))])
    agreement.add([("a", (0, 0, 1, "X")), ("c", (1, 0, 1, "X"))])

    first, second = agreement.pairs()
    assert (first.first, first.second, first.articles, first.f1, first.labels) == ("a", "b", 1, 2 / 3, 1.0)
    assert (second.first, second.second, second.f1, second.labels) == ("a", "c", 0.0, None)


def test_nothing_to_write(source_of, tmp_path: Path) -> None:
    path = _exported(source_of(), tmp_path)

    assert sorted(file.name for file in path.iterdir()) == ["README.md", "export_report.json"]
    assert "configs" not in _front_matter(path)


@pytest.mark.parametrize(
    "options", [{"unit": Unit.SENTENCE}, {"overlap": Overlap.FIRST}, {"names": LabelNames.ARABIC, "anonymise": True}]
)
def test_options(options: dict, full: ExportSource, tmp_path: Path) -> None:
    path = _exported(full, tmp_path, **options)
    documents = list(reader.read(path))

    assert len(documents) == (2 if "unit" in options else 1)
    if "names" in options:
        assert _loaded(path, tmp_path)["train"].features["entities"].feature["label"].names[0] == "فاعل"
        assert {tag.annotator for one in documents for tag in one.tags} == {"annotator-1", "annotator-2"}


def test_the_same_project_gives_the_same_bytes(full: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = _exported(full, tmp_path / "a"), _exported(full, tmp_path / "b")

    files = [file.relative_to(one) for file in sorted(one.rglob("*")) if file.is_file()]
    assert len(files) == 5
    assert [(one / file).read_bytes() for file in files] == [(other / file).read_bytes() for file in files]


def test_rows_are_written_in_groups(monkeypatch: pytest.MonkeyPatch, corpus: ExportSource, tmp_path: Path) -> None:
    monkeypatch.setattr(huggingface, "_GROUP_ROWS", 2)
    path = _exported(corpus, tmp_path)

    assert pq.ParquetFile(path / "data" / "train-00000-of-00001.parquet").num_row_groups == 3


def test_our_own_reader_where_datasets_cannot(
    monkeypatch: pytest.MonkeyPatch, full: ExportSource, tmp_path: Path
) -> None:
    odd = tmp_path / "[a]"
    odd.mkdir()
    _exported(full, odd)

    class _Missing:
        installed = False

    monkeypatch.setattr(huggingface, "_DATASETS", _Missing())
    assert run_export(full, "huggingface", tmp_path / "x").verified_by.endswith(" and tawsim")


def test_the_environment_stays_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.delenv("HF_DATASETS_OFFLINE", raising=False)
    with huggingface._offline():
        assert os.environ["HF_DATASETS_OFFLINE"] == os.environ["HF_HUB_OFFLINE"] == "1"
    assert os.environ["HF_HUB_OFFLINE"] == "0"
    assert "HF_DATASETS_OFFLINE" not in os.environ


@pytest.mark.parametrize("column", ["text", "tokens", "ner_tags", "relations"])
def test_another_value_is_found(
    column: str, monkeypatch: pytest.MonkeyPatch, full: ExportSource, tmp_path: Path
) -> None:
    write = huggingface.write

    def tampered(path: Path, *more):
        yield from write(path, *more)
        file = path / "data" / "train-00000-of-00001.parquet"
        table = pq.read_table(file)
        [row] = table.to_pylist()
        row[column] = row[column][:-1]
        pq.write_table(pa.Table.from_pylist([row], schema=table.schema), file)

    found = replace(huggingface.FORMAT, write=tampered)
    monkeypatch.setattr("annotator.exporters.running.find_format", lambda _: found)
    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "huggingface", tmp_path / "x")


def test_a_card_that_lies_is_found(monkeypatch: pytest.MonkeyPatch, full: ExportSource, tmp_path: Path) -> None:
    monkeypatch.setattr(huggingface, "write_card", lambda folder, *_: (folder / "README.md").write_text(
        "---\nconfigs:\n- config_name: default\n  data_files:\n  - split: test\n    path: data/*\n---\n"
    ))  # fmt: skip
    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "huggingface", tmp_path / "x")


def test_sizes() -> None:
    assert [_size(rows) for rows in (0, 999, 1_000, 10**7)] == ["n<1K", "n<1K", "1K<n<10K", "10M<n<100M"]
