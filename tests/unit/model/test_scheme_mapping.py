# SPDX-License-Identifier: MIT
"""What a foreign label most likely means, and the file in which an analyst says what it does mean."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.model.ids import LabelId
from annotator.model.names import Name
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import parse_scheme
from annotator.model.scheme_mapping import (
    KEEP,
    LEAVE_OUT,
    Names,
    SchemeMapping,
    check_mapping,
    completed,
    dump_mapping,
    guess_mapping,
    parse_mapping,
)

FILE = Path(__file__).parents[3] / "resources" / "schemes" / "default.json"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return parse_scheme(FILE.read_text(encoding="utf-8"), where=FILE.name)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ACTOR", "ACTOR"),
        ("actor", "ACTOR"),
        ("فاعل", "ACTOR"),
        ("PER", "ACTOR"),
        ("Organization", "ACTOR"),
        ("GPE", "PLACE"),
        ("TIMEX3", "TIME"),
        ("حدث", "EVENT"),
        ("MISC", KEEP),
        ("", KEEP),
    ],
)
def test_labels_are_guessed_by_id_name_and_usage(scheme: Scheme, name: str, label: str) -> None:
    assert guess_mapping(scheme, Names(labels={name: 1})).labels == {name: label}


def test_what_is_usual_is_not_guessed_where_the_scheme_has_no_such_label(scheme: Scheme) -> None:
    from dataclasses import replace

    without = replace(scheme, all_labels=tuple(one for one in scheme.all_labels if one.id != "PLACE"))
    assert guess_mapping(without, Names(labels={"LOC": 1})).labels == {"LOC": KEEP}


def test_relations_document_labels_and_attributes_are_guessed_by_id_and_name(scheme: Scheme) -> None:
    names = Names(relations={"agent": 1, "x": 1}, document_labels={"doc-stance": 1}, attributes={"Polarity": 2})
    guessed = guess_mapping(scheme, names)
    assert guessed.relations == {"agent": "AGENT", "x": KEEP}
    assert guessed.document_labels == {"doc-stance": "doc_stance"}
    assert guessed.attributes == {"Polarity": "polarity"}


def test_a_file_says_the_same_again(scheme: Scheme) -> None:
    mapping = SchemeMapping({"PER": "ACTOR", "MISC": KEEP, "O": LEAVE_OUT}, {"r": "AGENT"}, {"d": KEEP}, {"a": "type"})
    assert parse_mapping(dump_mapping(mapping), "m.json") == mapping
    assert json.loads(dump_mapping(mapping))["labels"] == {"PER": "ACTOR", "MISC": None, "O": False}
    check_mapping(mapping, scheme)


def test_what_is_not_said_is_as_guessed(scheme: Scheme) -> None:
    guessed = guess_mapping(scheme, Names(labels={"PER": 1, "X": 1}))
    assert completed(SchemeMapping({"X": "EVENT"}), guessed).labels == {"PER": "ACTOR", "X": "EVENT"}


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "Expecting value"),
        ("[]", "format"),
        ("[" * 100_000, ""),
        ("{}", "format"),
        ('{"format": "tawsim-mapping/2"}', "tawsim-mapping/1"),
        ('{"format": "tawsim-mapping/1", "labels": []}', "labels"),
        ('{"format": "tawsim-mapping/1", "labels": {"A": true}}', "True"),
        ('{"format": "tawsim-mapping/1", "labels": {"A": ""}}', "''"),
        ('{"format": "tawsim-mapping/1", "labels": {"A": 1}}', "1"),
    ],
)
def test_a_file_that_is_none_is_refused(text: str, detail: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_mapping(text, "m.json")
    assert caught.value.key == "mapping_invalid"
    assert detail in str(caught.value.params["detail"])


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        (SchemeMapping({"A": "NONE"}), "label_unknown"),
        (SchemeMapping({}, {"A": "NONE"}), "relation_type_unknown"),
        (SchemeMapping({}, {}, {"A": "NONE"}), "document_label_unknown"),
        (SchemeMapping({}, {}, {}, {"A": "NONE"}), "attribute_unknown"),
    ],
)
def test_a_mapping_to_nothing_is_refused(scheme: Scheme, mapping: SchemeMapping, key: str) -> None:
    with pytest.raises(UserError) as caught:
        check_mapping(mapping, scheme)
    assert caught.value.key == key


def test_labels_that_differ_little_are_told_apart(scheme: Scheme) -> None:
    first = scheme.all_labels[0]
    several = (*(replace(first, id=LabelId(key), name=Name(key, key)) for key in ("A-B", "A_B", "a-b")),)
    wide = replace(scheme, all_labels=(*scheme.all_labels, *several))

    guessed = guess_mapping(wide, Names(labels={"A-B": 1, "A_B": 1, "a-b": 1, "A B": 1}))

    assert guessed.labels == {"A-B": "A-B", "A_B": "A_B", "a-b": "a-b", "A B": "A-B"}


def test_a_label_of_the_scheme_that_comes_along_is_not_what_others_call_so(scheme: Scheme) -> None:
    given = replace(scheme, all_labels=(*scheme.all_labels, replace(scheme.all_labels[0], id=LabelId("PER"))))

    guessed = guess_mapping(scheme, Names(labels={"PER": 1, "ACTOR": 1, "ORG": 1}), given)

    assert guessed.labels == {"PER": KEEP, "ACTOR": "ACTOR", "ORG": "ACTOR"}
