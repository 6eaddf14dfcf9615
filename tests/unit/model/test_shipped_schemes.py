# SPDX-License-Identifier: MIT
"""The schemes that come with the program: sound, whole in both languages, and at peace with the window's keys."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator import paths
from annotator.model.attributes import ACTOR_KIND, ACTOR_SECTOR, EVENT_TYPE
from annotator.model.names import Name
from annotator.model.scheme import Label, Layer, Links, Scheme, SchemePart
from annotator.model.scheme_file import dump_scheme, parse_scheme
from annotator.ops.projects import default_scheme, new_project
from annotator.project import Project

FILES = sorted((paths.resources() / "schemes").glob("*.json"))
ROOT = Path(__file__).parents[3]
ACTIONS = ROOT / "annotator" / "ui" / "actions"
PAGE = ROOT / "docs" / "scheme-format.md"
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
#: A panel of 280 pixels shows some 40 characters a line.
_LONGEST_DESCRIPTION = 125


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def scheme(path: Path) -> Scheme:
    return parse_scheme(path.read_text(encoding="utf-8"), where=path.name)


def described(scheme: Scheme) -> Iterator[SchemePart]:
    """Yield the parts that are explained where one tags."""
    return (part for part in scheme.parts() if not isinstance(part, Layer))


def names(scheme: Scheme) -> Iterator[Name]:
    yield scheme.name
    yield from (part.name for part in scheme.parts())
    yield from (value.name for attribute in scheme.attributes for value in attribute.values)


def descriptions(scheme: Scheme) -> Iterator[Name]:
    yield from (part.description for part in described(scheme) if not isinstance(part, Layer))
    yield from (value.description for a in scheme.attributes for value in a.values if value.description)


def window_keys() -> set[str]:
    """Return the single letters and digits that the window's tables of commands name."""
    return {
        node.value
        for file in ACTIONS.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch("[A-Z0-9]", node.value)
    }


def test_three_are_shipped() -> None:
    assert [path.stem for path in FILES] == ["actors", "default", "stance"]


def test_is_the_same_after_being_written(scheme: Scheme) -> None:
    assert parse_scheme(dump_scheme(scheme), where="again") == scheme


def test_a_project_keeps_it_whole(scheme: Scheme, tmp_path: Path) -> None:
    with new_project(tmp_path / "p.tawsim", annotator="Layla", scheme=scheme) as project:
        file = project.path
    with Project.open(file, annotator="Layla") as project:
        assert replace(project.scheme, version=scheme.version) == scheme


def test_all_names_and_descriptions_are_in_both_languages(scheme: Scheme) -> None:
    for name in (*names(scheme), *descriptions(scheme), scheme.guideline):
        assert _ARABIC.search(name.ar), name
        assert re.search("[a-z]", name.en), name


def test_no_language_in_the_other(scheme: Scheme) -> None:
    for name in (*names(scheme), *descriptions(scheme)):
        assert not _ARABIC.search(name.en), name
        assert not _LATIN_WORD.search(name.ar), name


def test_descriptions_fit_the_panel(scheme: Scheme) -> None:
    for text in descriptions(scheme):
        assert max(len(text.en), len(text.ar)) <= _LONGEST_DESCRIPTION, text


def test_each_part_has_arabic_examples(scheme: Scheme) -> None:
    for part in described(scheme):
        assert not isinstance(part, Layer)
        assert 1 <= len(part.examples) <= 3, part.id
        assert all(_ARABIC.search(example) for example in part.examples), part.id
        assert all(example.count("«") == example.count("»") for example in part.examples), part.id
        if isinstance(part, Label):
            assert all("«" in example for example in part.examples), part.id


def test_keys_are_free(scheme: Scheme) -> None:
    assert {"N", "B", "W", "X", "S", "E"} <= window_keys()
    labels = [label.shortcut for label in scheme.labels]
    relations = [kind.shortcut for kind in scheme.relation_types]
    assert all(re.fullmatch("[1-9]", key) for key in labels)
    assert all(re.fullmatch("[A-Z]", key) for key in relations)
    assert len(set(relations)) == len(relations)
    # Those of relations count only after the window's own key R.
    assert window_keys().isdisjoint(labels)


def test_page_of_the_format_names_the_keys_of_the_window() -> None:
    named = re.search(r"The window itself uses (.*)\.", PAGE.read_text(encoding="utf-8"))
    assert named is not None
    assert set(re.findall(r"\b[A-Z0-9]\b", named[1].partition(". ")[0])) == window_keys()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_guideline_calls_things_by_their_names(language: str) -> None:
    scheme = default_scheme()
    known = {name.in_language(language).casefold() for name in names(scheme)}
    bold = re.findall(r"\*\*(.+?)\*\*", scheme.guideline.in_language(language))
    assert len(bold) > 30
    assert [name for name in bold if name.casefold() not in known] == []


def test_guidelines_have_the_same_sections_in_both_languages(scheme: Scheme) -> None:
    def shape(page: str) -> list[str]:
        return [re.match(r"#*|- |\d", line).group() for line in page.splitlines() if line]  # type: ignore[union-attr]

    assert shape(scheme.guideline.en) == shape(scheme.guideline.ar)
    assert scheme.guideline.ar.startswith("# ")


def test_fragments_of_the_other_direction_are_set_off(scheme: Scheme) -> None:
    isolated = re.compile(r"[\u2066\u2068][^\u2066-\u2069]*\u2069")
    assert not _ARABIC.search(isolated.sub("", scheme.guideline.en))
    arabic = [scheme.guideline.ar, *(text.ar for text in descriptions(scheme))]
    arabic += [example for part in described(scheme) if not isinstance(part, Layer) for example in part.examples]
    for text in arabic:
        # After Arabic letters, the parts of a bare date change places.
        assert not re.search(r"\d-[\dW]", isolated.sub("", text)), text


def test_same_ids_mean_the_same_in_all_of_them(scheme: Scheme) -> None:
    whole = default_scheme()
    for label in scheme.labels:
        same = whole.label(label.id)
        assert (label.name, label.color, label.shortcut, label.layer_id) == (
            same.name,
            same.color,
            same.shortcut,
            same.layer_id,
        )
    for attribute in scheme.attributes:
        assert attribute.values == whole.attribute(attribute.id).values
    for kind in scheme.relation_types:
        assert (kind.name, kind.shortcut) == (whole.relation_type(kind.id).name, whole.relation_type(kind.id).shortcut)


class TestDefault:
    def test_ids_that_projects_have_stay(self) -> None:
        scheme = default_scheme()
        assert scheme.id == "news-actors-events-stance/2"
        assert [layer.id for layer in scheme.layers] == ["actor", "event", "stance", "context"]
        assert [(label.id, label.shortcut, label.color, label.layer_id, label.links) for label in scheme.labels] == [
            ("ACTOR", "1", "#3b82f6", "actor", Links.ACTOR),
            ("EVENT", "2", "#f59e0b", "event", Links.EVENT),
            ("STANCE", "3", "#10b981", "stance", Links.NOTHING),
            ("PLACE", "4", "#a78bfa", "context", Links.ACTOR),
            ("TIME", "5", "#94a3b8", "context", Links.NOTHING),
        ]

    def test_what_is_asked(self) -> None:
        scheme = default_scheme()
        asked = {
            label: [attribute.id for attribute in scheme.attributes_of(label)]
            for label in ("ACTOR", "EVENT", "STANCE", "PLACE", "TIME", "doc_stance")
        }
        assert asked == {
            "ACTOR": ["mention"],
            "EVENT": ["type", "mode", "context", "realis", "negated"],
            "STANCE": ["polarity", "expression", "voice", "issue"],
            "PLACE": [],
            "TIME": ["value"],
            "doc_stance": ["issue", "doc_label"],
        }
        assert (scheme.attribute(ACTOR_KIND).labels, scheme.attribute(ACTOR_SECTOR).labels) == ((), ())

    def test_event_types(self) -> None:
        types = default_scheme().attribute(EVENT_TYPE)
        assert len(types.offered({})) == 16
        assert [value.id for value in types.values if value.archived] == ["STATEMENT", "OTHER"]
        assert [value.id for value in types.values if value.needs] == ["COOPERATE", "AID", "SANCTION"]

    @pytest.mark.parametrize(
        ("event_type", "modes"),
        [
            ("CONSULT", ["visit", "third-party", "multilateral", "phone"]),
            ("RETREAT", ["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
            ("REJECT", ["assist", "change", "yield", "meet"]),
            ("THREATEN", ["restrict", "arrest", "relations", "expel", "territory", "violence"]),
            ("SANCTION", ["convict", "expel", "withdraw", "discontinue"]),
            ("MOBILIZE", ["troops", "weapons", "police", "militia"]),
            ("AGREE", []),
        ],
    )
    def test_modes_of_a_type(self, event_type: str, modes: list[str]) -> None:
        offered = default_scheme().attribute("mode").offered({EVENT_TYPE: event_type})
        assert sorted(value.id for value in offered) == sorted(modes)

    def test_relations(self) -> None:
        scheme = default_scheme()
        assert {kind.id: (kind.sources, kind.targets) for kind in scheme.relation_types} == {
            "AGENT": (("EVENT",), ("ACTOR",)),
            "RECIPIENT": (("EVENT",), ("ACTOR",)),
            "PLACE": (("EVENT",), ("PLACE", "ACTOR")),
            "TIME": (("EVENT",), ("TIME",)),
            "CONTENT": (("EVENT",), ("EVENT",)),
            "SOURCE": (("EVENT", "STANCE"), ("ACTOR",)),
            "HOLDER": (("STANCE",), ("ACTOR",)),
            "TARGET": (("STANCE",), ("ACTOR", "EVENT")),
        }
        assert [kind.id for kind in scheme.relation_types if kind.author] == ["HOLDER", "SOURCE"]
        assert [(kind.id, kind.unless) for kind in scheme.relation_types if kind.required] == [
            ("HOLDER", ""),
            ("TARGET", "issue"),
        ]
        assert scheme.relation_type("PLACE").kinds == ("GPE",)
