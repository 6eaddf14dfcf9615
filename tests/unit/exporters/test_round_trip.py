# SPDX-License-Identifier: MIT
"""Whatever is exported is read back the same, or the report counts why not: over generated articles and tags."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seqeval.metrics.sequence_labeling import get_entities

from annotator.errors import UserError
from annotator.exporters import Clitics, ExportOptions, Reason, run_export
from annotator.importers.jsonl import read_jsonl
from annotator.model.span import check_bounds
from annotator.text.blanks import BLANKS

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of spaCy's and scikit-learn's own

PIECES = [
    *("قال", "بأردوغان", "والتقى", "الـــرَّئِيسُ", "Benny", "15:30", "😀", "👩\u200d👩\u200d👧", "د.", "-DOCSTART-", "O"),
    *(" ", " ", " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2028", "\u2029", "\x85", "\x0b", "\x1c", "\x00"),
    *("،", "؟", ".", "«", "»", "-", "#", "\u200c", "\u200f", "\u064b", "\ufeff", "\u2063", "\\", '"'),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(exclude_categories=["Cs"], exclude_characters="\r"))


@st.composite
def sketches(draw: st.DrawFn) -> tuple[str, list[tuple]]:
    text = "".join(draw(TEXTS))
    edges = st.integers(0, len(text))
    tags = draw(st.lists(st.tuples(edges, edges, st.sampled_from(["ACTOR", "EVENT", "STANCE"])), max_size=8))
    return text, [(min(a, b), max(a, b), label) for a, b, label in tags if _is_tag(text, min(a, b), max(a, b))]


def _is_tag(text: str, start: int, end: int) -> bool:
    try:
        check_bounds(text, start, end)
    except UserError:
        return False
    return True


CORPORA = st.lists(sketches(), max_size=3)
CLITICS = st.sampled_from(list(Clitics))


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp())
    yield folder
    shutil.rmtree(folder)


@given(corpus=CORPORA)
@settings(max_examples=30)
def test_jsonl(source_of, corpus) -> None:
    source = source_of(*corpus)
    with _folder() as folder:
        report = run_export(source, "jsonl", folder / "x")

        assert read_jsonl(folder / "x")[1] == list(source.articles())
    assert report.losses == ()


@given(corpus=CORPORA, clitics=CLITICS)
@settings(max_examples=30)
def test_spacy(source_of, corpus, clitics: Clitics) -> None:
    import spacy
    from spacy.tokens import DocBin

    source = source_of(*corpus)
    with _folder() as folder:
        report = run_export(source, "spacy", folder / "x", ExportOptions(clitics=clitics))
        docs = list(DocBin().from_disk(folder / "x" / "corpus" / "part-00001.spacy").get_docs(spacy.blank("ar").vocab))

    counts = {loss.reason: loss.count for loss in report.losses}
    assert [doc.text for doc in docs] == [tagged.text for tagged in source.articles()]
    known = [(s.id, s.start, s.end, s.label_id, s.quote) for tagged in source.articles() for s in tagged.spans]
    found = [(s.id_, s.start_char, s.end_char, s.label_, s.text) for doc in docs for s in doc.spans.get("sc", ())]
    exact = set(known) & set(found)
    assert len(found) == len(known) - counts.get(Reason.INSIDE_TOKEN, 0)
    assert len(exact) == len(found) - counts.get(Reason.EXPANDED, 0)
    ents = sum(len(doc.ents) for doc in docs)
    left_out = counts.get(Reason.NOT_IN_ENTS_OVERLAP, 0) + counts.get(Reason.NOT_IN_ENTS_BLANK, 0)
    assert ents == len(found) - left_out


def _visible(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, BLANKS)))


@given(corpus=CORPORA, clitics=CLITICS)
@settings(max_examples=30)
def test_conll(source_of, corpus, clitics: Clitics) -> None:
    source = source_of(*corpus)
    with _folder() as folder:
        report = run_export(source, "conll", folder / "x", ExportOptions(clitics=clitics))
        blocks = (folder / "x").read_bytes().decode().split("\n\n")

    sentences = [[line.split() for line in block.strip("\n").split("\n")] for block in blocks if block.strip("\n")]
    sentences = [sentence for sentence in sentences if sentence != [["-DOCSTART-", "-X-", "O", "O"]]]
    assert all(len(columns) == 4 for sentence in sentences for columns in sentence)
    words = "".join(columns[0] for sentence in sentences for columns in sentence)
    assert _visible(words) == _visible("".join(tagged.text for tagged in source.articles()))

    found = Counter(
        (label, _visible("".join(columns[0] for columns in sentence[first : last + 1])))
        for sentence in sentences
        for label, first, last in get_entities([columns[-1] for columns in sentence])
    )
    known = Counter((s.label_id, _visible(s.quote)) for tagged in source.articles() for s in tagged.spans)
    lost = sum(loss.count for loss in report.losses if loss.tag_lost)
    expanded = sum(loss.count for loss in report.losses if loss.reason is Reason.EXPANDED)
    assert found.total() == known.total() - lost == report.tags_out
    assert (found - known).total() <= expanded
