# SPDX-License-Identifier: MIT
"""Entities as labels of single tokens: the ways to label them, names that fit into a column, and strict reading back.

Pure functions and data; `annotator.exporters.conll` makes formats of them, `annotator.importers.conll` reads what
others write, which is far less strict.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from unicodedata import category

#: A label, its first token, and the token after its last.
Entity = tuple[str, int, int]
#: The tokens of one document and its entities.
Content = tuple[tuple[str, ...], tuple[Entity, ...]]
#: A token and its label.
Row = tuple[str, str]

OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class Tagging:
    """One way to say of each token where in an entity it stands.

    Attributes:
        name: what seqeval calls it.
        begin: the mark of an entity's first token; `inside`, `last` and `single` likewise.
    """

    name: str
    begin: str
    inside: str
    last: str
    single: str

    def labels(self, length: int, entities: Iterable[Entity]) -> list[str]:
        """Return the label of each of so many tokens."""
        labels = [OUTSIDE] * length
        for label, first, after in entities:
            inner = [f"{self.inside}-{label}"] * (after - first - 2)
            ends = [f"{self.begin}-{label}", *inner, f"{self.last}-{label}"]
            labels[first:after] = ends if after - first > 1 else [f"{self.single}-{label}"]
        return labels

    def entities(self, labels: Sequence[str]) -> list[Entity]:
        """Return what the tokens of one sentence are labelled as.

        Raises:
            ValueError: a label goes on with what nothing began, or what was begun is not ended.
        """
        found: list[Entity] = []
        is_open = False
        for index, cell in enumerate((*labels, OUTSIDE)):
            mark, _, label = cell.partition("-")
            if is_open and mark in {self.inside, self.last} and label == found[-1][0]:
                found[-1] = (label, found[-1][1], index + 1)
                is_open = mark == self.inside
                continue
            if is_open and self.last != self.inside:
                raise ValueError(f"nothing ends what a label begins: {found[-1]}")
            is_open = mark == self.begin and bool(label)
            if is_open or (mark == self.single and label):
                found.append((label, index, index + 1))
            elif cell != OUTSIDE:
                raise ValueError(f"a label that nothing begins: {cell!r}")
        return found


IOB2 = Tagging("IOB2", begin="B", inside="I", last="I", single="B")
BILOU = Tagging("BILOU", begin="B", inside="I", last="L", single="U")


@dataclass(frozen=True, slots=True)
class Columns:
    """How a token stands on its line.

    Attributes:
        docstart: the line before each document.
        before: what stands between a token and its label.
        separator: what parts the columns, of which there are `count`.
    """

    docstart: str
    before: str
    separator: str
    count: int

    def line(self, token: str, label: str) -> str:
        """Return the line of a token."""
        return f"{token}{self.before}{label}\n"

    def row(self, line: str) -> Row:
        """Return a line's token and label.

        Raises:
            ValueError: it has other columns.
        """
        cells = line.split(self.separator)
        if len(cells) != self.count or not all(cells):
            raise ValueError(f"not {self.count} columns: {line!r}")
        return cells[0], cells[-1]


#: The four columns of CoNLL-2003; part of speech and chunk are not ours to say.
CONLL_2003 = Columns("-DOCSTART- -X- O O", " -X- _ ", " ", 4)
TWO = Columns("-DOCSTART-\tO", "\t", "\t", 2)


def documents(file: Iterable[str], columns: Columns) -> Iterator[list[str]]:
    """Yield the lines of each document.

    Raises:
        ValueError: the first line begins none.
    """
    document: list[str] | None = None
    for line in (line.removesuffix("\n") for line in file):
        if line == columns.docstart:
            if document is not None:
                yield document
            document = []
        elif document is None:
            raise ValueError(f"the file does not begin with {columns.docstart}")
        else:
            document.append(line)
    if document is not None:
        yield document


def sentences(lines: Iterable[str], columns: Columns) -> list[list[Row]]:
    """Return the rows of one document, sentence by sentence.

    Raises:
        ValueError: a line with other columns.
    """
    found: list[list[Row]] = [[]]
    for line in lines:
        if line:
            found[-1].append(columns.row(line))
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def read_strict(file: Iterable[str], columns: Columns, tagging: Tagging) -> Iterator[Content]:
    """Read every document; nothing that a writer of this program does not write is let pass.

    Raises:
        ValueError: the line or label and what is wrong there.
    """
    return (content_of(sentences(lines, columns), tagging.entities) for lines in documents(file, columns))


def content_of(rows: Iterable[Sequence[Row]], find: Callable[[Sequence[str]], Iterable[Entity]]) -> Content:
    """Return the tokens and entities of a document; `find` finds the entities in the labels of a sentence."""
    words: list[str] = []
    found: list[Entity] = []
    for sentence in rows:
        base = len(words)
        found += ((label, base + first, base + after) for label, first, after in find([label for _, label in sentence]))
        words += (word for word, _ in sentence)
    return tuple(words), tuple(found)


def label_tokens(names: Mapping[str, str]) -> dict[str, str]:
    """Return what each label is called where no blank may be in a name: blanks become `_`, and no two are the same.

    Args:
        names: what each label is called, by its id. Of two that would be the same the second is called by its id.
    """
    found: dict[str, str] = {}
    used: set[str] = set()
    for key, name in names.items():
        numbered = (f"{label_token(key)}_{number}" for number in count(2))
        wishes = (label_token(name), label_token(key), *islice(numbered, len(names)))
        found[key] = next(wish for wish in wishes if wish and wish not in used)
        used.add(found[key])
    return found


def label_token(name: str) -> str:
    """Return a name without blanks and control characters, and without hyphens at its edges, which readers drop."""
    return "".join("_" if char.isspace() or category(char) == "Cc" else char for char in name.strip()).strip("-")
