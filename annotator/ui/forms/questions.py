# SPDX-License-Identifier: MIT
"""What a panel asks: one question a row, and what can be answered by a digit. Knows no widget."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.i18n import tr
from annotator.model.attributes import Attribute, AttributeKind, AttributeValue
from annotator.model.relation import AUTHOR, End
from annotator.model.scheme import Label, RelationType
from annotator.ui.fields.naming import attribute_hint, attribute_name, said, value_name
from annotator.ui.fields.recent import RecentValues
from annotator.ui.forms.answers import Answers
from annotator.ui.forms.candidates import EndCandidates
from annotator.ui.ranking import ranked
from annotator.ui.wording import author_name

#: As many options have a digit of their own.
DIGITS = 9
_TYPED = frozenset({AttributeKind.TEXT, AttributeKind.DATE, AttributeKind.NUMBER})


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose.

    Attributes:
        value: what it stands for.
        remark: what is said of it at the end of its line.
        label: of a tag its label, whose colour and shape are shown.
        chosen: whether it is the answer, or one of the answers.
    """

    value: object
    name: str
    remark: str = ""
    label: Label | None = None
    chosen: bool = False
    hint: str = ""


class Question(ABC):
    """One row: its name, its answer so far, and what to choose from.

    Attributes:
        editor: of a question that is answered by typing, the attribute whose editor is shown.
        settles: whether choosing answers it, so that the next question is asked.
        takes_first: whether Enter takes the first option, rather than to be done.
        zero_leads: whether what the key 0 takes stands before all else that can be chosen.
    """

    editor: Attribute | None = None
    settles = True
    takes_first = False
    zero_leads = False

    def __init__(self, name: str, hint: str = "") -> None:
        self.name, self.hint = name, hint

    @property
    @abstractmethod
    def answer(self) -> str:
        """What is answered so far, or ""."""

    @property
    def is_missing(self) -> bool:
        """Whether it is not answered, and should be."""
        return False

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to choose, as other answers are."""
        return True

    @abstractmethod
    def options(self, query: str) -> Sequence[Option]:
        """Return what a search finds of what can be chosen, the best first; all for ""."""

    def zero(self, _query: str) -> Option | None:
        """Return what the key 0 takes."""
        return None

    @abstractmethod
    def take(self, option: Option, *, add: bool) -> None:
        """Choose; `add` it to what is chosen where there can be several."""

    @abstractmethod
    def clear(self) -> None:
        """Take the answer back."""


class RelationQuestion(Question):
    """Where the relations of one type lead."""

    def __init__(self, kind: RelationType, answers: Answers, candidates: EndCandidates) -> None:
        lines = (said(kind.description), *kind.examples)
        super().__init__(said(kind.name) or kind.id, "\n".join(line for line in lines if line))
        self.kind = kind
        self._answers, self._candidates = answers, candidates

    @property
    def answer(self) -> str:
        """Return the names of all ends."""
        return tr(", ").join(self._candidates.name_of(end) for end in self._answers.ends_of(self.kind.id))

    @property
    def is_missing(self) -> bool:
        """Return whether an end is required, and nothing stands in for it."""
        if not self.kind.required or self._answers.ends_of(self.kind.id):
            return False
        return not self.kind.unless or self._answers.value(self.kind.unless) is None

    def options(self, query: str) -> Sequence[Option]:
        """Return tags of the article, then actors and events of the registry."""
        chosen = set(map(self._candidates.sameness, self._answers.ends_of(self.kind.id)))
        found = [
            Option(one.end, one.name, one.remark, one.label, chosen=self._candidates.sameness(one.end) in chosen)
            for one in self._candidates.of(self.kind, query)
        ]
        if query and self.kind.author:
            found += ranked(query, [self._author()], lambda author: (author.name,))
        return found

    def zero(self, query: str) -> Option | None:
        """Return the author; where a name is typed that nobody has, a new actor of that name."""
        if not query:
            return self._author() if self.kind.author else None
        draft = self._candidates.draft(self.kind, query)
        return Option(draft, tr("New actor “{name}”", name=query.strip())) if draft is not None else None

    def take(self, option: Option, *, add: bool) -> None:
        """Let the relation lead there."""
        end = option.value
        if isinstance(end, End):
            self._candidates.keep_draft(end)
            self._answers.take_end(self.kind.id, end, add=add)

    def clear(self) -> None:
        """Let it lead nowhere."""
        self._answers.clear_ends(self.kind.id)

    def _author(self) -> Option:
        return Option(AUTHOR, author_name(), chosen=AUTHOR in self._answers.ends_of(self.kind.id))


class AttributeQuestion(Question):
    """The value of one attribute."""

    zero_leads = True

    def __init__(self, attribute: Attribute, answers: Answers, recent: RecentValues) -> None:
        super().__init__(attribute_name(attribute), attribute_hint(attribute))
        self.attribute = attribute
        self._answers, self._recent = answers, recent
        self.editor = attribute if attribute.kind in _TYPED else None
        self.settles = attribute.kind is not AttributeKind.CHOICES

    @property
    def value(self) -> AttributeValue | None:
        """Return the value so far."""
        return self._answers.value(self.attribute.id)

    @property
    def recent(self) -> AttributeValue | None:
        """Return the value that was used last."""
        return self._recent.of(self.attribute.id)

    @property
    def answer(self) -> str:
        """Return what the value is called."""
        return value_name(self.attribute, self.value)

    @property
    def is_missing(self) -> bool:
        """Return whether a required value is missing."""
        return self.attribute.required and self.value is None

    @property
    def is_asked(self) -> bool:
        """Return whether other values leave anything to choose."""
        chooses = self.attribute.kind in (AttributeKind.CHOICE, AttributeKind.CHOICES)
        return not chooses or self.value is not None or bool(self.attribute.offered(self._answers.values))

    def options(self, query: str) -> Sequence[Option]:
        """Return the choices in the order of the scheme: each keeps its digit, which the hand learns."""
        if self.editor is not None:
            return ()
        return ranked(query, self._choices(), self._names)

    def zero(self, query: str) -> Option | None:
        """Return the choice that was used last, where there are more choices than digits."""
        choices = self._choices() if self.editor is None and not query else []
        if len(choices) <= DIGITS:
            return None
        return next((option for option in choices if option.value == self.recent), None)

    def take(self, option: Option, *, add: bool) -> None:
        """Set the value; of several choices put one more in, or out again."""
        value = option.value
        if self.attribute.kind is AttributeKind.CHOICES:
            chosen = self.value if isinstance(self.value, tuple) else ()
            one = str(value)
            value = tuple(v for v in chosen if v != one) if one in chosen else (*chosen, one)
        assert isinstance(value, str | bool | tuple)  # noqa: S101 - see `_choices`
        self.put(value or None if isinstance(value, tuple) else value)
        del add

    def put(self, value: AttributeValue | None) -> None:
        """Set the value."""
        self._answers.put(self.attribute.id, value)

    def clear(self) -> None:
        """Take the value back."""
        self.put(None)

    def _choices(self) -> list[Option]:
        if self.attribute.kind is AttributeKind.YES_NO:
            return [self._option(value=True, name=tr("Yes")), self._option(value=False, name=tr("No"))]
        offered = self.attribute.offered(self._answers.values)
        return [self._option(one.id, said(one.name) or one.id, said(one.description)) for one in offered]

    def _option(self, value: AttributeValue, name: str, hint: str = "") -> Option:
        chosen = value in self.value if isinstance(self.value, tuple) else value == self.value
        option = Option(value, name, chosen=chosen, hint=hint)
        return replace(option, remark=tr("used last")) if value == self.recent else option

    def _names(self, option: Option) -> tuple[str, ...]:
        known = self.attribute.value(option.value)
        return (known.name.en, known.name.ar, known.id) if known is not None else (option.name,)


def questions_of(answers: Answers, candidates: EndCandidates, recent: RecentValues) -> list[Question]:
    """Return what is asked of a tag: what is required first, relations before attributes.

    What depends on another attribute, as an event's mode on its type, comes right after it.
    """
    scheme, label_id = answers.scheme, answers.label_id
    kinds = scheme.relation_types_from(label_id)
    asked = scheme.attributes_of(label_id)
    outer = [a for a in asked if a.depends_on not in {other.id for other in asked}]

    def with_inner(attribute: Attribute) -> list[Attribute]:
        inner = [a for a in asked if a.depends_on == attribute.id]
        return [attribute, *(one for a in inner for one in with_inner(a))]

    def attributes(*, required: bool) -> list[Question]:
        wanted = [one for a in outer if a.required is required for one in with_inner(a)]
        return [AttributeQuestion(attribute, answers, recent) for attribute in wanted]

    def relations(*, required: bool) -> list[Question]:
        return [RelationQuestion(kind, answers, candidates) for kind in kinds if kind.required is required]

    return [
        *relations(required=True),
        *attributes(required=True),
        *relations(required=False),
        *attributes(required=False),
    ]
