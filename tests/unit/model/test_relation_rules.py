# SPDX-License-Identifier: MIT
"""Which relations are allowed: every rule, with and without the registry."""

import pytest

from annotator import i18n
from annotator.model.ids import ActorId, AnnotatorId, ArticleId, EventId, LabelId, LayerId, RelationTypeId, SpanId
from annotator.model.names import Name
from annotator.model.registry import Actor
from annotator.model.relation import AUTHOR, End
from annotator.model.relation_rules import Surroundings, refusal
from annotator.model.scheme import Label, Layer, Links, RelationType, Scheme
from annotator.model.span import Origin, Span

WHO = AnnotatorId("00" * 16)


def label(name: str, links: Links = Links.NOTHING) -> Label:
    return Label(LabelId(name), LayerId("l"), Name(name, f"{name}-ar"), Name(), "", "#000000", links=links)


def span(number: int, label_id: str, actor: str | None = None) -> Span:
    return Span(
        SpanId(f"s{number}"), ArticleId("a"), LabelId(label_id), number, number + 1, f"q{number}", "", Origin.MANUAL,
        WHO, "", actor_id=None if actor is None else ActorId(actor),
    )  # fmt: skip


def kind(targets: tuple[str, ...], *, author: bool = False, kinds: tuple[str, ...] = ()) -> RelationType:
    chosen = tuple(map(LabelId, targets))
    return RelationType(RelationTypeId("R"), Name("R", "ع"), (LabelId("E"),), chosen, author=author, kinds=kinds)


SCHEME = Scheme(
    "s", Name("s"), (Layer(LayerId("l"), Name("l")),), (label("E", Links.EVENT), label("A", Links.ACTOR), label("T"))
)
SPANS = {one.id: one for one in (span(0, "E"), span(1, "E"), span(2, "A", "org"), span(3, "A"), span(4, "T", "org"))}
ACTORS = {ActorId(id_): Actor(ActorId(id_), id_, "", WHO, "", kind=of) for id_, of in
          (("org", "ORG"), ("gpe", "GPE"), ("unclear", ""))}  # fmt: skip
AROUND = Surroundings(SCHEME, SPANS, ACTORS)
TO_SPAN = [End(span_id=SpanId(f"s{number}")) for number in range(6)]


@pytest.mark.parametrize(
    ("chosen", "source", "end", "key"),
    [
        (kind(("A",)), 3, TO_SPAN[2], "relation_not_from"),
        (kind(("A",)), 0, AUTHOR, "relation_not_to_author"),
        (kind(("A",), author=True), 0, AUTHOR, None),
        (kind((), author=True), 0, AUTHOR, None),
        (kind((), author=True), 0, TO_SPAN[2], "relation_not_to"),
        (kind(("A",)), 0, TO_SPAN[2], None),
        (kind(("A",)), 0, TO_SPAN[3], None),
        (kind(("A",)), 0, TO_SPAN[4], "relation_not_to"),
        (kind(("A",)), 0, TO_SPAN[5], "tag_unknown"),
        (kind(("E",)), 0, TO_SPAN[0], "relation_to_itself"),
        (kind(("A",)), 0, TO_SPAN[0], "relation_to_itself"),
        (kind(("E",)), 0, TO_SPAN[1], None),
        (kind(("A",)), 0, End(actor_id=ActorId("gpe")), None),
        (kind(("A",)), 0, End(actor_id=ActorId("none")), "actor_unknown"),
        (kind(("E", "T")), 0, End(actor_id=ActorId("gpe")), "relation_not_to_actor"),
        (kind(("E",)), 0, End(event_id=EventId("e")), None),
        (kind(("A", "T")), 0, End(event_id=EventId("e")), "relation_not_to_event"),
        (kind(("A",), kinds=("GPE",)), 0, End(actor_id=ActorId("gpe")), None),
        (kind(("A",), kinds=("GPE",)), 0, End(actor_id=ActorId("org")), "relation_not_to_kind"),
        (kind(("A",), kinds=("GPE",)), 0, End(actor_id=ActorId("unclear")), None),
        (kind(("A",), kinds=("GPE", "ORG")), 0, TO_SPAN[2], None),
        (kind(("A",), kinds=("GPE",)), 0, TO_SPAN[2], "relation_not_to_kind"),
        (kind(("A",), kinds=("GPE",)), 0, TO_SPAN[3], None),
        # A link that its label no longer has says nothing.
        (kind(("T",), kinds=("GPE",)), 0, TO_SPAN[4], None),
    ],
)
def test_refusals(chosen: RelationType, source: int, end: End, key: str | None) -> None:
    error = refusal(chosen, SPANS[SpanId(f"s{source}")], end, AROUND)
    assert (error.key if error else None) == key
    for language in ("ar", "en") if error else ():
        i18n.use_language(language)
        sentence = i18n.describe(error)  # type: ignore[arg-type]
        assert "{" not in sentence
        assert "None" not in sentence


def test_the_author_is_the_end_with_nothing_in_it() -> None:
    assert AUTHOR.is_author
    assert End() == AUTHOR
    assert not any(end.is_author for end in (TO_SPAN[0], End(actor_id=ActorId("a")), End(event_id=EventId("e"))))
