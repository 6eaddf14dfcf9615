# SPDX-License-Identifier: MIT
"""Labels of single tokens, one a line: CoNLL-2003, IOB1, IOB2, BILOU, BIOES and plain labels, in columns of any number.

The text is rebuilt from the tokens (`annotator.importers.rebuilding`) and said to be: blanks and line breaks of the
original are not in such files. What goes on with an entity that nothing began begins one, as conlleval reads it,
which is what IOB1 means and does no harm to the others. Our own exports are verified by a stricter reader.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotator.errors import UserError
from annotator.i18n import N_
from annotator.importers.foreign import ForeignFormat, checked
from annotator.importers.rebuilding import Rebuilt, Sentence
from annotator.importers.safety import LARGEST_PART, read_lines
from annotator.model import exchange

_DOCSTART = "-DOCSTART-"
#: Comments that say which document begins, and what a sentence's text is.
_COMMENT = re.compile(r"#\s*([A-Za-z][\w. ]*?)\s*=\s*(.*)")
_DOCUMENT_KEYS = frozenset({"doc_id", "doc id", "docid", "document_id", "newdoc id", "newdoc"})
_COLUMNS_KEY = "global.columns"
#: What the columns that are ours are called where a file names them, in lower case.
_TOKEN_NAMES = frozenset({"token", "tokens", "word", "words", "form", "text"})
_LABEL_NAMES = frozenset({"label", "labels", "tag", "tags", "ner", "ner_tag", "ner_tags", "ne", "entity", "iob", "bio"})
#: Begin, inside, end (of BIOES and BILOU), middle (of BMES), single (of BIOES, BILOU and BMEOW).
_MARK = re.compile(r"([BIELMSUW])[-_](\S.*)", re.DOTALL)
_BARE_MARKS = frozenset("BIELMSUW")
_OUTSIDE = frozenset({"O", "_", "-"})
_BEGINS, _ENDS = frozenset("BSUW"), frozenset("ELSUW")
#: What seqeval calls an entity of which nothing is said but where it is.
_UNNAMED = "_"
#: So many lines of tokens are looked at to tell whether a file is of this kind.
_LOOKED_AT = 50
#: In one sentence.
_MOST_TOKENS = 2_000_000


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns are the token and its label; negative as of a list."""

    token: int = 0
    label: int = -1
    count: int = 0


@dataclass(slots=True)
class _Open:
    """The document that is being read."""

    id: str
    place: str
    text: Rebuilt = field(default_factory=Rebuilt)
    tags: list[exchange.Tag] = field(default_factory=list)

    def add(self, rows: Sequence[tuple[str, str, int]], text: str) -> None:
        """Add a sentence: its tokens, their labels and lines, and what a comment says that its text is."""
        ranges = self.text.add(Sentence([token for token, _, _ in rows], text))
        for label, first, last in _entities([label for _, label, _ in rows]):
            start, end = ranges[first][0], ranges[last][1]
            self.tags.append(exchange.Tag(label, start, end, place=str(rows[first][2])))

    def document(self) -> exchange.Document:
        """Return it when it is whole."""
        return exchange.Document(text=self.text.text, id=self.id, tags=tuple(self.tags), rebuilt=True, place=self.place)


class _Reader:
    """Reads one file, line by line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._columns = _Columns()
        self._rows: list[tuple[str, str, int]] = []
        self._sentence_text = ""
        self._open = _Open("", "1")

    def documents(self) -> Iterator[exchange.Document]:
        """Yield every document that has tokens."""
        before = 0
        for number, line in read_lines(self._path):
            if number > before + 1:  # blank lines are passed over, and end a sentence
                self._end_sentence()
            before = number
            if begun := self._begun(line, number):
                yield from self._end_document()
                self._open = begun
            elif not self._is_aside(line):
                self._rows.append(self._row(line, number))
        yield from self._end_document()

    def _begun(self, line: str, number: int) -> _Open | None:
        """Return the document that a line begins, if it does."""
        if line.split(maxsplit=1)[0] == _DOCSTART:
            [*_, said] = ["", *re.findall(r"\((.*)\)", line)]
            return _Open(said, str(number))
        comment = _COMMENT.fullmatch(line)
        if comment and comment[1].lower() in _DOCUMENT_KEYS:
            if self._open.text.is_empty and not self._rows:
                return _Open(comment[2].strip(), self._open.place)
            # Some files repeat it at each sentence.
            return _Open(comment[2].strip(), str(number)) if comment[2].strip() != self._open.id else None
        return _Open("", str(number)) if re.fullmatch(r"#\s*newdoc", line) else None

    def _is_aside(self, line: str) -> bool:
        """Return whether a line is a comment, or names the columns; what it says is kept."""
        comment = _COMMENT.fullmatch(line)
        if comment and comment[1].lower() == "text":
            self._sentence_text = comment[2].strip()
        elif comment and comment[1].lower() == _COLUMNS_KEY:
            self._name_columns(comment[2].split())
        elif not self._columns.count and _names_columns(line):
            self._name_columns(_cells(line))
        return bool(comment) or self._is_heading(line) or (line.startswith("#") and not self._is_row(line))

    def _is_row(self, line: str) -> bool:
        """Return whether a line that begins with # is a token: words of a comment may be as many as the columns."""
        cells = _cells(line)
        fits = "\t" in line and len(cells) == self._columns.count
        return fits or _is_label(cells[-1]) or cells[-1] in _OUTSIDE

    def _is_heading(self, line: str) -> bool:
        return not self._rows and self._open.text.is_empty and _names_columns(line)

    def _name_columns(self, names: Sequence[str]) -> None:
        known = [name.lower().rpartition(":")[2] for name in names]
        token = next((index for index, name in enumerate(known) if name in _TOKEN_NAMES), 0)
        label = next((index for index, name in enumerate(known) if name in _LABEL_NAMES), len(known) - 1)
        self._columns = _Columns(token, label, len(known))

    def _row(self, line: str, number: int) -> tuple[str, str, int]:
        cells = _cells(line)
        if not self._columns.count and len(cells) > 1:
            self._columns = _Columns(count=len(cells))
        if len(cells) != self._columns.count:
            detail = f"{len(cells)} columns, not {self._columns.count or 2} or more"
            raise UserError("foreign_malformed", path=self._path, place=str(number), detail=detail)
        if len(self._rows) == _MOST_TOKENS:
            raise UserError("foreign_too_long", path=self._path, place=str(number), most=LARGEST_PART // 1_000_000)
        token, label = cells[self._columns.token], cells[self._columns.label].strip()
        if not token or not label:
            raise UserError("foreign_malformed", path=self._path, place=str(number), detail="an empty column")
        if "*" in label and not _MARK.fullmatch(label):
            detail = f"“{label}” is in brackets, as CoNLL-2012 has it, and no label of one token"
            raise UserError("foreign_malformed", path=self._path, place=str(number), detail=detail)
        return token, label, number

    def _end_sentence(self) -> None:
        if self._rows:
            self._open.add(self._rows, self._sentence_text)
            self._rows = []
            if self._open.text.length > LARGEST_PART:
                most = LARGEST_PART // 1_000_000
                raise UserError("foreign_too_long", path=self._path, place=self._open.place, most=most)
            self._sentence_text = ""

    def _end_document(self) -> Iterator[exchange.Document]:
        self._end_sentence()
        if not self._open.text.is_empty:
            yield checked(self._open.document(), self._path)


def read(path: Path) -> Iterator[exchange.Document]:
    """Read every document of a file; see `annotator.importers.foreign.Read`."""
    return _Reader(path).documents()


def recognise(path: Path) -> bool:
    """Return whether the first lines are tokens with labels such as `O` and `B-ACTOR`."""
    seen = 0
    for _, line in read_lines(path):
        cells = _cells(line)
        if line.startswith("#") or cells[0] == _DOCSTART or (not seen and _names_columns(line)):
            continue
        if len(cells) < 2 or not _is_label(cells[-1]):
            return False
        seen += 1
        if seen == _LOOKED_AT:
            break
    return seen > 0


def _cells(line: str) -> list[str]:
    """Return the columns of a line; blanks part them where no tab does."""
    if "\t" in line:
        return line.rstrip("\t").split("\t")
    return [cell for cell in line.split(" ") if cell] or [""]


def _names_columns(line: str) -> bool:
    cells = [cell.strip().lower() for cell in _cells(line)]
    return len(cells) > 1 and not _TOKEN_NAMES.isdisjoint(cells) and not _LABEL_NAMES.isdisjoint(cells)


def _is_label(cell: str) -> bool:
    return cell == "O" or _MARK.fullmatch(cell) is not None


def _entities(labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the label, first and last token of each entity of a sentence, as conlleval finds them."""
    found: list[tuple[str, int, int]] = []
    is_open = False
    for index, cell in enumerate(labels):
        if cell in _OUTSIDE:
            is_open = False
            continue
        mark, label = _marked(cell)
        if is_open and mark not in _BEGINS and found[-1][0] == label:
            found[-1] = (label, found[-1][1], index)
        else:
            found.append((label, index, index))
        is_open = mark not in _ENDS
    return found


def _marked(cell: str) -> tuple[str, str]:
    """Return where in an entity a token stands, and the entity's label; a label without a mark stands for inside."""
    if match := _MARK.fullmatch(cell):
        return match[1], match[2]
    return (cell, _UNNAMED) if cell in _BARE_MARKS else ("I", cell)


FORMAT = ForeignFormat(
    "conll",
    N_("CoNLL, IOB, BILOU, BIOES"),
    (".conll", ".conll2003", ".iob", ".iob2", ".bio", ".bilou", ".bioes", ".conllu", ".conllup", ".tsv", ".txt"),
    recognise,
    read,
)
