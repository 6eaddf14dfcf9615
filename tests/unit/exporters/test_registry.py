# SPDX-License-Identifier: MIT
"""The table of formats is complete, so that whatever is made from it is."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.exporters import EXTRAS, FORMATS, REASON_TEXTS, Format, Layout, Reason
from annotator.exporters.abilities import losses_of

ROOT = Path(__file__).parents[3]
EACH = pytest.mark.parametrize("kind", FORMATS.values(), ids=FORMATS)


@EACH
def test_each_format_can_be_shown(kind: Format) -> None:
    assert FORMATS[kind.id] is kind
    assert kind.name_key
    assert kind.description_key.endswith(".")
    assert kind.suffix.startswith(".") is (kind.layout is Layout.FILE)
    assert kind.extra is None or kind.extra in EXTRAS


@EACH
def test_what_a_format_loses_follows_from_its_abilities(kind: Format) -> None:
    assert set(losses_of(kind.abilities)) <= set(kind.losses)
    assert list(kind.losses) == [reason for reason in Reason if reason in kind.losses]


def test_each_reason_has_a_text() -> None:
    assert list(REASON_TEXTS) == list(Reason)


def test_the_page_of_formats_is_made_from_the_registries() -> None:
    spec = importlib.util.spec_from_file_location("formats_reference", ROOT / "packaging" / "formats_reference.py")
    assert spec
    assert spec.loader
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)

    assert reference.PAGE.read_text(encoding="utf-8") == reference.page()


@EACH
def test_each_format_has_a_page(kind: Format) -> None:
    assert (ROOT / "docs" / "formats" / f"{kind.id}.md").is_file()


def test_suffixes_tell_formats_apart() -> None:
    suffixes = [kind.suffix for kind in FORMATS.values() if kind.suffix]
    assert len(set(suffixes)) == len(suffixes)


def test_spacy_is_not_imported_unasked() -> None:
    code = "import sys, annotator.exporters; sys.exit('spacy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
