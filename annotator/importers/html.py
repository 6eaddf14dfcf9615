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

#: Files taken from a folder.
SUFFIXES = frozenset({".html", ".htm", ".xhtml"})

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
_SPACE = re.compile("[ \t\n\r\f\v]+")
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
    seen = _lines(page, _INLINE, _UNSEEN)  # first, because the library changes the page
    unlinked = _lines(page, _INLINE, _UNSEEN | {"a"})
    links = {one_line("".join(link.itertext())) for link in page.iter("a")}
    found = _extracted(page)
    text = _lines(found.body, _INLINE_FOUND, frozenset()) if found is not None and found.body is not None else ""
    if not text or _is_menu(text, unlinked):
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
        left_out=stretches(_missing(seen, text, links)),
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


def _lines(root: Any, inline: frozenset[str], unseen: frozenset[str]) -> str:
    """Return the text under an element, a line for each block of it, with tabs between the cells of a row.

    A block that ends in a cell ends its line, so that a table which only arranges a page becomes paragraphs.
    """
    parts: list[str] = []
    walk = load("lxml.etree").iterwalk(root, events=("start", "end"))
    for event, element in walk:
        border = _border(element.tag, inline)
        parts.append(border if element.tag not in _CELLS or event == "end" else "")
        if event == "start" and element.tag in unseen:
            walk.skip_subtree()
        elif event == "start":
            parts.append(_SPACE.sub(" ", element.text or ""))
        elif element is not root:
            parts.append(_SPACE.sub(" ", element.tail or ""))
    return lines_of([_AROUND_TAB.sub("\t", "".join(parts))])


def _border(tag: object, inline: frozenset[str]) -> str:
    if tag in _CELLS:
        return "\t"
    return "" if tag in inline else "\n"


def _is_menu(text: str, unlinked: str) -> bool:
    """Return whether most words of a text are links, given the text of its page without its links."""
    words = Counter(text.split())
    return (words & Counter(unlinked.split())).total() * 100 < _LEAST_UNLINKED * words.total()


def _missing(seen: str, text: str, links: set[str]) -> Iterator[str]:
    """Yield the lines of a page that its main text has not."""
    kept = {_squeezed(line) for line in text.split("\n")}
    whole = _squeezed(text)
    for line in seen.split("\n"):
        squeezed = _squeezed(line)
        # A menu's word stands somewhere in many an article; that is no reason to keep silent about the menu.
        by_chance = len(squeezed) < _BY_CHANCE and one_line(line) in links
        if squeezed not in kept and (by_chance or squeezed not in whole):
            yield line


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _address(found: str | None) -> str:
    return found if found and _ADDRESS.fullmatch(found) else ""
