# SPDX-License-Identifier: MIT
"""Whatever a record says comes back from its table, and from the history, to the letter and to the type."""

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AnnotatorId, ArticleId, LabelId, SpanId
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.span import Certainty, Origin, Span
from annotator.ops.projects import default_scheme
from annotator.store.columns import FLAG, ID, ID_IF_ANY, MAPPING, TUPLE, Codec, choice
from annotator.store.registry import ACTORS, EVENTS
from annotator.store.relations import DOCUMENT_TAGS, RELATIONS
from annotator.store.row_changes import whole
from annotator.store.scheme import ATTRIBUTES, LABELS, RELATION_TYPES
from annotator.store.spans import SPANS

#: What JSON and SQLite both keep: no half characters.
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
VALUES = st.one_of(
    WORDS, st.booleans(), st.integers(-(2**70), 2**70), st.floats(allow_nan=False, allow_infinity=False),
    st.lists(WORDS, max_size=3).map(tuple),
)  # fmt: skip
HEX = st.binary(min_size=16, max_size=16).map(bytes.hex)


def typed(value: Any) -> Any:
    """Return a value with its type, for 1 is True to Python."""
    if isinstance(value, dict):
        return {key: typed(one) for key, one in value.items()}
    return (type(value), [typed(one) for one in value]) if isinstance(value, tuple) else (type(value), value)


@given(st.dictionaries(WORDS, VALUES, max_size=4))
def test_mappings_come_back(value: dict[str, Any]) -> None:
    assert typed(dict(MAPPING.from_sql(MAPPING.to_sql(value)))) == typed(value)
    assert typed(dict(MAPPING.from_json(json.loads(json.dumps(MAPPING.to_json(value)))))) == typed(value)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=4).map(tuple))
def test_tuples_of_tuples_come_back(value: tuple[Any, ...]) -> None:
    assert TUPLE.from_sql(TUPLE.to_sql(value)) == value
    assert TUPLE.from_json(json.loads(json.dumps(TUPLE.to_json(value)))) == value


@given(HEX)
def test_ids_are_kept_as_bytes(id_: str) -> None:
    for column in (ID, ID_IF_ANY):
        assert column.to_sql(id_) == bytes.fromhex(id_)
        assert column.from_sql(column.to_sql(id_)) == id_
    assert ID_IF_ANY.from_sql(ID_IF_ANY.to_sql(None)) is None


def test_flags_and_choices() -> None:
    assert [FLAG.from_sql(FLAG.to_sql(flag)) for flag in (True, False)] == [True, False]
    column = choice(Certainty)
    assert column.from_json(json.loads(json.dumps(column.to_json(Certainty.UNSURE)))) is Certainty.UNSURE
    assert type(column.to_sql(Certainty.SURE)) is str
    with pytest.raises(KeyError, match="perhaps"):
        column.from_sql("perhaps")


def span(**more: Any) -> Span:
    known: dict[str, Any] = {"attributes": {}, **more}
    return Span(
        SpanId("01" * 16), ArticleId("02" * 16), LabelId("ACTOR"), 0, 9, "q", "", Origin.MANUAL,
        AnnotatorId("03" * 16), "", **known,
    )  # fmt: skip


@given(st.dictionaries(WORDS, VALUES, max_size=3), st.sampled_from(Certainty), st.one_of(st.none(), HEX))
def test_a_span_comes_back_from_its_image(values: Any, certainty: Certainty, actor: Any) -> None:
    said = span(attributes=values, certainty=certainty, actor_id=actor, pieces=((0, 2), (4, 9)))
    kept = json.loads(json.dumps(SPANS.image(said)))
    assert "id" not in kept
    back = SPANS.from_image(said.id, kept)
    assert back == said
    assert SPANS.from_images([said.id, "04" * 16], [kept, kept]) == [said, dataclasses.replace(said, id="04" * 16)]
    assert typed(dict(back.attributes)) == typed(dict(said.attributes))
    # What an older program wrote has less in it.
    plain = {name: value for name, value in SPANS.image(span()).items() if name not in SPANS.defaults}
    assert SPANS.from_image(said.id, whole("span", plain)) == span()


@pytest.mark.parametrize(
    ("table", "record"),
    [
        (SPANS, Span), (RELATIONS, Relation), (DOCUMENT_TAGS, DocumentTag), (ACTORS, Actor), (EVENTS, Event),
    ],
)  # fmt: skip
def test_every_field_has_a_column_and_every_default_an_image(table: Any, record: Any) -> None:
    assert set(table.select.removeprefix("select ").partition(" from ")[0].split(", ")) == {
        field.name for field in dataclasses.fields(record)
    }
    assert json.loads(json.dumps(table.defaults)) == table.defaults
    optional = {
        field.name
        for field in dataclasses.fields(record)
        if field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
    }
    assert set(table.defaults) == optional


def test_no_records_have_no_rows() -> None:
    assert SPANS.from_images([], []) == []
    assert SPANS.rows([]) == []


def test_defaults_of_two_records_are_never_the_same_object() -> None:
    codec = Codec(Span, {"id": ID, "attributes": MAPPING, "pieces": TUPLE})
    one, other = (codec.from_image("01" * 16, {**codec.defaults, **plain_fields()}) for _ in range(2))
    assert one.attributes is not other.attributes


def plain_fields() -> dict[str, Any]:
    names = ("article_id", "label_id", "start", "end", "quote", "note", "origin", "annotator_id", "created_at")
    return dict.fromkeys(names, "")


@pytest.mark.parametrize("table", [LABELS, ATTRIBUTES, RELATION_TYPES])
def test_parts_of_the_shipped_scheme_come_back(table: Any) -> None:
    parts = [part for part in default_scheme().numbered().parts() if isinstance(part, table.record)]
    assert parts
    for part in parts:
        assert table.from_image(part.id, json.loads(json.dumps(table.image(part)))) == part
