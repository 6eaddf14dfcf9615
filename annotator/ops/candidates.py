# SPDX-License-Identifier: MIT
"""Finding unlinked mentions that are likely the same actor's, and linking those that a person has chosen."""

from collections.abc import Callable, Container, Iterator, Sequence

from annotator.analysis.candidates import Form, Group, groups
from annotator.model.changes import Changes
from annotator.model.ids import ActorId, AnnotatorId, LabelId, SpanId
from annotator.model.registry import Actor
from annotator.model.scheme import Links
from annotator.ops.actors import MENTION, add_actor, link_tags
from annotator.ops.acts import one_act
from annotator.project import Project

#: The value of `MENTION` that names have; who is meant by a title or a pronoun, its spelling does not say.
_NAMED = "NAM"


def find_candidates(
    project: Project,
    annotator_id: AnnotatorId | None,
    dismissed: Container[str] = frozenset(),
    goes_on: Callable[[], bool] = lambda: True,
) -> Iterator[Group]:
    """Yield groups of an annotator's unlinked mentions that may be one actor's, those of frequent forms first.

    Args:
        project: may be one that is open for reading only, in a thread.
        annotator_id: whose mentions; None for everyone's.
        dismissed: keys of groups that are not wanted.
        goes_on: asked often; False ends it.
    """
    found = project.unlinked_forms(_labels(project), annotator_id, (MENTION, _NAMED))
    names = {actor.id: actor.names for actor in project.actors.values()}
    yield from groups((Form(*form) for form in found), names, dismissed, goes_on)


def unlinked_mentions(project: Project, quotes: Sequence[str]) -> list[SpanId]:
    """Return this annotator's mentions of these spellings that are names and linked to nobody."""
    own = project.annotator.id
    return [
        span.id
        for span in project.unlinked_spans(_labels(project), quotes)
        if span.annotator_id == own and span.attributes.get(MENTION, _NAMED) == _NAMED
    ]


@one_act
def link_forms(project: Project, quotes: Sequence[str], actor_id: ActorId) -> Changes:
    """Say that all unlinked mentions of these spellings are of one actor, as one act.

    Raises:
        UserError: `actor_unknown`.
    """
    return link_tags(project, unlinked_mentions(project, quotes), actor_id)


@one_act
def add_actor_of_forms(project: Project, actor: Actor, quotes: Sequence[str]) -> Changes:
    """Add an actor whom all unlinked mentions of these spellings name, as one act.

    Raises:
        UserError: what `annotator.ops.actors.add_actor` refuses.
    """
    return add_actor(project, actor, unlinked_mentions(project, quotes))


def _labels(project: Project) -> list[LabelId]:
    return [label.id for label in project.scheme.all_labels if label.links is Links.ACTOR]
