# SPDX-License-Identifier: MIT
"""The spans of one article, in the order of the text: found by id or by place, and changed one by one.

A span that was read from a file is made when it is first asked for: of thousands, a window shows a few. Of some, only
the places may have been read so far.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from annotator.model.changes import RowChange
from annotator.model.ids import AnnotatorId, ArticleId, SpanId
from annotator.model.span import Span

#: A row as it was read.
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class SpanChange:
    """What became of an article's spans: those that are there no more, and those that are there now, changed or new."""

    gone: tuple[Span, ...] = ()
    come: tuple[Span, ...] = ()

    @staticmethod
    def of(rows: Iterable[RowChange], article_id: ArticleId | None) -> "SpanChange":
        """Return what an act changed of the spans of one article."""
        before: dict[SpanId, Span | None] = {}
        after: dict[SpanId, Span | None] = {}
        for row in rows:
            if isinstance(row.record, Span) and row.record.article_id == article_id:
                # One act may change a row twice.
                before.setdefault(row.record.id, row.before)  # type: ignore[arg-type]  # of the same kind as the record
                after[row.record.id] = row.after  # type: ignore[assignment]  # as above
        return SpanChange(
            tuple(span for span in before.values() if span is not None),
            tuple(span for span in after.values() if span is not None),
        )


def place(span: Span) -> tuple[int, int, str]:
    """Return what spans are ordered by: their start, the longer first, then their id."""
    return span.start, -span.end, span.id


class Spans(Sequence[Span]):
    """Spans by start, the longer first where they start together.

    Attributes:
        starts: where each begins.
        ends: where each ends.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._items: list[Any] = sorted(spans, key=place)
        self._make: Callable[[Row], Span] = _never
        self.starts = [span.start for span in self._items]
        self.ends = [span.end for span in self._items]
        self._start_of: dict[str, int] | None = None
        self._id_of: Callable[[Row], str] = _never
        self._rest: Callable[[], Sequence[Row]] | None = None

    @classmethod
    def unread(
        cls,
        rows: list[Row],
        starts: list[int],
        ends: list[int],
        make: Callable[[Row], Span],
        id_of: Callable[[Row], str],
        *,
        rest: Callable[[], Sequence[Row]] | None = None,
    ) -> "Spans":
        """Return the spans of rows that are in order already; `rest` reads those of the last places, without a row."""
        spans = cls()
        spans._items = [*rows, *[None] * (len(starts) - len(rows))]
        spans.starts, spans.ends, spans._make, spans._id_of, spans._rest = starts, ends, make, id_of, rest
        return spans

    def copy(self) -> "Spans":
        """Return the same spans, to be changed apart."""
        places = self.starts.copy(), self.ends.copy()
        return Spans.unread(self._items, *places, self._make, self._id_of, rest=self._rest)

    def read(self) -> None:
        """Read what has not been read yet."""
        if self._rest is not None:
            rest, self._rest = self._rest(), None
            self._items[len(self._items) - len(rest) :] = rest

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> list[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | list[Span]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self._items)))]
        item = self._items[index]
        if item is None:
            self.read()
            item = self._items[index]
        if type(item) is tuple:
            item = self._items[index] = self._make(item)
        return item  # type: ignore[no-any-return]  # a span now

    def __iter__(self) -> Iterator[Span]:
        return (self[index] for index in range(len(self._items)))

    def find(self, span_id: str) -> int | None:
        """Return the number of a span, or None where it is not there."""
        if not span_id:
            return None
        if self._start_of is None:
            self.read()
            ids = (self._id_of(item) if type(item) is tuple else item.id for item in self._items)
            self._start_of = dict(zip(ids, self.starts, strict=True))
        start = self._start_of.get(span_id)
        if start is None:
            return None
        first = bisect_left(self.starts, start)
        return next(index for index in range(first, len(self._items)) if self[index].id == span_id)

    def get(self, span_id: str) -> Span | None:
        """Return a span, or None where it is not there."""
        index = self.find(span_id)
        return None if index is None else self[index]

    def beginning(self, start: int, end: int) -> list[Span]:
        """Return the spans that begin in `[start, end)`."""
        return self[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def change(self, change: SpanChange) -> None:
        """Take spans out and put spans in; what is to go and is not there is gone already."""
        self.read()
        for span in change.gone:
            index = self.find(span.id)
            if index is not None:
                self._take_out(index, span.id)
        for span in change.come:
            index = self.find(span.id)
            if index is not None:
                self._take_out(index, span.id)
            self._put_in(span)

    def _take_out(self, index: int, span_id: str) -> None:
        del self._items[index], self.starts[index], self.ends[index]
        if self._start_of is not None:
            del self._start_of[span_id]

    def number_for(self, span: Span) -> int:
        """Return the number that a span gets when it is put in."""
        index, last = bisect_left(self.starts, span.start), bisect_right(self.starts, span.start)
        while index < last and place(self[index]) < place(span):
            index += 1
        return index

    def _put_in(self, span: Span) -> None:
        index = self.number_for(span)
        self._items.insert(index, span)
        self.starts.insert(index, span.start)
        self.ends.insert(index, span.end)
        if self._start_of is not None:
            self._start_of[span.id] = span.start


class OwnSpans(Mapping[SpanId, Span]):
    """The spans of one annotator among those of an article, by their ids."""

    def __init__(self, spans: Spans, annotator_id: AnnotatorId) -> None:
        self._spans, self._annotator_id = spans, annotator_id

    def __getitem__(self, span_id: SpanId) -> Span:
        span = self._spans.get(span_id)
        if span is None or span.annotator_id != self._annotator_id:
            raise KeyError(span_id)
        return span

    def __iter__(self) -> Iterator[SpanId]:
        return (span.id for span in self._spans if span.annotator_id == self._annotator_id)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _never(_row: Row) -> Any:
    raise AssertionError("spans that were given need not be made")
