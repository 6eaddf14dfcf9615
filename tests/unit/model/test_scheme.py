# SPDX-License-Identifier: MIT
"""Schemes: what is found in them, and what is read from files, written and refused."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import i18n
from annotator.errors import UserError
from annotator.model.attributes import Attribute, AttributeKind, Value
from annotator.model.ids import AttributeId, DocumentLabelId, LabelId, LayerId, RelationTypeId
from annotator.model.names import NO_NAME, Name
from annotator.model.scheme import DocumentLabel, Label, Layer, Links, RelationType, Scheme
from annotator.model.scheme_file import default_json, dump_scheme, parse_scheme, part_from_json, part_to_json

PAGE = Path(__file__).parents[3] / "docs" / "scheme-format.md"
Edit = Callable[[dict[str, Any]], object]


def example() -> str:
    """Return the example of the page that describes the format."""
    return PAGE.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]


@pytest.fixture
def scheme() -> Scheme:
    return parse_scheme(example(), where="example.json")


def refused(source: str) -> str:
    """Return what is said of a scheme that cannot be read."""
    with pytest.raises(UserError) as caught:
        parse_scheme(source, where="s.json")
    assert (caught.value.key, caught.value.params["path"]) == ("scheme_unreadable", "s.json")
    assert "s.json" in i18n.describe(caught.value)
    return str(caught.value.params["detail"])


def test_what_is_wrong_with_a_file_is_told_in_words_and_not_at_endless_length() -> None:
    assert refused('{"format": "tawsim-scheme/2"}') == '"id" is missing'
    without_labels = json.loads(example())
    without_labels["labels"] = []
    told = refused(json.dumps(without_labels))
    assert told.startswith("no labels; ")
    assert re.search(r"; and \d+ more$", told)


class TestLookingUp:
    def test_labels_in_their_layers(self, scheme: Scheme) -> None:
        assert [label.id for label in scheme.labels] == ["CROWD", "PROTEST"]
        assert [label.id for label in scheme.labels_of("what")] == ["PROTEST"]
        assert scheme.label("CROWD").links is Links.ACTOR
        assert scheme.layer_index("PROTEST") == 1

    def test_what_is_asked_of_labels(self, scheme: Scheme) -> None:
        assert [attribute.id for attribute in scheme.attributes_of("PROTEST")] == ["form", "length", "violent"]
        assert [attribute.id for attribute in scheme.attributes_of("ARTICLE")] == ["tone"]
        assert [kind.id for kind in scheme.relation_types_from("PROTEST")] == ["BY"]
        assert scheme.relation_types_from("CROWD") == ()
        assert scheme.links_of(scheme.relation_type("BY")) == {Links.ACTOR}
        assert scheme.document_label("ARTICLE").name.ar == "المقال"

    def test_archived_parts_are_found_but_not_offered(self, scheme: Scheme) -> None:
        gone = replace(
            scheme,
            layers=(replace(scheme.layers[0], archived=True), *scheme.layers[1:]),
            attributes=tuple(replace(attribute, archived=True) for attribute in scheme.attributes),
            relation_types=tuple(replace(kind, archived=True) for kind in scheme.relation_types),
        )
        assert [label.id for label in gone.labels] == ["PROTEST"]
        assert (gone.attributes_of("PROTEST"), gone.relation_types_from("PROTEST")) == ((), ())
        assert (gone.label("CROWD").id, gone.attribute("form").id, gone.relation_type("BY").id) == (
            "CROWD",
            "form",
            "BY",
        )

    @pytest.mark.parametrize(
        ("look", "key", "params"),
        [
            (lambda s: s.label("X"), "label_unknown", {"label": "X", "known": "CROWD, PROTEST"}),
            (lambda s: s.layer_index("X"), "label_unknown", {"label": "X", "known": "CROWD, PROTEST"}),
            (
                lambda s: s.attribute("X"),
                "attribute_unknown",
                {"attribute": "X", "known": "form, length, violent, tone"},
            ),
            (lambda s: s.relation_type("X"), "relation_type_unknown", {"relation_type": "X", "known": "BY"}),
            (lambda s: s.document_label("X"), "document_label_unknown", {"label": "X", "known": "ARTICLE"}),
        ],
    )
    def test_unknown_part(
        self, scheme: Scheme, look: Callable[[Scheme], object], key: str, params: dict[str, str]
    ) -> None:
        with pytest.raises(UserError) as caught:
            look(scheme)
        assert (caught.value.key, caught.value.params) == (key, params)

    def test_parts_come_before_those_that_point_to_them(self, scheme: Scheme) -> None:
        kinds = [type(part) for part in scheme.parts()]
        assert list(dict.fromkeys(kinds)) == [Layer, Label, Attribute, RelationType, DocumentLabel]


class TestReading:
    def test_positions_are_places_in_the_file(self, scheme: Scheme) -> None:
        assert [attribute.position for attribute in scheme.attributes] == [0, 1, 2, 3]

    def test_a_label_needs_no_description_and_no_key(self, scheme: Scheme) -> None:
        data = json.loads(example())
        del data["labels"][0]["description"], data["labels"][0]["shortcut"]
        label = parse_scheme(json.dumps(data), where="s.json").label("CROWD")
        assert (label.description, label.shortcut) == (NO_NAME, "")

    def test_first_format(self) -> None:
        old = {
            "format": "tawsim-scheme/1",
            "id": "old/1",
            "name": {"en": "Old"},
            "layers": [
                {
                    "id": "who",
                    "name": {"ar": "من"},
                    "labels": [{"id": "ACTOR", "name": {"ar": "فاعل"}, "color": "#3b82f6", "shortcut": "1"}],
                }
            ],
        }
        scheme = parse_scheme(json.dumps(old), where="old.json")
        assert [(label.id, label.layer_id, label.shortcut) for label in scheme.labels] == [("ACTOR", "who", "1")]
        assert '"format": "tawsim-scheme/2"' in dump_scheme(scheme)

    def test_byte_order_mark(self, scheme: Scheme) -> None:
        assert parse_scheme("\ufeff" + example(), where="s.json") == scheme

    def test_the_version_of_a_project_stays_there(self, scheme: Scheme) -> None:
        assert parse_scheme(dump_scheme(replace(scheme, version=7)), where="s.json") == scheme


class TestRefusing:
    @pytest.mark.parametrize(
        ("source", "detail"),
        [
            ("", "Expecting value"),
            ("not JSON", "Expecting value"),
            ('{"format": "tawsim-scheme/2",}', "line 1 column"),
            ("[" * 200_000, "Recursion"),
            ("[]", "a scheme is a JSON object"),
            ("null", "a scheme is a JSON object"),
            ('"tawsim-scheme/2"', "a scheme is a JSON object"),
            ("{}", "None"),
            ('{"format": "tawsim-scheme/1"}', "layers"),
            ('{"format": "tawsim-scheme/1", "layers": 3}', "TypeError"),
            ('{"format": "tawsim-scheme/1", "layers": [{"id": "a", "name": {}, "labels": ["x"]}]}', "TypeError"),
            ('{"format": "tawsim-scheme/2"}', "id"),
            ('{"labels": [1], "name": {}, "labels": []}', "twice: labels"),
            ('{"format": "tawsim-scheme/2", "name": {"en": "a", "en": "b"}}', "twice: en"),
            (
                '{"format": "tawsim-scheme/2", "id": "a", "name": {"en": "a"}, "layers": '
                + "[" * 900
                + "]" * 900
                + "}",
                "layers[0]",
            ),
        ],
    )
    def test_no_scheme(self, source: str, detail: str) -> None:
        assert detail in refused(source)

    @pytest.mark.parametrize(
        ("edit", "detail"),
        [
            (lambda d: d.update(format="tawsim-scheme/3"), "tawsim-scheme/3"),
            (lambda d: d.update(format=["tawsim-scheme/2"]), "format"),
            (lambda d: d.update(lables=[]), "unknown: lables"),
            (lambda d: d.pop("id"), "id"),
            (lambda d: d.update(id=5), "id: Expected `str`"),
            (lambda d: d.update(name="Protests"), "name: Expected `object`"),
            (lambda d: d.update(name={"en": "x", "fr": "y"}), "name: unknown: fr"),
            (lambda d: d.update(name={}), "no name"),
            (lambda d: d.update(guideline=["# a"]), "guideline: Expected `object`"),
            (lambda d: d.update(labels={}), '"labels" is no list'),
            (lambda d: d.update(labels=None), '"labels" is no list'),
            (lambda d: d.pop("labels"), "no labels"),
            (lambda d: d.update(layers=[], labels=[]), "no labels"),
            (lambda d: d.update(layers=d["layers"][1:]), "layer 'who' of CROWD is unknown"),
            (lambda d: d["labels"].append(d["labels"][0]), "label 'CROWD' twice"),
            (lambda d: d["labels"].append("x"), "labels[2]: Expected `object`"),
            (lambda d: d["labels"][1].pop("color"), "labels[1]"),
            (lambda d: d["labels"][1].update(color=3), "`labels[1].color`"),
            (lambda d: d["labels"][1].update(colour="#ffffff"), "labels[1]: unknown: colour"),
            (lambda d: d["labels"][0].update(links="person"), "`labels[0].links`"),
            (lambda d: d["labels"][0]["description"].update(fr="qui"), "labels[0].description: unknown: fr"),
            (lambda d: d["labels"][0].update(examples="one"), "`labels[0].examples`"),
            (lambda d: d["labels"][0].update(archived="yes"), "`labels[0].archived`"),
            (lambda d: d["attributes"][0].update(kind="colour"), "`attributes[0].kind`"),
            (lambda d: d["attributes"][0]["values"][0].update(nmae={}), "attributes[0].values[0]: unknown: nmae"),
            (lambda d: d["attributes"][0]["values"].append("x"), "`attributes[0].values[2]`"),
            (lambda d: d["attributes"][0].update(values=3), "`attributes[0].values`"),
            (lambda d: d["attributes"][2].update(default=10**400), "default of violent"),
            (lambda d: d["attributes"][2].update(default={"a": 1}), "`attributes[2].default`"),
            (lambda d: d["relation_types"][0].pop("targets"), "relation_types[0]"),
            (lambda d: d["relation_types"][0].update(shortcut="T", author="no"), "`relation_types[0].author`"),
            (lambda d: d["document_labels"][0].update(id="CROWD"), "label 'CROWD' twice"),
            (lambda d: d["labels"][0]["name"].update(en="\ud800"), "surrogates"),
        ],
    )
    def test_fault_is_told_with_its_place(self, edit: Edit, detail: str) -> None:
        data = json.loads(example())
        edit(data)
        assert detail in refused(json.dumps(data))

    @given(st.data())
    @settings(max_examples=150)
    def test_any_value_at_any_place_is_read_or_refused(self, data: st.DataObject) -> None:
        plain = json.loads(example())
        at: Any = plain
        while isinstance(at, dict | list) and at:
            key = data.draw(st.sampled_from(list(at) if isinstance(at, dict) else range(len(at))))
            if data.draw(st.booleans()) or not isinstance(at[key], dict | list) or not at[key]:
                at[key] = data.draw(st.sampled_from([None, True, 0, 1e400, "", "x", "\ud800", [], ["x"], {}, {"x": 1}]))
                break
            at = at[key]
        try:
            scheme = parse_scheme(json.dumps(plain), where="s.json")
        except UserError:
            return
        assert parse_scheme(dump_scheme(scheme), where="s.json") == scheme


NAMES = st.builds(Name, en=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4), ar=st.just("س"))
FLAGS = st.booleans()


def ids(count: int) -> st.SearchStrategy[list[str]]:
    letters = st.text("ABCxyz", min_size=1, max_size=3)
    return st.lists(letters, min_size=1, max_size=count, unique=True)


def some_of(known: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple) if known else st.just(())


@st.composite
def attributes(draw: st.DrawFn, id_: str, labels: list[str], relation_types: list[str]) -> Attribute:
    kind = draw(st.sampled_from(AttributeKind))
    values = ids(3) if kind in (AttributeKind.CHOICE, AttributeKind.CHOICES) else st.just([])
    known = draw(values)
    defaults: dict[AttributeKind, st.SearchStrategy[Any]] = {
        AttributeKind.CHOICE: st.sampled_from(known or [""]),
        AttributeKind.CHOICES: some_of(known),
        AttributeKind.YES_NO: st.booleans(),
        AttributeKind.TEXT: st.text("نص ", max_size=3),
        AttributeKind.DATE: st.dates().map(str),
        AttributeKind.NUMBER: st.integers() | st.floats(allow_nan=False, allow_infinity=False),
    }
    return Attribute(
        AttributeId(id_),
        draw(NAMES),
        kind,
        labels=draw(some_of(labels)),
        values=tuple(
            Value(one, draw(NAMES), draw(NAMES), needs=draw(some_of(relation_types)), archived=draw(FLAGS))
            for one in known
        ),
        description=draw(NAMES | st.just(NO_NAME)),
        default=draw(st.none() | defaults[kind]),
        required=draw(FLAGS),
        archived=draw(FLAGS),
    )


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Any sound scheme."""
    layers, labels, kinds = draw(ids(3)), draw(ids(4)), draw(ids(3))
    return Scheme(
        id=draw(st.text("ab/1", min_size=1)),
        name=draw(NAMES),
        guideline=draw(NAMES | st.just(NO_NAME)),
        layers=tuple(Layer(LayerId(one), draw(NAMES)) for one in layers),
        all_labels=tuple(
            Label(
                LabelId(one),
                LayerId(draw(st.sampled_from(layers))),
                draw(NAMES),
                draw(NAMES | st.just(NO_NAME)),
                shortcut=str(number),
                color="#a1B2c3",
                examples=draw(some_of(["«أ»", "ب"])),
                links=draw(st.sampled_from(Links)),
                archived=number > 0 and draw(FLAGS),
            )
            for number, one in enumerate(labels)
        ),
        attributes=tuple(draw(attributes(one, labels, kinds)) for one in draw(ids(3))),
        relation_types=tuple(
            RelationType(
                RelationTypeId(one),
                draw(NAMES),
                sources=(LabelId(labels[0]),),
                targets=tuple(map(LabelId, draw(some_of(labels)))),
                author=True,
                shortcut="QRT"[number],
                required=draw(FLAGS),
                archived=draw(FLAGS),
            )
            for number, one in enumerate(kinds)
        ),
        document_labels=tuple(
            DocumentLabel(DocumentLabelId(f"doc-{one}"), draw(NAMES), archived=draw(FLAGS)) for one in draw(ids(2))
        ),
    ).numbered()


@given(schemes())
def test_what_is_written_can_be_read(scheme: Scheme) -> None:
    assert parse_scheme(dump_scheme(scheme), where="s.json") == scheme


@given(schemes())
def test_each_part_by_itself_can_be_read(scheme: Scheme) -> None:
    for part in scheme.parts():
        kind = type(part)
        plain = part_to_json(part)
        assert part_from_json(kind, json.loads(json.dumps(plain))) == part
        assert part_from_json(kind, {**default_json(kind), **plain}) == part
        assert all(plain[key] != one for key, one in default_json(kind).items() if key in plain)


def test_name_falls_back_to_the_other_language() -> None:
    assert Name(en="Actor", ar="فاعل").in_language("ar") == "فاعل"
    assert Name(en="Actor", ar="").in_language("ar") == "Actor"
    assert Name(en="", ar="فاعل").in_language("en") == "فاعل"
    assert Name(en="Actor").both == {"en": "Actor", "ar": "Actor"}
    assert not NO_NAME
