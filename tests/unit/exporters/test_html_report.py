# SPDX-License-Identifier: MIT
"""The report to print: everything is in it, as it is drawn and in tables, and nothing in it does harm."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import UserError
from annotator.exporters import ExportOptions, ExportSource, Overlap, Unit, html_reading, html_report, run_export
from annotator.exporters.carrying import Carrier, entry_of
from annotator.exporters.html_report import ABILITIES
from annotator.exporters.html_text import Drawn, lanes, paragraphs
from annotator.exporters.splitting import Splits


def _exported(source: ExportSource, folder: Path, **options) -> Path:
    path = folder / "x.html"
    run_export(source, "html", path, ExportOptions(**options))
    return path


@pytest.mark.parametrize("fixture", ["corpus", "full"])
def test_everything_comes_back(fixture: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    source = request.getfixturevalue(fixture)
    documents = list(html_reading.read(_exported(source, tmp_path)))

    carrier = Carrier(source, ExportOptions(), ABILITIES)
    carried = [carrier.carry(tagged).document for tagged in source.articles()]
    assert [entry_of(one, ABILITIES) for one in documents] == [entry_of(one, ABILITIES) for one in carried]


def test_what_is_drawn(full: ExportSource, tmp_path: Path) -> None:
    text = _exported(full, tmp_path).read_text(encoding="utf-8")

    assert '<html lang="ar" dir="rtl">' in text
    [first, second] = re.findall(r'<p dir="auto" data-f="line">(.*)</p>', text)[:2]
    assert re.sub("<.*?>", "", first).startswith("أعلن وزير الدفاع بيني غانتس (Benny Gantz)")
    # أردوغان within بأردوغان, without anything between the letters but the span.
    assert re.search('ب<span class="t l0 n0" data-n="6" title="6. فاعل · Actor">أردوغان</span>', first)
    # The event in the stance: both lines, in two lanes.
    assert re.search(r'<span class="t l1 n1" [^>]*><span class="t l2 n0" [^>]*>الزيارة</span></span>', second)
    # The tag of two pieces is drawn twice.
    assert len(re.findall('data-n="1" title', text)) == 2
    assert '<bdi lang="ar">فاعل</bdi> · <bdi lang="en">Actor</bdi>' in text
    assert "غير أكيد" in text


def test_nothing_in_it_is_run_or_fetched(source_of, tmp_path: Path) -> None:
    evil = '<script>alert(1)</script><img src=x onerror="a()">&amp;&lt;</p></article> "\' &#1575; ]]> --> <!--'
    source = source_of((evil, [(0, 8, "ACTOR", '</td><script>"'), (3, len(evil), "EVENT")]))
    [tagged] = source.articles()
    article = replace(tagged.article, title=evil, outlet=evil, url='javascript:alert("1")')
    source = replace(source, project_name=evil, articles=lambda: iter([replace(tagged, article=article)]))
    path = _exported(source, tmp_path)

    elements: list[tuple[str, dict]] = []

    class _Elements(HTMLParser):
        def handle_starttag(self, tag, attrs) -> None:
            elements.append((tag, dict(attrs)))

    _Elements().feed(path.read_text(encoding="utf-8"))
    assert {tag for tag, _ in elements}.isdisjoint({"script", "img", "link", "iframe", "a", "form", "object"})
    assert not any(name.startswith(("on", "src", "href")) for _, attrs in elements for name in attrs)
    [document] = html_reading.read(path)
    assert (document.text, document.title, document.outlet) == (evil, evil, evil)
    assert "url(" not in path.read_text(encoding="utf-8").split("</style>")[0]


CONTROLS = "a\x00b\x0bc\x85\u2028\r\x7f\ufffe\U0001ffff\ufeff\u200f\td \n\n  \n"


def test_characters_that_html_does_not_have(source_of, tmp_path: Path) -> None:
    source = source_of((CONTROLS, [(0, len(CONTROLS) - 5, "ACTOR", CONTROLS), (2, 5, "EVENT")]))
    [document] = html_reading.read(_exported(source, tmp_path))

    assert document.text == CONTROLS
    assert document.tags[0].note == CONTROLS
    assert '<i data-c="0">\u2400</i>' in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "\n", "\n\n", "a\n", "\na", "a\n\nb"])
def test_empty_lines(text: str, source_of, tmp_path: Path) -> None:
    [document] = html_reading.read(_exported(source_of((text, [])), tmp_path))

    assert document.text == text


PARTS = st.lists(st.integers(0, 20), min_size=2, max_size=6, unique=True).map(
    lambda edges: tuple(zip(sorted(edges)[::2], sorted(edges)[1::2], strict=False))
)


@given(st.text("ab\n<\x00", min_size=20, max_size=20), st.lists(PARTS, max_size=5))
def test_each_character_is_drawn_once_in_all_its_tags(text: str, tags: list[tuple]) -> None:
    drawn = [Drawn(number, parts, "t", "x") for number, parts in enumerate(tags)]
    reader = html_reading._Reader()
    document = html_reading._Document("x")
    reader._document = document
    reader.feed("".join(paragraphs(text, drawn, lanes(drawn))))

    assert "".join(document._text) == text
    for tag in drawn:
        expected = [piece for part in tag.parts for piece in _lines(text, *part)]
        assert _joined(document._drawn.get(tag.number, [])) == _joined(expected)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for index in range(start, end):
        if text[index] != "\n":
            yield index, index + 1


def _joined(ranges) -> list[int]:
    return [index for start, end in ranges for index in range(start, end)]


@given(st.lists(PARTS, max_size=12))
def test_lines_of_tags_that_overlap_lie_apart(tags: list[tuple]) -> None:
    drawn = [Drawn(number, parts, "t", "x") for number, parts in enumerate(tags)]
    lane_of = lanes(drawn)

    for one in drawn:
        for other in drawn:
            overlap = one.parts[0][0] < other.parts[-1][1] and other.parts[0][0] < one.parts[-1][1]
            assert one is other or not overlap or lane_of[one.number] != lane_of[other.number]


def test_a_great_many_tags_upon_each_other(source_of, tmp_path: Path) -> None:
    source = source_of(("س" * 40, [(0, end, "ACTOR") for end in range(1, 41)]))
    [document] = html_reading.read(_exported(source, tmp_path))

    assert len(document.tags) == 40
    assert " n12" not in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "options",
    [{"unit": Unit.SENTENCE}, {"overlap": Overlap.LONGEST}, {"anonymise": True}, {"without_boilerplate": True}],
)
def test_options(options: dict, full: ExportSource, tmp_path: Path) -> None:
    text = _exported(full, tmp_path, **options).read_text(encoding="utf-8")

    assert ("Sami" in text) is not options.get("anonymise", False)
    assert text.count("<article") == (2 if "unit" in options else 1)


def test_splits(source_of, tmp_path: Path) -> None:
    run_export(
        source_of(*[("نص", [])] * 10), "html", tmp_path / "x", ExportOptions(splits=Splits(shares=(600, 200, 200)))
    )

    assert sorted(file.name for file in (tmp_path / "x").glob("*.html")) == ["dev.html", "test.html", "train.html"]


def test_the_same_project_gives_the_same_bytes(full: ExportSource, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()

    assert _exported(full, tmp_path / "a").read_bytes() == _exported(full, tmp_path / "b").read_bytes()


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("وزير", "وزيرة"),
        ('data-n="6" title', 'data-n="7" title'),
        ('data-label="ACTOR"', 'data-label="EVENT"'),
        ("[[17, 27]]", "[[17, 26]]"),
        ('data-f="words">جانتس', 'data-f="words">غانتس'),
        ("data-entity=", "data-other="),
        ("</article>", ""),
    ],
)
def test_a_difference_is_found(
    said: str, instead: str, monkeypatch: pytest.MonkeyPatch, full: ExportSource, tmp_path: Path
) -> None:
    write = html_report.write

    def tampered(path: Path, *more):
        yield from write(path, *more)
        text = path.read_text(encoding="utf-8")
        assert said in text
        path.write_text(text.replace(said, instead, 1), encoding="utf-8", newline="\n")

    found = replace(html_report.FORMAT, write=tampered)
    monkeypatch.setattr("annotator.exporters.running.find_format", lambda _: found)
    with pytest.raises(UserError, match="export_mismatch"):
        run_export(full, "html", tmp_path / "x")


def test_any_bytes_are_read_or_refused(full: ExportSource, tmp_path: Path) -> None:
    text = _exported(full, tmp_path).read_text(encoding="utf-8")
    body = text.index("<article")
    chance = random.Random(5)
    path = tmp_path / "y.html"
    for _ in range(60):
        at = chance.randrange(body, len(text))
        path.write_text(text[:at] + chance.choice(["", "<", '"', ">", "</td>", "&#0;"]) + text[at + 5 :], "utf-8")
        try:
            list(html_reading.read(path))
        except ValueError:
            continue
