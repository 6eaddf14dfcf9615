# SPDX-License-Identifier: MIT
"""Reading Web Annotations that others made, well and badly."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import w3c, w3c_terms
from annotator.importers.registry import recognised
from annotator.model import exchange

TEXT = "Barack Obama visited Ankara and met Erdogan; Obama spoke."


def _read(tmp_path: Path, value: object) -> list[exchange.Document]:
    path = tmp_path / "x.jsonld"
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return list(w3c.read(path))


def _quote(exact: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def _position(start: int, end: int) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end}


def _tagged(label: str, *selectors: object, source: object = "http://a.example/1", **more: Any) -> dict[str, Any]:
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": label, "purpose": "tagging"},
        "target": {"source": source, "selector": list(selectors)},
        **more,
    }


def test_hypothesis_rows(tmp_path: Path) -> None:
    row = {
        "id": "abc",
        "user": "acct:layla@hypothes.is",
        "uri": "https://news.example/1",
        "text": "Who?",
        "tags": ["ACTOR", "person"],
        "document": {"title": ["The visit"]},
        "target": [
            {
                "source": "https://news.example/1",
                "selector": [
                    {"type": "RangeSelector", "startContainer": "/div[1]", "startOffset": 1},
                    _position(120, 132),
                    _quote("Barack Obama", prefix="then ", suffix=" visited"),
                ],
            }
        ],
    }
    page_note = {
        "id": "def",
        "uri": "https://news.example/1",
        "text": "odd",
        "tags": [],
        "target": [{"source": row["uri"]}],
    }

    [document] = _read(tmp_path, {"total": 2, "rows": [row, page_note]})

    assert (document.text, document.id, document.url, document.title) == ("", row["uri"], row["uri"], "The visit")
    found = [(tag.id, tag.label, tag.start, tag.end, tag.quote, tag.prefix, tag.suffix) for tag in document.tags]
    assert found == [
        ("abc", "ACTOR", 120, 132, "Barack Obama", "then ", " visited"),
        ("", "person", 120, 132, "Barack Obama", "then ", " visited"),
    ]
    assert {(tag.note, tag.annotator) for tag in document.tags} == {("Who?", "acct:layla@hypothes.is")}
    [about] = document.document_tags
    assert (about.id, about.label, about.note) == ("def", "highlighting", "odd")


def test_recogito(tmp_path: Path) -> None:
    def annotation(name: str, exact: str, start: int, *bodies: dict[str, str]) -> dict[str, Any]:
        selector = [_quote(exact), _position(start, start + len(exact))]
        return {"id": name, "type": "Annotation", "body": list(bodies), "target": {"selector": selector}}

    tag = {"type": "TextualBody", "value": "PER", "purpose": "tagging"}
    comment = {"type": "TextualBody", "value": "twice", "purpose": "commenting"}
    relation = {
        "id": "#r",
        "type": "Annotation",
        "motivation": "linking",
        "body": [{"type": "TextualBody", "value": "isA", "purpose": "tagging"}],
        "target": [{"id": "#a"}, {"id": "#b"}],
    }
    items = [relation, annotation("#a", "Barack Obama", 0, tag), annotation("#b", "Obama", 45, comment)]

    [document] = _read(tmp_path, items)

    assert [(one.id, one.label, one.note) for one in document.tags] == [
        ("#a", "PER", ""),
        ("#b", "highlighting", "twice"),
    ]
    assert [(one.type, one.source, one.target) for one in document.relations] == [("isA", "#a", "#b")]


def test_a_collection_with_texts(tmp_path: Path) -> None:
    source = {"id": "http://a.example/1", "type": "Text", "value": TEXT, "title": "Visit"}
    first = _tagged(
        "ACTOR", _quote("Obama", prefix="Erdogan; "), source=source, id="urn:x:1", creator="http://me.example"
    )
    second = _tagged("ACTOR", _quote("Barack Obama"), source="http://a.example/1", creator={"name": "Sami"})
    other = _tagged("ACTOR", _position(3, 5), source="http://a.example/2")
    page = {"type": "AnnotationPage", "items": [first, other, second]}

    one, two = _read(tmp_path, {"type": "AnnotationCollection", "total": 3, "first": page})

    assert (one.text, one.title, two.text) == (TEXT, "Visit", "")
    assert [(tag.start, tag.end, tag.annotator) for tag in one.tags] == [(45, 50, "http://me.example"), (0, 12, "Sami")]
    assert [(tag.start, tag.end, tag.quote) for tag in two.tags] == [(3, 5, None)]


def test_ways_to_say_it(tmp_path: Path) -> None:
    base = {"type": "Annotation", "target": {"source": "urn:s", "selector": _quote("x")}}
    bodies = [
        "http://wikidata.example/Q76",
        [{"type": "SpecificResource", "source": {"id": "urn:q"}, "purpose": ["oa:identifying"]}],
        {"type": "TextualBody", "value": "PER", "purpose": ["http://www.w3.org/ns/oa#tagging"]},
        {"type": "TextualBody", "value": "a note"},
        [{"type": "TextualBody", "value": "PER", "purpose": "classifying"}, "urn:a", "urn:b"],
    ]
    items = [{**base, "body": body} for body in bodies]
    items += [{**base, "bodyValue": "a word", "motivation": ["describing"]}]
    items += [{**base, "body": {"type": "TextualBody", "value": "PER"}, "motivation": "tagging"}]

    [document] = _read(tmp_path, items)

    assert [(tag.label, tag.note, tag.entity) for tag in document.tags] == [
        ("highlighting", "", "http://wikidata.example/Q76"),
        ("highlighting", "", "urn:q"),
        ("PER", "", ""),
        ("highlighting", "a note", ""),
        ("PER", "urn:b", "urn:a"),
        ("describing", "a word", ""),
        ("PER", "", ""),
    ]


def test_several_targets_are_several_tags(tmp_path: Path) -> None:
    target = [{"source": "urn:s", "selector": _quote(word)} for word in ("Obama", "Erdogan")]
    composite = {"type": "Composite", "items": target}

    [document] = _read(tmp_path, [{"id": "urn:1", "target": target}, {"id": "urn:2", "target": composite}])

    assert [(tag.id, tag.quote) for tag in document.tags] == [
        ("urn:1", "Obama"),
        ("", "Erdogan"),
        ("urn:2", "Obama Erdogan"),
    ]


def test_what_is_no_text_is_counted(tmp_path: Path) -> None:
    shape = {"type": "SvgSelector", "value": "<svg/>"}
    refined = {"type": "XPathSelector", "value": "/p", "refinedBy": _position(1, 2)}

    [document] = _read(tmp_path, [_tagged("A", shape), _tagged("B", refined)])

    assert [(tag.label, tag.start) for tag in document.tags] == [("B", 1)]
    assert document.skipped == {exchange.Skipped.KIND: 1}


@pytest.mark.parametrize("name", ["0" * 32, "a-3", "سطر", "urn:uuid:x", "x%20"])
def test_ids_are_iris_and_back(name: str) -> None:
    assert w3c_terms.iri(name).startswith("urn:")
    assert w3c_terms.name_of(w3c_terms.iri(name)) == name


@pytest.mark.parametrize("iri", ["http://x", "urn:tawsim:id:%41", "urn:uuid:1", "#a"])
def test_other_iris_are_as_they_are(iri: str) -> None:
    assert w3c_terms.name_of(iri) == iri


OURS = '{"@context": "http://www.w3.org/ns/anno.jsonld", "tawsim:version": "tawsim-w3c/1", "items": [\n'


@pytest.mark.parametrize(
    ("said", "key", "place"),
    [
        ("", "foreign_cut_short", ""),
        ("[", "foreign_cut_short", ""),
        ("no JSON", "foreign_malformed", ""),
        ("[1]", "foreign_malformed", "[1]"),
        ('{"type": "AnnotationPage", "items": [{"target": "urn:s"}, {}]}', "foreign_malformed", "[2]"),
        ([{"target": 1}], "foreign_malformed", "[1]"),
        ([_tagged("A", {"type": "TextPositionSelector", "start": "1", "end": 2})], "foreign_malformed", "[1]"),
        ([_tagged("A", {"type": "TextQuoteSelector", "exact": 1})], "foreign_malformed", "[1]"),
        ([_tagged("A", _position(5, 5))], "foreign_offsets", "[1]"),
        ([_tagged("A", _position(50, 99), source={"id": "urn:s", "value": TEXT})], "foreign_offsets", "[1]"),
        ([_tagged("A", _quote("a"), id="urn:1"), _tagged("A", _quote("b"), id="urn:1")], "foreign_twice", "[1]"),
        ([_tagged("A", _quote("a"), **{"tawsim:attributes": [1]})], "foreign_malformed", "[1]"),
        ([_tagged("A", _quote("a"), **{"tawsim:attributes": {"x": None}})], "foreign_malformed", "[1]"),
        (OURS, "foreign_cut_short", "1"),
        (OURS + '{"target": "urn:s"},\n', "foreign_cut_short", "2"),
        (OURS + '{"target": "urn:s"},\n{"target"', "foreign_cut_short", "3"),
        (OURS + "1\n]}", "foreign_malformed", "2"),
        (OURS + '{"target": "urn:s", "tawsim:document": 1}\n]}', "foreign_malformed", "2"),
        (OURS + '{"target": "urn:s", "tawsim:document": {}}\n]}', "foreign_malformed", "2"),
        (OURS.replace("w3c/1", "w3c/9") + "]}", "foreign_version", None),
    ],
)
def test_bad_files(tmp_path: Path, said: object, key: str, place: str | None) -> None:
    with pytest.raises(UserError) as error:
        _read(tmp_path, said)

    assert (error.value.key, error.value.params.get("place")) == (key, place)
    assert error.value.params["path"] == tmp_path / "x.jsonld"


def test_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "x.jsonld").write_bytes(b'[{"target": "\xff"}]')

    with pytest.raises(UserError, match="foreign_encoding"):
        list(w3c.read(tmp_path / "x.jsonld"))


@pytest.mark.parametrize("project", ['{"scheme": {}}', '{"scheme": null}', "1"])
def test_a_bad_header(tmp_path: Path, project: str) -> None:
    path = tmp_path / "x.jsonld"
    path.write_text(OURS.replace('"items"', f'"tawsim:project": {project}, "items"') + "]}")

    if project == "1":
        assert w3c.header(path) == exchange.NO_HEADER
    else:
        with pytest.raises(UserError, match="foreign_malformed"):
            w3c.header(path)


def test_recognised(tmp_path: Path) -> None:
    for name, said in (("a.jsonld", [_tagged("A", _quote("a"))]), ("b.json", {"rows": [_tagged("A", _quote("a"))]})):
        (tmp_path / name).write_text(json.dumps(said))
        assert recognised(tmp_path / name).id == "w3c"
        assert w3c.header(tmp_path / name) == exchange.NO_HEADER


KEYS = st.sampled_from(
    [
        *("id", "type", "body", "target", "source", "selector", "start", "end", "exact", "prefix", "items", "value"),
        *("purpose", "motivation", "creator", "name", "tags", "uri", "refinedBy", "document", "title"),
        *("tawsim:attributes", "tawsim:document", "tawsim:certainty"),
    ]
)
WORDS = st.sampled_from(
    ["Annotation", "Composite", "TextPositionSelector", "TextQuoteSelector", "tagging", "linking", "urn:1", "urn:2", ""]
)
VALUES = st.recursive(
    WORDS | st.integers(-3, 70) | st.booleans() | st.none() | st.just(1.5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)
ITEMS = st.lists(
    st.fixed_dictionaries({"target": VALUES}, optional={"body": VALUES, "id": WORDS, "motivation": WORDS}) | VALUES,
    max_size=4,
)


@given(said=ITEMS, ours=st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_annotations_are_read_or_refused(tmp_path: Path, said: list[object], ours: bool) -> None:
    lines = OURS + ",\n".join(map(json.dumps, said)) + "\n]}"

    assert _outcome(tmp_path, lines if ours else json.dumps(said)).startswith(("read", "foreign_"))


@given(said=st.binary(max_size=80))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, said: bytes) -> None:
    assert _outcome(tmp_path, OURS.encode() + said).startswith(("read", "foreign_"))
    assert _outcome(tmp_path, said).startswith(("read", "foreign_"))


def _outcome(tmp_path: Path, said: str | bytes) -> str:
    path = tmp_path / "x.jsonld"
    path.write_bytes(said if isinstance(said, bytes) else said.encode())
    try:
        w3c.recognise(path)
        w3c.header(path)
        list(w3c.read(path))
    except UserError as error:
        return error.key
    return "read"
