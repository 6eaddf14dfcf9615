# SPDX-License-Identifier: MIT
"""A text with its tags as HTML: one paragraph a line, each tag a coloured line below its letters, however many overlap.

Browsers shape the letters of a paragraph across `span`s that differ in colour and underline only (looked at in
Chromium), so words stay joined where a tag begins inside one. What a tag looks like
is its class; where lines lie is settled here, as arithmetic. Knows no project.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotator.exporters.placing import Range

#: Characters that HTML does not have, or changes: all controls but tab and line feed, and what is no character.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_PICTURES, _NO_PICTURE = 0x2400, "\u2426"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A tag as it is drawn.

    Attributes:
        number: by which the table below the text names it.
        parts: its pieces, in code points.
        style: the class of its label.
        name: what is shown when the mouse rests on it.
    """

    number: int
    parts: tuple[Range, ...]
    style: str
    name: str


def escaped(text: str) -> str:
    """Return a text as the content of an element; what HTML does not have as an element that names its code point."""
    return _UNSAFE.sub(_named, html.escape(text, quote=False))


def attribute(text: str) -> str:
    """Return a text as the value of an attribute in double quotes."""
    return html.escape(text, quote=True)


def _named(found: re.Match[str]) -> str:
    code = ord(found[0])
    picture = chr(_PICTURES + code) if code < 0x20 else _NO_PICTURE
    return f'<i data-c="{code:x}">{picture}</i>'


def lanes(tags: Sequence[Drawn]) -> dict[int, int]:
    """Return the lane of each tag, from 0, so that the lines of no two that overlap lie upon each other."""
    ends: list[int] = []
    found = {}
    for tag in sorted(tags, key=lambda tag: (tag.parts[0][0], -tag.parts[-1][1], tag.number)):
        start, end = tag.parts[0][0], tag.parts[-1][1]
        lane = next((lane for lane, last in enumerate(ends) if last <= start), len(ends))
        ends[lane : lane + 1] = [end]
        found[tag.number] = lane
    return found


def paragraphs(text: str, tags: Sequence[Drawn], lane_of: Mapping[int, int]) -> Iterator[str]:
    """Yield the HTML of a text, a paragraph a line of it."""
    yield '<p dir="auto" data-f="line">'
    for start, end, inside in _segments(text, tags):
        if text[start:end] == "\n":
            yield '</p>\n<p dir="auto" data-f="line">'
        else:
            yield _segment(escaped(text[start:end]), inside, lane_of)
    yield "</p>\n"


def _segment(content: str, inside: Sequence[Drawn], lane_of: Mapping[int, int]) -> str:
    """Return a piece of text within the spans of its tags, the one that lies lowest outermost."""
    for tag in sorted(inside, key=lambda tag: lane_of[tag.number]):
        style = f"{tag.style} n{lane_of[tag.number]}"
        content = f'<span class="{style}" data-n="{tag.number}" title="{attribute(tag.name)}">{content}</span>'
    return content


def _segments(text: str, tags: Sequence[Drawn]) -> Iterator[tuple[int, int, list[Drawn]]]:
    """Yield the pieces into which edges of tags and ends of lines cut a text, with the tags that each is in."""
    starts: dict[int, list[Drawn]] = {}
    ends: dict[int, list[Drawn]] = {}
    for tag in tags:
        for start, end in tag.parts:
            starts.setdefault(start, []).append(tag)
            ends.setdefault(end, []).append(tag)
    lines = {edge for found in re.finditer("\n", text) for edge in found.span()}
    edges = sorted({0, len(text), *starts, *ends, *lines})
    inside: dict[int, Drawn] = {}
    for start, end in pairwise(edges):
        for tag in ends.get(start, []):
            inside.pop(tag.number, None)
        inside.update((tag.number, tag) for tag in starts.get(start, []))
        yield start, end, list(inside.values())
