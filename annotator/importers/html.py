# SPDX-License-Identifier: MIT
"""Articles in web pages: their main text, what the page says of itself, and what was left out of it.

trafilatura tells the article from menus, "share" lines and links to other articles. It is given a page, never an
address: nothing is fetched, and no picture, frame or style sheet that the page names is looked for.
"""

import logging
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.errors import UserError
from annotator.extras import EXTRAS, load, require
from annotator.importers.base import ReadArticle, derived_article
from annotator.importers.documents import decoded_text, iso_date, lines_of, one_line, stretches

#: How far into a page its own word on its encoding may stand; browsers look at 1,024 bytes, saved pages need more.
_HEAD = 8192
_CHARSET = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
#: What many an Arabic page claims that was never told what it is in.
_NO_CLAIM = frozenset({"iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"})
_ANY_TAG = re.compile(r"<[A-Za-z!][^<>]*>")
#: What XML, and so the library's tree, has no room for.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

#: Elements of a page that show no text.
_UNSEEN = frozenset({
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "audio", "video", "canvas",
    "select", "option", "datalist",
})  # fmt: skip
#: Elements that stand within a line.
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
#: The same of the library's tree of the main text.
_INLINE_FOUND = frozenset({"body", "hi", "ref", "del", "graphic"})
_CELLS = frozenset({"td", "th", "cell"})
_ROWS = frozenset({"tr", "row"})
_SPACE = re.compile("[ \t\n\r\f\v]+")
#: A link, or the part of it that is in a line; between the marks that `_lines` puts there.
_LINK = re.compile("\x02[^\x02\x03\n]*\x03?")
_LINK_MARKS = re.compile("[\x02\x03]")
_WORD = re.compile(r"\w")
_AROUND_TAB = re.compile(" *\t *")
#: How many in a hundred words of an article are no links; a menu has less.
_LEAST_UNLINKED = 40
#: In characters: what is shorter may stand in the main text by chance.
_BY_CHANCE = 20
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,2000}")
#: The date is looked for where pages declare it; guessing it from the running text finds the dates of events.
_DATE = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}


def read_html(path: Path, raw: bytes, place: str = "") -> ReadArticle:
    """Return the article in a web page, with paragraphs, headings and list items on lines of their own.

    Args:
        path: the file.
        raw: its bytes; in the encoding of its mark, else UTF-8 if they are, else what the page says, else a guess.
        place: where in the file they were, if it is an archive.

    Raises:
        UserError: `extra_missing`, `file_empty`, `file_too_large`, `file_binary`, `encoding_undetected`, or
            `html_no_article` for a page that is no article.
    """
    require("html", "HTML")
    source = _CONTROLS.sub(" ", _source(path, raw))
    page = _tree(source) if _ANY_TAG.search(source) else None
    if page is None:
        raise UserError("html_no_article", path=path)
    shown = _Shown(_lines(page, _INLINE, _UNSEEN, mark_links=True))  # first, because the library changes the page
    found = _extracted(page)
    text = shown.article(_lines(found.body, _INLINE_FOUND), found.title or "") if _has_body(found) else ""
    if not text or shown.is_menu(text):
        raise UserError("html_no_article", path=path)
    return derived_article(
        path,
        text,
        raw,
        by=EXTRAS["html"].label,
        place=place,
        title=found.title or "",
        outlet=one_line(found.sitename or ""),
        url=_address(found.url),
        author=one_line(found.author or ""),
        date=iso_date(found.date or ""),
        left_out=stretches(shown.missing(text)),
    )


def _source(path: Path, raw: bytes) -> str:
    """Return a page as text, in the encoding that it is in rather than the one that it claims, where these differ."""
    said = _CHARSET.search(raw, 0, _HEAD)
    claimed = _as_said(path, raw, said[1]) if said is not None else ""
    try:
        decoded = decoded_text(path, raw)
    except UserError as error:
        if not claimed or error.key != "encoding_undetected":
            raise
        return claimed
    return claimed if claimed and decoded.guessed and not decoded.encoding.startswith("utf") else decoded.text


def _as_said(path: Path, raw: bytes, name: bytes) -> str:
    """Return a page in the encoding that it claims, or "" if that is no encoding, or not its own."""
    encoding = name.decode("ascii").lower()
    if encoding in _NO_CLAIM:
        return ""
    try:
        return decoded_text(path, raw, encoding).text
    except UserError:
        return ""


def _tree(source: str) -> Any:
    """Return the root of a page, or None if there is nothing in it."""
    lxml_html, etree = load("lxml.html"), load("lxml.etree")
    parser = lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source.encode(), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # the last for a page that is nothing but a declaration
        return None


def _extracted(page: Any) -> Any:
    """Return what the library makes of a page, or None."""
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        # They complain of pages, not of this program; what is wrong with a page is said by `html_no_article`.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        # With the library comes what it fetches pages by, which is not used here, and warns of what it misses itself.
        warnings.simplefilter("ignore")
        extract = load("trafilatura").bare_extraction
    return extract(page, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATE))


def _lines(root: Any, inline: frozenset[str], unseen: frozenset[str] = frozenset(), *, mark_links: bool = False) -> str:
    """Return the text under an element, a line for each block of it, with tabs between the cells of a row.

    A row with a cell of several blocks is no row of a table but a frame of the page, and becomes lines. Links are
    marked by the control characters of `_LINK`, of which a page has none any more.
    """
    parts: list[str] = []
    rows: list[int] = []
    walk = load("lxml.etree").iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end" and element.tag in _ROWS:
            _end_row(parts, rows.pop())
        parts.append(_border(element.tag, inline) if element.tag not in _CELLS or event == "end" else "")
        if event == "start" and element.tag in _ROWS:
            rows.append(len(parts))
        if mark_links and element.tag == "a":
            parts.append("\x02" if event == "start" else "\x03")
        if event == "start" and element.tag in unseen:
            walk.skip_subtree()
        elif event == "start":
            parts.append(_SPACE.sub(" ", element.text or ""))
        elif element is not root:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    return lines_of([_AROUND_TAB.sub("\t", "".join(parts))])


def _end_row(parts: list[str], start: int) -> None:
    """Make lines of the cells of a row, of which the parts from `start` on are, if one of them has several."""
    if "\n" in parts[start:]:
        parts[start:] = ["\n" if part == "\t" else part for part in parts[start:]]


def _border(tag: object, inline: frozenset[str]) -> str:
    if tag in _CELLS:
        return "\t"
    return "" if tag in inline else "\n"


class _Shown:
    """What a page shows, line by line, and what in it are links."""

    def __init__(self, marked: str) -> None:
        self._lines = _LINK_MARKS.sub("", marked).split("\n")
        self._links = {one_line(link.strip("\x02\x03")) for link in _LINK.findall(marked)}
        self._unlinked = Counter(_LINK.sub(" ", marked).split())
        self._linked = {
            _squeezed(_LINK_MARKS.sub("", line))
            for line in marked.split("\n")
            if "\x02" in line and not _WORD.search(_LINK.sub("", line))
        }

    def article(self, text: str, title: str) -> str:
        """Return the main text without links that stand before and after it, under the headline that the page shows."""
        lines = text.split("\n")
        while lines and _squeezed(lines[0]) in self._linked:
            lines.pop(0)
        while lines and _squeezed(lines[-1]) in self._linked:
            lines.pop()
        headlines = [line for line in self._lines if title and _squeezed(line) == _squeezed(title)]
        if lines and headlines and _squeezed(title) not in map(_squeezed, lines):
            lines.insert(0, headlines[0])
        return "\n".join(lines)

    def is_menu(self, text: str) -> bool:
        """Return whether most words of a text are links."""
        words = Counter(text.split())
        return (words & self._unlinked).total() * 100 < _LEAST_UNLINKED * words.total()

    def missing(self, text: str) -> Iterator[str]:
        """Yield the lines of the page that a text has not."""
        kept = {_squeezed(line) for line in text.split("\n")}
        whole = _squeezed(text)
        for line in self._lines:
            squeezed = _squeezed(line)
            # A menu's word stands somewhere in many an article; that is no reason to keep silent about the menu.
            by_chance = len(squeezed) < _BY_CHANCE and one_line(line) in self._links
            if squeezed not in kept and (by_chance or squeezed not in whole):
                yield line


def _has_body(found: Any) -> bool:
    return found is not None and found.body is not None


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _address(found: str | None) -> str:
    return found if found and _ADDRESS.fullmatch(found) else ""
