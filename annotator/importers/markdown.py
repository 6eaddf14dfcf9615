# SPDX-License-Identifier: MIT
"""Articles in Markdown: their text without its markup, and what their front matter says of them.

Front matter is read line by line as `key: value`, never by a YAML library, which may make objects. HTML in Markdown
loses its tags; pictures are left out, and so is what stands for them.
"""

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.extras import EXTRAS, load, require
from annotator.importers.base import ReadArticle, derived_article
from annotator.importers.documents import decoded_text, iso_date, lines_of, one_line, stretches

if TYPE_CHECKING:
    from markdown_it.token import Token

#: What the keys of front matter are called, and what each says.
_FIELDS = {
    "title": "title", "author": "author", "authors": "author", "by": "author", "date": "date", "published": "date",
    "outlet": "outlet", "publisher": "outlet", "site": "outlet", "source": "outlet", "url": "url", "link": "url",
}  # fmt: skip
#: Lines that front matter may have; a rule at the head of a text is followed by more.
_MOST_LINES = 100
_ENTRY = re.compile(r"([^\W\d][\w -]{0,40}):(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_FENCES = ("---", "...")

_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_LINE_END = re.compile(r"</?(?:br|p|div|li|tr|h[1-6]|blockquote)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<[!?][^<>]*>")
#: How deep lists and quotes may lie in one another before the library leaves out what they hold.
_DEEPEST = 100


def read_markdown(path: Path, raw: bytes, place: str = "") -> ReadArticle:
    """Return the article in a Markdown file, with paragraphs, headings and list items on lines of their own.

    Args:
        path: the file.
        raw: its bytes, in any encoding that a text file may have.
        place: where in the file they were, if it is an archive.

    Raises:
        UserError: `extra_missing`, `file_empty`, `file_too_large`, `file_binary` or `encoding_undetected`.
    """
    require("markdown", "Markdown")
    front, source = _front_matter(decoded_text(path, raw).text)
    tokens: list[Token] = _parser().parse(source)
    fields = {"title": _first_heading(tokens)}
    others = []
    for key, value in front:
        field = _FIELDS.get(key.casefold(), "")
        if field:
            fields[field] = value
        else:
            others.append(f"{key}: {value}")
    fields["date"] = iso_date(fields.get("date", ""))
    left_out = stretches([*others, *_captions(tokens)])
    text = lines_of(_pieces(tokens))
    return derived_article(path, text, raw, by=EXTRAS["markdown"].label, place=place, left_out=left_out, **fields)


def _parser() -> Any:
    return load("markdown_it").MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


def _front_matter(text: str) -> tuple[list[tuple[str, str]], str]:
    """Return the entries between two rules at the head of a text, and the rest; no entries if there are no such."""
    lines = text.split("\n", _MOST_LINES + 1)
    if lines[0].rstrip() != "---":
        return [], text
    entries: list[tuple[str, str]] = []
    for number, line in enumerate(lines[1 : _MOST_LINES + 1], 1):
        if line.rstrip() in _FENCES:
            return (entries, "\n".join(lines[number + 1 :])) if entries else ([], text)
        if not _take_entry(line, entries):
            break
    return [], text


def _take_entry(line: str, entries: list[tuple[str, str]]) -> bool:
    """Add what a line of front matter says; return whether it can be such a line at all."""
    item = _ITEM.fullmatch(line)
    if item is not None and entries:
        key, value = entries.pop()
        entries.append((key, ", ".join(filter(None, [value, _unquoted(item[1])]))))
        return True
    entry = _ENTRY.fullmatch(line.rstrip())
    if entry is not None:
        entries.append((entry[1].strip(), _unquoted(entry[2] or "")))
    return entry is not None or not line.strip() or line.startswith(("#", " ", "\t"))


def _unquoted(value: str) -> str:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return ", ".join(filter(None, map(_unquoted, value[1:-1].split(","))))
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return one_line(value[1:-1] if quoted else value)


def _first_heading(tokens: "list[Token]") -> str:
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return one_line(_inline_text(inline))
    return ""


def _pieces(tokens: "list[Token]") -> Iterator[str]:
    """Yield the text of each block; the cells of a row in one, with tabs between them."""
    cells: list[str] = []
    in_row = False
    for token in tokens:
        if token.type in {"tr_open", "tr_close"}:
            in_row = token.type == "tr_open"
            if cells:
                yield "\t".join(cells)
            cells = []
        elif token.type == "inline":
            text = _inline_text(token)
            if in_row:
                cells.append(one_line(text))
            else:
                yield text
        elif token.type in {"fence", "code_block"}:
            yield token.content
        elif token.type == "html_block":
            yield _without_tags(token.content)


def _inline_text(token: "Token") -> str:
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type == "softbreak":
            parts.append(" ")
        elif child.type == "hardbreak" or (child.type == "html_inline" and _LINE_END.match(child.content)):
            parts.append("\n")
    return "".join(parts)


def _without_tags(source: str) -> str:
    return html.unescape(_TAG.sub("", _LINE_END.sub("\n", _UNSEEN.sub("", source))))


def _captions(tokens: "list[Token]") -> Iterator[str]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "image":
                yield child.content
