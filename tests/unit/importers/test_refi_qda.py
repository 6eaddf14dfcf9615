# SPDX-License-Identifier: MIT
"""REFI-QDA projects of others: paths, line ends, nested codes and cases; and what is wrong with an archive."""

import zipfile
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers import safety
from annotator.importers.refi_qda import header, read, recognise
from annotator.model import exchange
from annotator.model.exchange import Skipped

HEAD = '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="x" origin="Other 1">'
CODES = """<CodeBook><Codes>
<Code guid="c-group" name="Group" isCodable="false"><Code guid="c-actor" name="Actor" isCodable="true">
<Code guid="c-state" name="State" isCodable="true"/></Code></Code></Codes></CodeBook>"""


def _guid(number: int) -> str:
    return f"00000000-0000-0000-0000-{number:012d}"


CODES = CODES.replace("c-group", _guid(1)).replace("c-actor", _guid(2)).replace("c-state", _guid(3))


def _selection(number: int, start: int, end: int, *codes: int, name: str = "") -> str:
    codings = "".join(
        f'<Coding guid="{_guid(900 + number)}"><CodeRef targetGUID="{{{_guid(code)}}}"/></Coding>' for code in codes
    )
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<PlainTextSelection guid="{_guid(number)}" name="{name}" {place}>{codings}</PlainTextSelection>'


def _source(content: str, path: str = "internal://t.txt") -> str:
    return f'<TextSource guid="{_guid(100)}" name="T" plainTextPath="{path}">{content}</TextSource>'


def _project(folder: Path, xml: str, members: dict[str, str | bytes] | None = None) -> Path:
    path = folder / "x.qdpx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", f"{HEAD}{xml}</Project>")
        for name, text in (members or {}).items():
            archive.writestr(name, text)
    return path


def _read(folder: Path, xml: str, text: str | bytes, member: str = "sources/t.txt") -> exchange.Document:
    [document] = read(_project(folder, f"{CODES}<Sources>{xml}</Sources>", {member: text}))
    return document


@pytest.mark.parametrize(
    ("path", "member"),
    [
        ("internal://t.txt", "sources/t.txt"),
        ("internal://t.txt", "Sources/t.txt"),
        ("internal:///t.txt", "Sources/t.txt"),
        ("relative://docs/t.txt", "docs/t.txt"),
        ("relative:///t.txt", "sources/t.txt"),
        ("relative://C:\\docs\\t.txt", "sources/t.txt"),
    ],
)
def test_where_texts_are(tmp_path: Path, path: str, member: str) -> None:
    document = _read(tmp_path, _source(_selection(10, 0, 5, 2), path), b"\xef\xbb\xbfGantz met", member)

    assert [(tag.label, tag.quote) for tag in document.tags] == [("Actor", "Gantz")]


def test_text_in_the_project_and_paths_of_codes(tmp_path: Path) -> None:
    content = f"<PlainTextContent>Gantz met</PlainTextContent>{_selection(10, 0, 5, 2, 3)}"

    document = _read(tmp_path, _source(content, ""), "")

    assert [(tag.label, tag.id[-2:]) for tag in document.tags] == [("Actor", "10"), ("Actor/State", "#1")]


def test_codes_of_one_name_have_their_whole_path(tmp_path: Path) -> None:
    codes = CODES.replace("</Codes>", f'<Code guid="{_guid(5)}" name="Actor" isCodable="true"/></Codes>')
    sources = f"<Sources>{_source(_selection(10, 0, 5, 2) + _selection(11, 0, 5, 5))}</Sources>"

    [document] = read(_project(tmp_path, codes + sources, {"sources/t.txt": "Gantz met"}))

    assert [tag.label for tag in document.tags] == ["Group/Actor", "Actor"]


@pytest.mark.parametrize(("gantz", "met"), [((9, 14), (16, 19)), ((7, 12), (13, 16))], ids=["two", "one"])
@pytest.mark.parametrize("name", ["", "Gantz"])
def test_line_ends_of_windows_count_as_one_or_as_two(
    tmp_path: Path, gantz: tuple[int, int], met: tuple[int, int], name: str
) -> None:
    selections = _selection(10, *gantz, 2, name=name) + _selection(11, *met, 2)

    document = _read(tmp_path, _source(selections), "One.\r\n\r\n Gantz\r\nmet him")

    assert document.text == "One.\n\n Gantz\nmet him"
    assert [tag.quote for tag in document.tags] == ["Gantz", "met"]


def test_cases_links_notes_and_variables(tmp_path: Path) -> None:
    xml = f"""<Users><User guid="{_guid(50)}" name="Sami"/></Users>{CODES}
    <Variables><Variable guid="{_guid(60)}" name="outlet" typeOfVariable="Text"/></Variables>
    <Cases><Case guid="{_guid(70)}" name="Gantz"><SelectionRef targetGUID="{_guid(10)}"/></Case></Cases>
    <Sources>{
        _source(
            _selection(10, 0, 5, 2).replace(
                "</PlainTextSelection>", f'<NoteRef targetGUID="{_guid(80)}"/></PlainTextSelection>'
            )
            + _selection(11, 6, 9, 3)
            + f'<Coding guid="{_guid(91)}" creatingUser="{_guid(50)}"><CodeRef targetGUID="{_guid(3)}"/></Coding>'
            + f'<VariableValue><VariableRef targetGUID="{_guid(60)}"/><TextValue>Daily</TextValue></VariableValue>'
        )
    }</Sources>
    <Notes><Note guid="{_guid(80)}"><PlainTextContent>A note.</PlainTextContent></Note></Notes>
    <Links><Link guid="{_guid(90)}" name="meets" originGUID="{_guid(10)}" targetGUID="{_guid(11)}"/>
    <Link guid="{_guid(92)}" originGUID="{_guid(11)}" targetGUID="{_guid(70)}"/></Links>"""
    path = _project(tmp_path, xml, {"sources/t.txt": "Gantz met"})

    [document] = read(path)
    known = header(path)

    assert (document.outlet, document.title) == ("Daily", "T")
    assert (document.tags[0].note, document.tags[0].entity[-2:]) == ("A note.", "70")
    assert [(one.type, one.source[-2:], one.target[-2:], one.entity[-2:]) for one in document.relations] == [
        ("meets", "10", "11", ""),
        ("Link", "11", "", "70"),
    ]
    assert [(one.label, one.annotator) for one in document.document_tags] == [("Actor/State", "Sami")]
    assert [(one.id[-2:], one.name_ar) for one in known.actors] == [("70", "Gantz")]


def test_what_is_no_text_is_counted(tmp_path: Path) -> None:
    pictures = '<PictureSource guid="p"/><PDFSource guid="q"/>'

    document = _read(tmp_path, pictures + _source(_selection(10, 0, 0, 2) + _selection(11, 0, 5)), "Gantz")

    assert document.skipped == {Skipped.KIND: 4}


def test_a_project_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '<TextSource guid="{}" name="T" plainTextPath="internal://t.txt">{}</TextSource>'
    sources = "".join(text.format(_guid(100 + one), _selection(1000 + one, 0, 5, 2)) for one in range(400))
    links = f'<Link guid="{_guid(90)}" originGUID="{_guid(1399)}" targetGUID="{_guid(70)}"/>'
    xml = f"""<Sources>{sources}</Sources><Links>{links}</Links>
    <Cases><Case guid="{_guid(70)}" name="G"><SelectionRef targetGUID="{_guid(1000)}"/></Case></Cases>{CODES}"""
    path = _project(tmp_path, xml, {"sources/t.txt": "Gantz met"})
    monkeypatch.setattr(safety, "LARGEST_PART", 50_000)

    documents = list(read(path))

    assert [one.tags[0].label for one in documents] == ["Actor"] * 400
    assert (documents[0].tags[0].entity[-2:], documents[399].relations[0].entity[-2:]) == ("70", "70")
    monkeypatch.setattr(safety, "LARGEST_STREAMED", 50_000)
    with pytest.raises(UserError, match="foreign_unsafe"):
        list(read(path))


@pytest.mark.parametrize(
    ("key", "xml"),
    [
        ("foreign_offsets", _source(_selection(10, 0, 99, 2))),
        ("foreign_offsets", _source(_selection(10, 5, 2, 2))),
        ("foreign_malformed", _source(_selection(10, 0, 5, 2).replace('"0"', '"x"'))),
        ("foreign_malformed", _source(_selection(10, 0, 5, 2)).replace(f'guid="{_guid(100)}"', "")),
        ("foreign_missing", _source(_selection(10, 0, 5, 77))),
        ("foreign_missing", _source("", "internal://other.txt")),
        ("foreign_missing", _source("", "relative://../../etc/passwd")),
        ("foreign_twice", _source(_selection(10, 0, 5, 2) * 2)),
    ],
)
def test_what_is_wrong_with_a_project(tmp_path: Path, key: str, xml: str) -> None:
    with pytest.raises(UserError, match=key):
        _read(tmp_path, xml, "Gantz met")


def test_a_text_that_is_no_utf8(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="foreign_encoding"):
        _read(tmp_path, _source(_selection(10, 0, 5, 2)), "جانتس".encode("windows-1256"))


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("foreign_malformed", b"<Project"),
        ("foreign_malformed", b"<a/>"),
        ("foreign_version", b'<Project xmlns="urn:QDA-XML:project:9.0"/>'),
        ("foreign_unsafe", b'<!DOCTYPE a [<!ENTITY b "c">]><Project/>'),
    ],
)
def test_what_is_no_project(tmp_path: Path, key: str, raw: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "x.qdpx", "w") as archive:
        archive.writestr("project.qde", raw)

    with pytest.raises(UserError, match=key):
        list(read(tmp_path / "x.qdpx"))


def test_archives_that_climb_or_are_none(tmp_path: Path) -> None:
    path = _project(tmp_path, CODES, {"../x.txt": "a"})
    with pytest.raises(UserError, match="foreign_unsafe"):
        list(read(path))
    assert not recognise(path)

    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(UserError, match="foreign_cut_short"):
        list(read(path))

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.txt", "x")
    with pytest.raises(UserError, match="foreign_missing"):
        list(read(path))
    assert not recognise(path)
