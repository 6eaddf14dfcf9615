# SPDX-License-Identifier: MIT
"""What web-anno-tsv sees in a file, held against what our reader sees.

That library reads the tags of one layer whose label is in the second column, so each layer is laid before it alone. It
does not undo escapes in the text, and takes only white space between words: where a text has others, it is not asked.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.extras import load
from annotator.files import scratch
from annotator.model import exchange
from annotator.text.offsets import Utf16Map

_HEADER = "#FORMAT=WebAnno TSV 3.3\n#T_SP=layer|identifier|value\n\n\n"
_SPECIAL = re.compile(r"[\\|\[\]_;*\t\r\n]|->")

#: A label with its first code point and the code point after its last.
_Seen = tuple[str, int, int]


def refuse_other_tags(file: Path, document: exchange.Document) -> None:
    """Refuse a file in which web-anno-tsv sees other tags than our reader does.

    A tag of several sentences is several to it.

    Raises:
        ValueError: it does.
    """
    lines = file.read_text(encoding="utf-8").split("\n")
    layers = [line for line in lines if line.startswith("#T_SP=")]
    rows = [line.split("\t") for line in lines[len(layers) + 3 :]]
    sentences = list(_sentences(rows, Utf16Map(document.text)))
    if not sentences or not _can_read(document, rows):
        return
    expected = Counter(_in_sentences(document.tags, sentences))
    found: Counter[_Seen] = Counter()
    column = 3
    for layer in layers:
        found.update(_seen(file, rows, column, sentences))
        column += len(layer.split("|")) - 1
    if found != expected:
        raise ValueError(f"web-anno-tsv sees other tags: {found - expected} {expected - found}")


def _can_read(document: exchange.Document, rows: Sequence[Sequence[str]]) -> bool:
    if re.search(r"[\\\t\r]", document.text) or any(re.search(r"[\\|\[\]]", tag.label) for tag in document.tags):
        return False
    position = Utf16Map(document.text).from_utf16
    words = [row[1].split("-") for row in rows if len(row) > 1 and "." not in row[0]]
    edges = [(position(int(start)), position(int(end))) for start, end in words]
    gaps = (document.text[end:start] for (_, end), (start, _) in pairwise(edges))
    return all(not gap or gap.isspace() for gap in gaps)


def _sentences(rows: Sequence[Sequence[str]], unit: Utf16Map) -> Iterator[tuple[int, int]]:
    """Yield where each sentence begins and ends, in code points."""
    places: dict[str, list[int]] = {}
    for row in rows:
        if len(row) > 1:
            places.setdefault(row[0].partition("-")[0], []).extend(map(int, row[1].split("-")))
    return ((unit.from_utf16(min(place)), unit.from_utf16(max(place))) for place in places.values())


def _in_sentences(tags: Sequence[exchange.Tag], sentences: Sequence[tuple[int, int]]) -> Iterator[_Seen]:
    for tag in tags:
        label = _SPECIAL.sub(lambda match: f"\\{match[0]}", tag.label)
        for start, end in sentences:
            if tag.start < end and start < tag.end:
                yield label, max(start, tag.start), min(end, tag.end)


def _seen(
    file: Path, rows: Sequence[Sequence[str]], column: int, sentences: Sequence[tuple[int, int]]
) -> Iterator[_Seen]:
    with scratch(file) as folder:
        path = folder / "layer.tsv"
        projected = ("\t".join([*row[:3], "_", row[column]] if len(row) > 1 else row) for row in rows)
        path.write_text(_HEADER + "\n".join(projected), encoding="utf-8", newline="\n")
        for (start, _), sentence in zip(sentences, _read(path), strict=True):
            yield from ((one.label, start + one.start, start + one.stop) for one in sentence.annotations)


def _read(path: Path) -> list[Any]:
    library = load("web_anno_tsv.web_anno_tsv")
    try:
        with library.open_web_anno_tsv(str(path)) as file:
            return [sentence for sentence in file if sentence.tokens]
    except library.ReadException as error:
        raise ValueError(f"web-anno-tsv cannot read the file: {error}") from error
