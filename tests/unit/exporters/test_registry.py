# SPDX-License-Identifier: MIT
"""The table of formats is complete, so that whatever is made from it is."""

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.exporters import EXTRAS, FORMATS, REASON_TEXTS, Format, Reason

DOCS = Path(__file__).parents[3] / "docs" / "export-formats.md"
EACH = pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)


@EACH
def test_each_format_can_be_shown(kind: Format) -> None:
    assert FORMATS[kind.id] is kind
    assert kind.name_key
    assert kind.description_key.endswith(".")
    assert kind.suffix.startswith(".")
    assert kind.extra is None or kind.extra in EXTRAS


@EACH
def test_what_a_format_loses_follows_from_its_abilities(kind: Format) -> None:
    assert (Reason.OVERLAP in kind.losses) is not kind.abilities.overlap
    assert (Reason.NOTE in kind.losses) is not kind.abilities.notes
    assert (Reason.INSIDE_TOKEN in kind.losses) is kind.abilities.clitics
    assert (Reason.DISCONTINUOUS in kind.losses) is not kind.abilities.pieces
    assert (Reason.ATTRIBUTES in kind.losses) is not kind.abilities.attributes
    assert (Reason.CERTAINTY in kind.losses) is not kind.abilities.certainty
    assert (Reason.LINK in kind.losses) is not kind.abilities.links
    assert (Reason.RELATION in kind.losses) is not kind.abilities.relations
    assert (Reason.DOCUMENT_TAG in kind.losses) is not kind.abilities.document_tags
    assert (Reason.ACTOR in kind.losses) is not kind.abilities.registry
    assert (Reason.EVENT in kind.losses) is not kind.abilities.registry
    assert Reason.RELATION_END in kind.losses


def test_each_reason_has_a_text() -> None:
    assert list(REASON_TEXTS) == list(Reason)


def test_each_reason_and_format_is_in_the_docs() -> None:
    page = DOCS.read_text(encoding="utf-8")

    assert [reason for reason in Reason if f"`{reason}`" not in page] == []
    assert [kind for kind in FORMATS if f"`{kind}`" not in page] == []


def test_suffixes_tell_formats_apart() -> None:
    assert len({kind.suffix for kind in FORMATS.values()}) == len(FORMATS)


def test_spacy_is_not_imported_unasked() -> None:
    code = "import sys, annotator.exporters; sys.exit('spacy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
