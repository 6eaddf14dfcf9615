# SPDX-License-Identifier: MIT
"""The catalogues are complete, and the tool that says so sees what is amiss."""

import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "packaging" / "translations.py"
SENTENCE = 'from annotator.i18n import tr, trn\ntr("Open {path}", path=1)\ntrn("{n} tag", "{n} tags", 2)\n'
FORMS = ["لا وسوم", "وسم واحد", "وسمان", "{n} وسوم", "{n} وسمًا", "{n} وسم"]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("translations", TOOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path):
    package = tmp_path / "annotator"
    package.mkdir()
    (package / "a.py").write_text(SENTENCE, encoding="utf-8")
    return package


@pytest.fixture
def po(tmp_path):
    return tmp_path / "ar" / "LC_MESSAGES" / "tawsim.po"


@pytest.fixture
def translated(tool, source, po):
    """Give a catalogue in which all is well."""
    tool.update(po, "ar", tool.extract(source))
    fill(tool, po, {"Open {path}": "افتح {path}", "{n} tag": FORMS})
    return po


def fill(tool, po, strings):
    catalog = tool._read(po, "ar")
    for text, string in strings.items():
        catalog.get(text).string = string
    po.write_bytes(tool.po_bytes(catalog))
    po.with_suffix(".mo").write_bytes(tool.mo_bytes(catalog))


def amiss(tool, source, po):
    return "\n".join(tool.amiss(po, tool.extract(source)))


def test_the_catalogues_of_the_program_are_complete(tool, capsys):
    assert tool.main(["--check"]) == 0, capsys.readouterr().out


def test_a_complete_catalogue_passes(tool, source, translated):
    assert not amiss(tool, source, translated)


def test_updating_is_the_same_bytes_each_time(tool, source, translated):
    files = (translated, translated.with_suffix(".mo"))
    first = [path.read_bytes() for path in files]
    tool.update(translated, "ar", tool.extract(source))
    assert [path.read_bytes() for path in files] == first


def test_a_new_sentence_is_missing_then_not_translated(tool, source, translated):
    (source / "b.py").write_text('from annotator.i18n import tr\ntr("Close")\n', encoding="utf-8")
    assert "missing: Close" in amiss(tool, source, translated)
    tool.update(translated, "ar", tool.extract(source))
    assert "not translated: Close" in amiss(tool, source, translated)


def test_a_sentence_that_is_gone_is_stale_then_a_comment(tool, source, translated):
    (source / "a.py").write_text("", encoding="utf-8")
    assert "stale: Open {path}" in amiss(tool, source, translated)
    tool.update(translated, "ar", tool.extract(source))
    assert not amiss(tool, source, translated)
    assert '#~ msgid "Open {path}"' in translated.read_text(encoding="utf-8")


def test_a_fuzzy_sentence_is_told(tool, source, translated):
    catalog = tool._read(translated, "ar")
    catalog.get("Open {path}").flags.add("fuzzy")
    translated.write_bytes(tool.po_bytes(catalog))
    assert "fuzzy: Open {path}" in amiss(tool, source, translated)


@pytest.mark.parametrize(
    ("text", "string"),
    [
        ("Open {path}", "افتح"),
        ("Open {path}", "افتح {pfad}"),
        ("{n} tag", [*FORMS[:5], "{m} وسم"]),
    ],
)
def test_parameters_must_agree(tool, source, translated, text, string):
    fill(tool, translated, {text: string})
    assert "other parameters" in amiss(tool, source, translated)


def test_a_plural_with_a_form_too_few_is_not_translated(tool, source, translated):
    fill(tool, translated, {"{n} tag": [*FORMS[:5], ""]})
    assert "not translated: {n} tag" in amiss(tool, source, translated)


def test_a_compiled_catalogue_that_is_old_is_told(tool, source, translated):
    fill(tool, translated, {"Open {path}": "افتح {path}"})
    translated.with_suffix(".mo").write_bytes(b"old")
    assert "not what the .po gives" in amiss(tool, source, translated)


@pytest.mark.parametrize("call", ["tr(text)", 'tr(f"{text}")', 'trn("{n} a", plural, 2)', "i18n.tr(text)", "N_(a + b)"])
def test_a_sentence_that_extraction_cannot_see_is_told(tool, source, call):
    (source / "b.py").write_text(call, encoding="utf-8")
    assert list(tool.hidden_sentences(source)) == ["annotator/b.py:1: the sentence is not a literal"]
