# SPDX-License-Identifier: MIT
"""What selecting the same place again takes: the name, then the whole word, then its sentence. Knows no widget."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from annotator.late import late
from annotator.text.words import sentences

if TYPE_CHECKING:
    from annotator.text.proclitics import Evidence, name_bounds
else:
    # Before anything is known of words nothing is asked.
    name_bounds = late("annotator.text.proclitics", "name_bounds")

Range = tuple[int, int]
#: So many characters around a place are looked at first.
_NEAR = 2_000


class Stage(Enum):
    """How much of a place is taken."""

    NAME = 0
    WORD = 1
    SENTENCE = 2


@dataclass(frozen=True, slots=True)
class Widened:
    """A place, and how much of it is taken.

    Attributes:
        words: the whole words of the place.
        taken: what is selected of or around them.
    """

    words: Range
    stage: Stage
    taken: Range


def widen(text: str, words: Range, evidence: "Evidence | None", last: Widened | None = None) -> Widened:
    """Take a place for the first time, or more of it than the last time; after the sentence comes the name again.

    Without evidence nothing is known of proclitics, and the whole word is the first that is taken.
    """
    again = last is not None and last.words == words
    stages = list(Stage)
    first = (stages.index(last.stage) + 1) % len(stages) if last is not None and again else 0
    order = stages[first:] + stages[:first]
    taken = [(stage, _range(text, words, stage, evidence)) for stage in order[:2]]
    # A word without proclitics is its name.
    stage, range_ = taken[1] if last is not None and again and taken[0][1] == last.taken else taken[0]
    return Widened(words, stage, range_)


def _range(text: str, words: Range, stage: Stage, evidence: "Evidence | None") -> Range:
    if stage is Stage.SENTENCE:
        return _sentence(text, words)
    if stage is Stage.NAME and evidence is not None:
        return name_bounds(text, *words, evidence)
    return words


def _sentence(text: str, words: Range) -> Range:
    """Return the sentences of a place; none reaches over a line, so no more than its lines are looked at.

    Of a line that goes on and on, as much is looked at as the sentences need.
    """
    start, end = words
    first = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    last = after if after >= 0 else len(text)
    near = _NEAR
    while True:
        low, high = max(first, start - near), min(last, end + near)
        found = [(low + s, low + e) for s, e in sentences(text[low:high])]
        touched = [place for place in found if place[0] < end and start < place[1]]
        # What begins or ends where the look does may go on beyond; another sentence on that side says that it does not.
        begins = low == first or (touched and touched[0] != found[0])
        ends = high == last or (touched and touched[-1] != found[-1])
        if begins and ends:
            return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else words
        near *= 4
