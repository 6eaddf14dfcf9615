# SPDX-License-Identifier: MIT
"""UIMA CAS of others, in XMI and JSON: type systems, slots and layers of any kind; and what is wrong with a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.importers import cas_json, cas_xmi
from annotator.model import exchange
from annotator.model.exchange import Skipped

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" '
    'xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" '
    'xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" '
    'xmlns:syntax="http:///de/tudarmstadt/ukp/dkpro/core/api/syntax/type/dependency.ecore" xmi:version="2.0">'
)
SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="😀 Gantz met Bassil"/>'
TAIL = f'{SOFA}<cas:View sofa="1" members="2 3 4 5 6 7 8 9"/></xmi:XMI>'
PLACE = 'sofa="1" begin="3" end="8"'
NAMED = f'<ner:NamedEntity xmi:id="2" {PLACE} value="PER" identifier="http://x/Q1"/>'
OTHER = '<custom:Actor xmi:id="3" sofa="1" begin="13" end="19" role="x"/>'
TYPES = """<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Kind</name><supertypeName>uima.cas.String</supertypeName></typeDescription>
<typeDescription><name>webanno.custom.Base</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
<featureDescription><name>kind</name><rangeTypeName>webanno.custom.Kind</rangeTypeName></featureDescription>
<featureDescription><name>next</name><rangeTypeName>webanno.custom.Base</rangeTypeName></featureDescription>
</features></typeDescription>
<typeDescription><name>webanno.custom.Actor</name><supertypeName>webanno.custom.Base</supertypeName></typeDescription>
</types></typeSystemDescription>"""


def _xmi(folder: Path, *parts: str) -> exchange.Document:
    path = folder / "x.xmi"
    path.write_text("".join(parts), encoding="utf-8", newline="")
    [document] = cas_xmi.read(folder)
    return document


def test_named_entities_and_custom_layers(tmp_path: Path) -> None:
    document = _xmi(tmp_path, HEAD, NAMED, OTHER, TAIL)

    assert [(one.label, one.quote, one.entity, one.attributes) for one in document.tags] == [
        ("PER", "Gantz", "http://x/Q1", {}),
        ("Actor", "Bassil", "", {"role": "x"}),
    ]
    assert document.id == "x"


def test_relations_slots_and_what_relates_words(tmp_path: Path) -> None:
    document = _xmi(
        tmp_path,
        HEAD,
        NAMED,
        OTHER,
        f'<custom:Rel xmi:id="4" {PLACE} Governor="3" Dependent="2" value="MEETS"/>',
        f'<custom:Rel xmi:id="9" {PLACE} Governor="99" Dependent="2" value="MEETS"/>',
        f'<syntax:Dependency xmi:id="8" {PLACE} Governor="98" Dependent="2" DependencyType="subj"/>',
        '<custom:Event xmi:id="5" sofa="1" begin="9" end="12" agents="6 7"/>',
        '<custom:EventLink xmi:id="6" role="agent" target="2"/><custom:EventLink xmi:id="7" target="3"/>',
        TAIL,
    )

    assert [(one.type, one.source, one.target) for one in document.relations] == [
        ("MEETS", "3", "2"),
        ("agent", "5", "2"),
        ("agents", "5", "3"),
    ]
    assert document.skipped == {Skipped.KIND: 1}


def test_the_type_system_says_what_is_a_value(tmp_path: Path) -> None:
    (tmp_path / "TypeSystem.xml").write_text(TYPES, encoding="utf-8")
    actor = f'<custom:Actor xmi:id="4" {PLACE} kind="3" next="3"><tags>a</tags><tags>b</tags></custom:Actor>'

    document = _xmi(tmp_path, HEAD, OTHER, actor, TAIL)

    assert [tag.attributes for tag in document.tags if tag.quote == "Gantz"] == [{"kind": "3", "tags": "a, b"}]


def test_what_is_in_no_view_is_not_there(tmp_path: Path) -> None:
    assert _xmi(tmp_path, HEAD, NAMED, OTHER, TAIL.replace("2 3 4", "2 4")).tags[0].label == "PER"


def test_annotations_of_no_width_are_counted(tmp_path: Path) -> None:
    document = _xmi(tmp_path, HEAD, OTHER.replace('end="19"', 'end="13"'), TAIL)

    assert (document.tags, document.skipped) == ((), {Skipped.KIND: 1})


def test_elements_of_chains_are_tags_and_chains_are_counted(tmp_path: Path) -> None:
    links = f'<custom:Link xmi:id="4" {PLACE} next="5"/><custom:Link xmi:id="5" sofa="1" begin="13" end="19"/>'

    document = _xmi(tmp_path, HEAD, links, '<custom:Chain xmi:id="6" sofa="1" first="4"/>', TAIL)

    assert [(one.label, one.quote, one.attributes) for one in document.tags] == [
        ("Link", "Gantz", {}),
        ("Link", "Bassil", {}),
    ]
    assert (document.document_tags, document.skipped) == ((), {Skipped.KIND: 1})


def test_metadata_of_a_document(tmp_path: Path) -> None:
    document = _xmi(tmp_path, HEAD, '<custom:Genre xmi:id="4" sofa="1" value="news" since="1999"/>', TAIL)

    [about] = document.document_tags
    assert (about.label, about.attributes) == ("news", {"since": "1999"})


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("foreign_malformed", [HEAD, NAMED]),
        ("foreign_malformed", ["<a/>"]),
        ("foreign_malformed", [HEAD, NAMED.replace('begin="3"', 'begin="x"'), TAIL]),
        ("foreign_malformed", [HEAD, NAMED.replace('begin="3"', 'begin="-3"'), TAIL]),
        ("foreign_malformed", [HEAD, NAMED.replace('xmi:id="2" ', ""), TAIL]),
        ("foreign_offsets", [HEAD, NAMED.replace('end="8"', 'end="99"'), TAIL]),
        ("foreign_offsets", [HEAD, NAMED.replace('end="8"', 'end="1"'), TAIL]),
        ("foreign_twice", [HEAD, NAMED, NAMED, TAIL]),
        ("foreign_missing", [HEAD, NAMED, "</xmi:XMI>"]),
        ("foreign_unsafe", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<a>&b;</a>"]),
    ],
)
def test_what_is_wrong_with_xmi(tmp_path: Path, key: str, parts: list[str]) -> None:
    with pytest.raises(UserError, match=key):
        _xmi(tmp_path, *parts)


def test_a_type_system_with_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "TypeSystem.xml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a/>', encoding="utf-8")

    with pytest.raises(UserError, match="foreign_unsafe"):
        _xmi(tmp_path, HEAD, NAMED, TAIL)


def _sofa(**more: Any) -> dict[str, Any]:
    known = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": "😀 Gantz"}
    return known | more


def _tag(**more: Any) -> dict[str, Any]:
    return {"%ID": 2, "%TYPE": "webanno.custom.Actor", "@sofa": 1, "begin": 3, "end": 8, "value": "A"} | more


def _json(folder: Path, *structures: Any, **more: Any) -> exchange.Document:
    data = {"%TYPES": {}, "%FEATURE_STRUCTURES": list(structures), **more}
    (folder / "x.json").write_text(json.dumps(data), encoding="utf-8")
    [document] = cas_json.read(folder)
    return document


def test_json_with_slots_numbers_and_truth(tmp_path: Path) -> None:
    link = {"%ID": 4, "%TYPE": "webanno.custom.L", "role": "self", "@target": 2}
    array = {"%ID": 5, "%TYPE": "webanno.custom.L[]", "%ELEMENTS": [4]}
    tag = _tag(**{"@slots": 5, "n": 3, "sure": True, "#weight": "NaN", "list": []})

    document = _json(tmp_path, _sofa(), tag, link, array)

    assert [(one.label, one.quote, one.attributes) for one in document.tags] == [
        ("A", "Gantz", {"n": "3", "sure": "true", "weight": "NaN"})
    ]
    assert [(one.type, one.source, one.target) for one in document.relations] == [("self", "2", "2")]


def test_json_by_ids(tmp_path: Path) -> None:
    data = {"%FEATURE_STRUCTURES": {"1": _sofa(), "2": _tag()}, "%VIEWS": {"_InitialView": {"%SOFA": 1}}}
    (tmp_path / "x.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")

    [document] = cas_json.read(tmp_path)

    assert len(document.tags) == 1
    assert cas_json.recognise(tmp_path)


@pytest.mark.parametrize(
    ("key", "structures"),
    [
        ("foreign_missing", [_tag()]),
        ("foreign_malformed", [1]),
        ("foreign_malformed", [{"%ID": 1}]),
        ("foreign_malformed", [_sofa(sofaString=3)]),
        ("foreign_malformed", [_sofa(), _tag(begin=1.5)]),
        ("foreign_malformed", [_sofa(), _tag(begin=True)]),
        ("foreign_malformed", [_sofa(), _tag(begin=None)]),
        ("foreign_offsets", [_sofa(), _tag(end=10**9)]),
        ("foreign_twice", [_sofa(), _tag(), _tag()]),
        ("foreign_twice", [_sofa(), _sofa()]),
    ],
)
def test_what_is_wrong_with_json(tmp_path: Path, key: str, structures: list[Any]) -> None:
    with pytest.raises(UserError, match=key):
        _json(tmp_path, *structures)


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("foreign_cut_short", b'{"%TYPES": {'),
        ("foreign_malformed", b'{"%TYPES": {}}'),
        ("foreign_malformed", b'{"%TYPES": ]'),
        ("foreign_malformed", b'{"%TYPES": ' + b"[" * 100_000),
    ],
)
def test_what_is_no_cas(tmp_path: Path, key: str, raw: bytes) -> None:
    (tmp_path / "x.json").write_bytes(raw)

    with pytest.raises(UserError, match=key):
        list(cas_json.read(tmp_path / "x.json"))
