# SPDX-License-Identifier: MIT
"""Our own JSON Lines: everything in the project, one article a line, after a line that describes the project.

Owns the writer and the strict reader of `tawsim-jsonl/1`, which `docs/export-formats.md` describes. Knows nothing of
where the file ends up.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from json.encoder import encode_basestring as _quoted
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from annotator.errors import UserError
from annotator.exporters.base import Entry, ExportOptions, ExportSource, TaggedArticle, Written
from annotator.model.annotator import Annotator
from annotator.model.article import Article, ArticleState
from annotator.model.ids import AnnotatorId, ArticleId
from annotator.model.scheme import Scheme
from annotator.model.scheme_file import dump_scheme, parse_scheme
from annotator.model.span import Origin, Span

FORMAT = "tawsim-jsonl/1"

_T = TypeVar("_T")

# Numbers of this many digits are foreseen in the first line, whose length is fixed before they are known.
_WIDEST_COUNT = 10**12

_ARTICLE_FIELDS = tuple(field.name for field in fields(Article))
# The article of a span is the one in whose line it stands.
_SPAN_FIELDS = tuple(field.name for field in fields(Span) if field.name != "article_id")
_INT_FIELDS = frozenset({"position", "length", "start", "end"})
_BOOL_FIELDS = frozenset({"bom", "exact"})
_HEADER_FIELDS = frozenset({"format", "articles", "tags", "project", "scheme", "annotators"})

# By `_value_`, because `value` of an enum is a property in Python: it would cost as much as all other fields together.
_article_values = attrgetter(*("state._value_" if name == "state" else name for name in _ARTICLE_FIELDS))
_span_values = attrgetter(*("origin._value_" if name == "origin" else name for name in _SPAN_FIELDS))
_article_items = itemgetter(*_ARTICLE_FIELDS)
_span_items = itemgetter(*_SPAN_FIELDS)

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
_decode = json.JSONDecoder().decode


def _types(names: tuple[str, ...]) -> list[type]:
    return [int if name in _INT_FIELDS else bool if name in _BOOL_FIELDS else str for name in names]


_ARTICLE_TYPES = _types(_ARTICLE_FIELDS)
_SPAN_TYPES = _types(_SPAN_FIELDS)

_STATE = _ARTICLE_FIELDS.index("state")
_LENGTH = _ARTICLE_FIELDS.index("length")
_STATES = {state.value: state for state in ArticleState}
# A look-up here takes a third of the time of a call of the enum.
_ORIGINS = {origin.value: origin for origin in Origin}

_SPAN_TEMPLATE = "{" + ",".join(f'"{name}":{"%d" if name in _INT_FIELDS else "%s"}' for name in _SPAN_FIELDS) + "}"

# One line as plain values, in the order of the fields: article, text, spans. Making objects of them, or asking
# objects for their hash, takes longer than all of the JSON.
_Values = tuple[tuple[Any, ...], str, tuple[tuple[Any, ...], ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says: the project, its scheme, who works in it, and how much follows."""

    project_id: str
    project_name: str
    scheme: Scheme
    annotators: tuple[Annotator, ...]
    articles: int
    tags: int


def write(path: Path, source: ExportSource, options: ExportOptions) -> Iterator[Written]:  # noqa: ARG001
    """Write every article, then the numbers into the first line, which is why it is padded with blanks."""
    articles = tags = 0
    with path.open("wb") as file:
        room = len(_header_line(_header(source, _WIDEST_COUNT, _WIDEST_COUNT)))
        file.write(b" " * room + b"\n")
        for article in source.articles():
            values = _values(article)
            file.write(_article_line(values) + b"\n")
            articles += 1
            tags += len(article.spans)
            yield Written(article, Entry(len(article.spans), values))
        header = _header(source, articles, tags)
        file.seek(0)
        file.write(_header_line(header).ljust(room))
    yield Written(None, Entry(0, header))


def read_back(path: Path) -> Iterator[Entry]:
    """Read every article with the strict reader, then the header."""
    with path.open("rb") as file:
        header = _read_header(file, path)
        for values in _read_values(file, path, header):
            yield Entry(len(values[2]), values)
    yield Entry(0, header)


def verifier() -> str:
    """Return by what files are read back: the reader of this module."""
    return "tawsim"


def read_jsonl(path: Path) -> tuple[Header, list[TaggedArticle]]:
    """Read a whole file.

    Raises:
        UserError: `jsonl_invalid`, with the line and what is wrong there.
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        header = _read_header(file, path)
        return header, [_tagged(values) for values in _read_values(file, path, header)]


def _line(line: str) -> bytes:
    # Readers that split lines as str.splitlines() does would cut here; inside JSON they stand in strings only.
    for char, escape in (("\x85", "\\u0085"), ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):
        if char in line:
            line = line.replace(char, escape)
    return line.encode()


def _values(tagged: TaggedArticle) -> _Values:
    return _article_values(tagged.article), tagged.text, tuple(map(_span_values, tagged.spans))


def _article_line(values: _Values) -> bytes:
    article, text, spans = values
    record = dict(zip(_ARTICLE_FIELDS, article, strict=True)) | {"text": text}
    return _line(f'{_encode(record)[:-1]},"spans":[{",".join(map(_span_json, spans))}]}}')


def _span_json(values: tuple[Any, ...]) -> str:
    # Tags are most of a file, and this takes a third of the time of making a dict and encoding it.
    key, label_id, start, end, quote, note, origin, annotator_id, created_at = values
    return _SPAN_TEMPLATE % (
        _quoted(key),
        _quoted(label_id),
        start,
        end,
        _quoted(quote),
        _quoted(note),
        _quoted(origin),
        _quoted(annotator_id),
        _quoted(created_at),
    )


def _header(source: ExportSource, articles: int, tags: int) -> Header:
    annotators = tuple(Annotator(key, name) for key, name in sorted(source.annotators.items()))
    return Header(source.project_id, source.project_name, source.scheme, annotators, articles, tags)


def _header_line(header: Header) -> bytes:
    record = {
        "format": FORMAT,
        "articles": header.articles,
        "tags": header.tags,
        "project": {"id": header.project_id, "name": header.project_name},
        "scheme": json.loads(dump_scheme(header.scheme)),
        "annotators": [{"id": annotator.id, "name": annotator.name} for annotator in header.annotators],
    }
    return _line(_encode(record))


def _read_header(file: BinaryIO, path: Path) -> Header:
    try:
        data = _decode(file.readline().decode())
        if type(data) is not dict or data.get("format") != FORMAT:
            raise ValueError(f"the first line does not say that the file is {FORMAT}")
        if data.keys() != _HEADER_FIELDS:
            raise ValueError(f"fields are {', '.join(sorted(data))}")
        return Header(
            project_id=_of_type(data["project"]["id"], str),
            project_name=_of_type(data["project"]["name"], str),
            scheme=parse_scheme(json.dumps(data["scheme"]), where=path.name),
            annotators=tuple(
                Annotator(AnnotatorId(_of_type(one["id"], str)), _of_type(one["name"], str))
                for one in data["annotators"]
            ),
            articles=_of_type(data["articles"], int),
            tags=_of_type(data["tags"], int),
        )
    except (ValueError, KeyError, TypeError, UserError) as error:
        raise UserError("jsonl_invalid", path=str(path), line=1, detail=_detail(error)) from error


def _read_values(file: BinaryIO, path: Path, header: Header) -> Iterator[_Values]:
    articles = tags = 0
    for number, line in enumerate(file, start=2):
        try:
            if not line.endswith(b"\n"):
                raise ValueError("the line is cut short")
            values = _checked(_decode(line.decode()))
        except (ValueError, KeyError, TypeError) as error:
            raise UserError("jsonl_invalid", path=str(path), line=number, detail=_detail(error)) from error
        articles += 1
        tags += len(values[2])
        yield values
    if (articles, tags) != (header.articles, header.tags):
        detail = f"{header.articles} articles and {header.tags} tags announced, {articles} and {tags} found"
        raise UserError("jsonl_invalid", path=str(path), line=1, detail=detail)


def _checked(data: dict[str, Any]) -> _Values:
    article = _article_items(data)
    text = _of_type(data["text"], str)
    if list(map(type, article)) != _ARTICLE_TYPES or len(data) != len(_ARTICLE_FIELDS) + 2:
        raise ValueError("an article has a field too many, or of the wrong type")
    if article[_STATE] not in _STATES:
        raise ValueError(f"there is no state {article[_STATE]!r}")
    if len(text) != article[_LENGTH]:
        raise ValueError(f"the text has {len(text)} characters, not {article[_LENGTH]}")
    return article, text, tuple([_checked_span(span, text) for span in _of_type(data["spans"], list)])


def _checked_span(data: dict[str, Any], text: str) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _span_items(data)
    if list(map(type, values)) != _SPAN_TYPES or len(data) != len(_SPAN_FIELDS):
        raise ValueError(f"a tag has a field too many, or of the wrong type: {data}")
    start, end, quote = data["start"], data["end"], data["quote"]
    if not 0 <= start < end <= len(text) or text[start:end] != quote:
        raise ValueError(f"a tag's quote is not the text from {start} to {end}: {quote}")
    if data["origin"] not in _ORIGINS:
        raise ValueError(f"there is no origin {data['origin']!r}")
    return values


def _tagged(values: _Values) -> TaggedArticle:
    fields_of_article, text, spans = values
    named = dict(zip(_ARTICLE_FIELDS, fields_of_article, strict=True))
    article = Article(**named | {"state": _STATES[named["state"]]})
    return TaggedArticle(article, text, tuple(_span(span, article.id) for span in spans))


def _span(values: tuple[Any, ...], article_id: ArticleId) -> Span:
    named = dict(zip(_SPAN_FIELDS, values, strict=True))
    return Span(**named | {"article_id": article_id, "origin": _ORIGINS[named["origin"]]})


def _of_type(value: object, kind: type[_T]) -> _T:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _detail(error: Exception) -> str:
    return f"no field {error}" if isinstance(error, KeyError) else str(error)
