# SPDX-License-Identifier: MIT
"""W3C Web Annotations: what the file says, what comes back, and that a change in it is noticed."""

import json
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, LabelNames, Overlap, Unit, run_export
from annotator.exporters.base import Entry
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.w3c import ABILITIES, read_back
from annotator.exporters.w3c_check import Checker
from annotator.importers import w3c
from annotator.importers.registry import recognised

SOURCE = "urn:uuid:00000000-0000-0001-0000-000000000000"


@pytest.fixture
def file(full: ExportSource, tmp_path: Path) -> Path:
    run_export(full, "w3c", tmp_path / "out.jsonld")
    return tmp_path / "out.jsonld"


def _items(file: Path) -> list[dict]:
    return json.loads(file.read_text(encoding="utf-8"))["items"]


def test_page(file: Path) -> None:
    page = json.loads(file.read_text(encoding="utf-8"))

    assert page["type"] == "AnnotationPage"
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["tawsim:version"] == "tawsim-w3c/1"
    assert [one["motivation"] for one in page["items"]] == [
        "describing",
        *["tagging"] * 9,
        *["linking"] * 6,
        "classifying",
    ]
    assert len({one["id"] for one in page["items"]}) == len(page["items"])


def test_text(file: Path, full: ExportSource) -> None:
    [tagged] = full.articles()
    first = _items(file)[0]

    assert first["body"] == {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "text/plain",
        "value": tagged.text,
    }
    assert first["target"] == {"id": SOURCE, "type": "Text", "format": "text/plain", "textDirection": "rtl"}
    assert first["tawsim:document"]["source"] == "/corpus/1.txt"


def test_tags(file: Path, full: ExportSource) -> None:
    [tagged] = full.articles()
    pieces, gantz = _items(file)[1:3]

    assert pieces["target"]["type"] == "Composite"
    assert [one["selector"][0] for one in pieces["target"]["items"]] == [
        {"type": "TextPositionSelector", "start": 0, "end": 4},
        {"type": "TextPositionSelector", "start": 64, "end": 69},
    ]
    assert gantz == {
        "id": "urn:uuid:00000000-0000-0001-0000-000000000000",
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"type": "Person", "name": "Sami"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "ACTOR"},
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": "urn:uuid:11111111-1111-1111-1111-111111111111",
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": SOURCE,
            "selector": [
                {"type": "TextPositionSelector", "start": 17, "end": 27},
                {
                    "type": "TextQuoteSelector",
                    "exact": "بيني غانتس",
                    "prefix": tagged.text[:17],
                    "suffix": tagged.text[27:59],
                },
            ],
        },
        "tawsim:attributes": {"mention": "named"},
    }


def test_relations_and_document_tags(file: Path) -> None:
    items = _items(file)

    ends = [one["body"][1] for one in items if one["motivation"] == "linking"]
    assert [one["purpose"] for one in ends] == [
        "linking",
        "linking",
        "identifying",
        "identifying",
        "identifying",
        "linking",
    ]
    assert ends[2]["source"] == "tawsim:author"
    assert ends[3]["source"] == "urn:uuid:11111111-1111-1111-1111-111111111111"
    assert items[-1]["target"] == SOURCE
    assert items[-1]["tawsim:attributes"] == {"issue": "التطبيع", "doc_label": ["a", "b"]}


@pytest.mark.parametrize("name", ["corpus", "full"])
def test_what_comes_back(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source = request.getfixturevalue(name)
    path = tmp_path / "out.jsonld"
    report = run_export(source, "w3c", path)
    carrier = Carrier(source, ExportOptions(), ABILITIES)

    documents = list(w3c.read(path))

    carried = [carrier.carry(tagged).document for tagged in source.articles()]
    assert [entry_of(one, ABILITIES) for one in documents] == [entry_of(one, ABILITIES) for one in carried]
    assert [one.text for one in documents] == [one.text for one in carried]
    assert report.losses == ()
    assert report.verified_by.startswith("PyLD ") or report.verified_by.startswith("pyld ")
    header = w3c.header(path)
    assert header.scheme == source.scheme
    assert {one.id: one.name for one in header.annotators} == source.annotators
    assert {one.id: one for one in header.actors} == source.actors
    assert {one.id: one for one in header.events} == source.events
    assert recognised(path).id == "w3c"


def test_pyld_reads_the_whole_page(file: Path) -> None:
    """The page as it is, its first context given for its address, is what we mean in RDF."""
    from pyld import jsonld

    words = Checker(file)._context[0]

    def load(url: str, options: object) -> dict:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": words}, "contentType": ""}

    [page] = jsonld.expand(json.loads(file.read_text(encoding="utf-8")), {"documentLoader": load})
    items = page["https://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert len(items) == 17
    oa = "http://www.w3.org/ns/oa#"
    assert items[2]["@type"] == [f"{oa}Annotation"]
    [target] = items[2][f"{oa}hasTarget"]
    assert target[f"{oa}hasSelector"][0][f"{oa}start"] == [{"@value": 17}]
    assert items[2]["urn:tawsim:vocabulary#attributes"] == [{"@type": "@json", "@value": {"mention": "named"}}]
    assert items[1][f"{oa}hasTarget"][0]["@type"] == [f"{oa}Composite"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"start": 17', '"start": 18'),
        ('"exact": "بيني غانتس"', '"exact": "بيني غانتز"'),
        ('"value": "STANCE"', '"value": "ACTOR"'),
        ('"mention": "named"', '"mention": "nominal"'),
        ('"n": 2', '"n": 3'),
        ('"source": "tawsim:author"', '"source": "urn:uuid:33333333-3333-3333-3333-333333333333"'),
        ('"value": "بالإنجليزية"', '"value": "بالعربية"'),
        ('"name": "ليلى"}, "body": [{"type": "TextualBody", "purpose": "classifying"',
         '"name": "Sami"}, "body": [{"type": "TextualBody", "purpose": "classifying"'),
        ('"name_en": "Benny Gantz"', '"name_en": "Gantz"'),
        ('"motivation": "classifying"', '"motivation": "commenting"'),
        ("\n]}", ""),
        ("أعلن وزير الدفاع بيني غانتس (Benny Gantz) في 9 مارس", "أعلن وزير الدفاع بيني غانتس (Benny Gantz) في 8 مارس"),
    ],
)  # fmt: skip
def test_a_change_is_noticed(file: Path, old: str, new: str) -> None:
    before = _said(file)
    text = file.read_text(encoding="utf-8")
    assert old in text

    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")

    assert _said(file) != before


def _said(file: Path) -> list[Entry] | str:
    try:
        return list(read_back(file, ""))
    except UserError as error:
        return error.key


def test_the_same_project_makes_the_same_file(full: ExportSource, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run_export(full, "w3c", tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_units_names_and_overlap(full: ExportSource, tmp_path: Path) -> None:
    options = ExportOptions(unit=Unit.PARAGRAPH, overlap=Overlap.LONGEST, names=LabelNames.ARABIC, anonymise=True)

    run_export(full, "w3c", tmp_path / "out.jsonld", options)

    documents = list(w3c.read(tmp_path / "out.jsonld"))
    assert [one.id for one in documents] == [f"{1:016x}{0:016x}-{number}" for number in (1, 2)]
    assert {tag.label for one in documents for tag in one.tags} == {"فاعل", "حدث", "موقف"}
    assert {tag.annotator for one in documents for tag in one.tags} == {"annotator-1", "annotator-2"}
