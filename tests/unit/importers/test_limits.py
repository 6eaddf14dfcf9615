# SPDX-License-Identifier: MIT
"""What is too large, too deep or too many for a reader is refused or cut, and not read on: a limit after the other.

Those of archives, XML, JSON, DocBin and Parquet have tests beside the rest of their readers.
"""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.importers import (
    archives,
    base,
    conll,
    documents,
    jsonl,
    markdown,
    odt,
    pdf,
    pdf_lines,
    records,
    safety,
    sources,
    tables,
    text_streams,
    xlsx,
)
from annotator.importers.markdown import read_markdown
from annotator.importers.odt import read_odt
from annotator.importers.safety import open_archive
from annotator.importers.w3c import read as read_w3c

from .test_docx import with_body
from .test_pdf import drawn
from .test_pdf import read as read_pdf
from .test_pdf import written as written_pdf

DEEP = 100_000


def packed(members: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def refused(call: Callable[..., object], *given: object) -> UserError:
    with pytest.raises(UserError) as caught:
        list(call(*given))  # type: ignore[call-overload]
    return caught.value


def test_every_limit_is_a_number_of_sound_size() -> None:
    """A limit that somebody takes away, or makes endless, is none."""
    modules = (
        *(
            archives,
            base,
            conll,
            documents,
            jsonl,
            markdown,
            odt,
            pdf,
            pdf_lines,
            records,
            safety,
            tables,
            text_streams,
            xlsx,
        ),
    )
    words = ("MOST", "LARGEST", "LONGEST", "DEEPEST")
    limits = {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if any(word in name.split("_") for word in words) and isinstance(value, int)
    }
    assert len(limits) > 25
    assert all(0 < limit <= 4_000_000_000 for limit in limits.values()), limits


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.docx", "a.odt", "a.pdf"])
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, read, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / name
    with path.open("wb") as file:  # no byte of it is on the disk
        file.truncate(base.LARGEST + 1)
    taken: list[int] = []
    monkeypatch.setattr(sources, "read_file", watched(sources.read_file, taken))
    articles, (unread,) = read(path)
    assert not articles
    assert unread.error.key == "file_too_large"


def watched(call: Callable[..., bytes], sizes: list[int]) -> Callable[..., bytes]:
    def run(*given: object) -> bytes:
        result = call(*given)
        sizes.append(len(result))
        return result

    return run


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_package_that_is_too_large_unpacked(tmp_path: Path, read, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_LARGEST_PACKAGE", 100)
    kind = "mimetype" if name.endswith("odt") else "[Content_Types].xml"
    made = {kind: "application/vnd.oasis.opendocument.text", "word/document.xml": "x" * 200, "content.xml": "x" * 200}
    (tmp_path / name).write_bytes(packed(made))
    _, (unread,) = read(tmp_path / name)
    assert unread.error.key == "part_unsafe"


def test_a_document_that_is_nested_too_deep(tmp_path: Path, read) -> None:
    (tmp_path / "a.docx").write_bytes(with_body("<w:sdt>" * DEEP + "[x]" + "</w:sdt>" * DEEP))
    _, (unread,) = read(tmp_path / "a.docx")
    assert unread.error.key == "part_unsafe"


def test_markdown_that_is_nested_too_deep(text: str) -> None:
    source = f"{text}\n\n{'> ' * 5_000}{text}\n\n{'- ' * 5_000}{text}\n"
    assert read_markdown(Path("a.md"), source.encode()).decoded.text.startswith(text)


def test_json_that_is_nested_too_deep(tmp_path: Path, read, text: str) -> None:
    (tmp_path / "a.json").write_text('{"a":' * DEEP + json.dumps({"text": text}) + "}" * DEEP, encoding="utf-8")
    articles, (unread,) = read(tmp_path / "a.json")
    assert not articles
    assert unread.error.key == "record_broken"


def test_blanks_of_odt_are_bounded(tmp_path: Path) -> None:
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    spaces += ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = '<office:body><office:text><text:p>أ<text:s text:c="99999999"/>ب</text:p></office:text></office:body>'
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    made = packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    assert len(read_odt(Path("a.odt"), made).decoded.text) == odt._MOST_BLANKS + 2


def test_pages_lines_and_characters_of_a_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    page = [*drawn("abcdef", 50, 300), *drawn("ghijkl", 50, 280), *drawn("mnopqr", 50, 260)]
    for name, most in (("_MOST_PAGES", 1), ("_MOST_CHARACTERS", 20), ("_MOST_LINES", 2)):
        with monkeypatch.context() as patch:
            patch.setattr(pdf, name, most)
            assert refused(lambda: [read_pdf(written_pdf(page, page))]).key == "foreign_unsafe", name


def test_columns_beyond_the_most_are_left_out(tmp_path: Path, read, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_COLUMNS", 3)
    (tmp_path / "a.csv").write_text(f"a,b,text,title\n1,2,{text},عنوان\n", encoding="utf-8")
    ((article,), _) = read(tmp_path / "a.csv")
    assert (article.decoded.text, article.title) == (text, text)


def test_members_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(packed({f"{number}.txt": "x" for number in range(4)}))
    monkeypatch.setattr(safety, "_MOST_MEMBERS", 3)
    with pytest.raises(UserError, match="foreign_unsafe"), open_archive(tmp_path / "a.zip"):
        pass


def test_a_head_without_end_in_a_web_archive(tmp_path: Path, read) -> None:
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\nX: " + b"a" * (archives._LONGEST_HEAD + 10))
    articles, (unread,) = read(tmp_path / "a.warc")
    assert not articles
    assert isinstance(unread.error, UserError)


def test_tokens_of_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conll, "_MOST_TOKENS", 3)
    (tmp_path / "a.conll").write_text("أ O\n" * 4, encoding="utf-8")
    assert refused(conll.read, tmp_path / "a.conll").key == "foreign_too_long"


def test_a_line_without_end_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_LONGEST_LINE", 100)
    (tmp_path / "a.jsonl").write_text('{"format": "tawsim-jsonl/3", "x": "' + "a" * 1000, encoding="utf-8")
    with (tmp_path / "a.jsonl").open("rb") as file:
        assert refused(lambda: [jsonl.read_header(file, tmp_path / "a.jsonl")]).key == "jsonl_invalid"


def test_annotations_of_annotations_without_end(tmp_path: Path) -> None:
    """Each is about the next one, and the last about the first."""
    said = [
        {"id": f"urn:{number}", "type": "Annotation", "target": {"source": f"urn:{(number + 1) % 50}"}}
        for number in range(50)
    ]
    (tmp_path / "a.jsonld").write_text(json.dumps(said), encoding="utf-8")
    assert len(list(read_w3c(tmp_path / "a.jsonld"))) <= 50
