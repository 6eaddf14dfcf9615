# SPDX-License-Identifier: MIT
"""Why a tag is not in an exported file, or not as it is in the project; counted, with examples.

Knows reasons only; which of them a format has, each format declares.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from annotator.i18n import N_
from annotator.model.ids import LabelId
from annotator.model.span import Span

_EXAMPLES = 5


class Reason(StrEnum):
    """Why a tag is left out or changed."""

    OVERLAP = "overlap"
    INSIDE_TOKEN = "inside_token"  # noqa: S105 - no password
    BLANK_TOKEN = "blank_token"  # noqa: S105 - no password
    NOT_IN_ENTS_OVERLAP = "not_in_ents_overlap"
    NOT_IN_ENTS_BLANK = "not_in_ents_blank"
    EXPANDED = "expanded"
    TRIMMED = "trimmed"
    SENTENCE_BREAK = "sentence_break"
    NOTE = "note"


#: The tag is not in the file at all. For any other reason it is there, with something of it changed or missing.
TAG_LOST = frozenset({Reason.OVERLAP, Reason.INSIDE_TOKEN, Reason.BLANK_TOKEN})

REASON_TEXTS: dict[Reason, str] = {
    Reason.OVERLAP: N_("left out: overlaps a longer tag"),
    Reason.INSIDE_TOKEN: N_("left out: begins or ends inside a word"),
    Reason.BLANK_TOKEN: N_("left out: holds no word"),
    Reason.NOT_IN_ENTS_OVERLAP: N_("in doc.spans, but not in doc.ents: overlaps a longer tag"),
    Reason.NOT_IN_ENTS_BLANK: N_("in doc.spans, but not in doc.ents: begins or ends with a blank"),
    Reason.EXPANDED: N_("widened to whole words"),
    Reason.TRIMMED: N_("blanks at its edges left out"),
    Reason.SENTENCE_BREAK: N_("kept whole; the sentence break inside it is left out"),
    Reason.NOTE: N_("exported without its note"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One tag that was lost or changed."""

    article: str
    start: int
    end: int
    quote: str
    label_id: LabelId


@dataclass(frozen=True, slots=True)
class Loss:
    """How many tags were left out or changed for one reason, and the first few of them."""

    reason: Reason
    count: int
    examples: tuple[Example, ...]

    @property
    def tag_lost(self) -> bool:
        """Return whether these tags are not in the file at all."""
        return self.reason in TAG_LOST


class Tally:
    """Counts losses while an export runs; keeps no more than a few examples of each."""

    def __init__(self) -> None:
        self._counts: dict[Reason, int] = defaultdict(int)
        self._examples: dict[Reason, list[Example]] = defaultdict(list)

    def add(self, reason: Reason, title: str, span: Span) -> None:
        """Count one tag of the article called `title`."""
        self._counts[reason] += 1
        examples = self._examples[reason]
        if len(examples) < _EXAMPLES:
            examples.append(Example(title, span.start, span.end, span.quote, span.label_id))

    def losses(self) -> tuple[Loss, ...]:
        """Return what was counted, in the order of `Reason`."""
        return tuple(
            Loss(reason, self._counts[reason], tuple(self._examples[reason]))
            for reason in Reason
            if reason in self._counts
        )

    def tags_lost(self) -> int:
        """Return how many tags were counted as not in the file at all."""
        return sum(count for reason, count in self._counts.items() if reason in TAG_LOST)
