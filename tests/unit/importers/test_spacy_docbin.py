# SPDX-License-Identifier: MIT
"""`.spacy` files of others: spans, entities, categories, relations; and files that are damaged or mean harm."""

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.importers import spacy_docbin as reader
from annotator.model import exchange

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's own
spacy = pytest.importorskip("spacy")


def _doc(vocab: Any, text: str = "قال وزير الدفاع 😀 أمس .") -> Any:
    from spacy.tokens import Doc

    words = text.split(" ")
    return Doc(vocab, words=words, spaces=[True] * (len(words) - 2) + [False, False])


def _packed(*changes: Callable[[Any], object], **options: Any) -> bytes:
    """Return the bytes of a file with one document, as spaCy packs it."""
    from spacy.tokens import DocBin

    doc = _doc(spacy.blank("ar").vocab)
    for change in changes:
        change(doc)
    return DocBin(docs=[doc], **options).to_bytes()


def _read(path: Path, raw: bytes) -> list[exchange.Document]:
    path.write_bytes(raw)
    return list(reader.read(path))


def _span(doc: Any, first: int, after: int, label: str, **more: Any) -> Any:
    from spacy.tokens import Span

    return Span(doc, first, after, label=label, **more)


def _ents(doc: Any) -> None:
    doc.ents = [_span(doc, 1, 3, "ORG"), _span(doc, 3, 4, "ORG", span_id="rule", kb_id="Q1"), _span(doc, 4, 5, "زمن")]


def _spans(doc: Any) -> None:
    doc.spans["sc"] = [_span(doc, 0, 2, "A", span_id="a"), _span(doc, 0, 2, "A", span_id="b", kb_id="NIL")]
    doc.spans["other"] = [_span(doc, 1, 5, ""), _span(doc, 0, 2, "A", span_id="a")]


def _said(document: exchange.Document) -> list[tuple[str, str, str]]:
    return [(tag.label, document.text[tag.start : tag.end], tag.entity) for tag in document.tags]


def test_entities(tmp_path: Path) -> None:
    [document] = _read(tmp_path / "x", _packed(_ents))

    assert document.text == "قال وزير الدفاع 😀 أمس."
    assert _said(document) == [("ORG", "وزير الدفاع", ""), ("ORG", "😀", "Q1"), ("زمن", "أمس", "")]
    assert not document.rebuilt


def test_spans_of_all_keys_come_before_entities(tmp_path: Path) -> None:
    [document] = _read(tmp_path / "x", _packed(_ents, _spans))

    assert _said(document) == [("A", "قال وزير", ""), ("A", "قال وزير", ""), ("other", "وزير الدفاع 😀 أمس", "")]


def test_categories_and_relations(tmp_path: Path) -> None:
    from spacy.tokens import Doc

    Doc.set_extension("rel", default={}, force=True)

    def say(doc: Any) -> None:
        doc.cats = {"A": 1.0, "B": 0.5, "C": 0.51}
        doc._.rel = {(1, 3): {"LED_BY": 1.0, "NOT": 0.0}, (0, 1): {"LED_BY": 1.0}}

    [document] = _read(tmp_path / "x", _packed(_ents, say, store_user_data=True))

    assert [tag.label for tag in document.document_tags] == ["A", "C"]
    [relation] = document.relations
    by_id = {tag.id: document.text[tag.start : tag.end] for tag in document.tags}
    assert (relation.type, by_id[relation.source], by_id[relation.target]) == ("LED_BY", "وزير الدفاع", "😀")


def test_blanks_that_are_not_known(tmp_path: Path) -> None:
    from spacy.tokens import Doc, DocBin

    doc = Doc(spacy.blank("ar").vocab, words=["قال", "(", "أمس", ")", "."], ents=["O", "O", "B-T", "O", "O"])

    [document] = _read(tmp_path / "x", DocBin(docs=[doc]).to_bytes())

    assert (document.text, document.rebuilt) == ("قال (أمس).\n", True)
    assert _said(document) == [("T", "أمس", "")]


def test_a_folder(tmp_path: Path) -> None:
    for name in ("train", "dev"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "1.spacy").write_bytes(_packed(_ents))

    assert reader.recognise(tmp_path)
    assert len(list(reader.read(tmp_path))) == 2


def test_a_folder_without_files(tmp_path: Path) -> None:
    assert not reader.recognise(tmp_path)
    with pytest.raises(UserError, match="foreign_missing"):
        list(reader.read(tmp_path))


def _changed(**fields: Any) -> bytes:
    known = msgspec.msgpack.decode(zlib.decompress(_packed(_spans)))
    return zlib.compress(msgspec.msgpack.encode({**known, **fields}))


def _group(*span: int) -> list[bytes]:
    packed = reader._SPAN.pack(*span)
    return [msgspec.msgpack.encode({msgspec.msgpack.encode({"name": "sc", "attrs": {}, "spans": [packed]}): ["sc"]})]


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (lambda: b"", "foreign_cut_short"),
        (lambda: _packed()[:-20], "foreign_cut_short"),
        (lambda: b"no zlib at all", "foreign_cut_short"),
        (lambda: zlib.compress(b"\xc1"), "foreign_malformed"),
        (lambda: zlib.compress(b"\x91" * 5_000), "foreign_malformed"),
        (lambda: _changed(version="0.2"), "foreign_version"),
        (lambda: _changed(tokens=b"12345678"), "foreign_malformed"),
        (lambda: _changed(lengths=b"123"), "foreign_malformed"),
        (lambda: _changed(lengths=(-1).to_bytes(4, "little", signed=True) * 2), "foreign_malformed"),
        (lambda: _changed(lengths=(2**30).to_bytes(4, "little")), "foreign_malformed"),
        (lambda: _changed(strings=[]), "foreign_malformed"),
        (lambda: _changed(strings=[1]), "foreign_malformed"),
        (lambda: _changed(attrs=[]), "foreign_malformed"),
        (lambda: _changed(span_groups=[b"\xc1"]), "foreign_malformed"),
        (lambda: _changed(span_groups=_group(0, 0, 1, 2, 99, 0, 0)), "foreign_offsets"),
        (lambda: _changed(span_groups=_group(0, 0, 1, -1, 2, 0, 0)), "foreign_offsets"),
        (lambda: _changed(span_groups=_group(0, 0, 12345678910, 0, 2, 0, 0)), "foreign_malformed"),
        (lambda: _changed(user_data=[msgspec.msgpack.encode({"tawsim": {"relations": 1}})]), "foreign_malformed"),
        (lambda: _changed(user_data=[b"\x81\x80\x80"]), "foreign_malformed"),
    ],
)
def test_damaged_files(tmp_path: Path, raw: Callable[[], bytes], key: str) -> None:
    with pytest.raises(UserError, match=key):
        _read(tmp_path / "x", raw())


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_MOST_UNPACKED", 1_000_000)

    with pytest.raises(UserError, match="foreign_unsafe"):
        _read(tmp_path / "x", zlib.compress(b"\0" * 2_000_000))


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    harm = {b"nd": True, b"type": "O", b"kind": b"O", b"shape": [1], b"data": b"cos\nsystem\n(S'exit 1'\ntR."}

    [document] = _read(tmp_path / "x", _changed(user_data=[msgspec.msgpack.encode({"x": harm})], cats=[{"a": harm}]))

    assert document.document_tags == ()


@pytest.fixture(scope="module")
def sample() -> bytes:
    return zlib.decompress(_packed(_ents, _spans, store_user_data=True))


@given(places=st.lists(st.tuples(st.integers(0, 10**4), st.integers(0, 255)), min_size=1, max_size=4))
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, sample: bytes, places: list[tuple[int, int]]
) -> None:
    raw = bytearray(sample)
    for place, byte in places:
        raw[place % len(raw)] = byte
    path = tmp_path_factory.getbasetemp() / "fuzzed.spacy"
    path.write_bytes(zlib.compress(raw))
    reader.recognise(path)
    try:
        list(reader.read(path))
    except UserError as error:
        assert error.key.startswith("foreign_")  # noqa: PT017 - many are read
