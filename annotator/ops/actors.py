# SPDX-License-Identifier: MIT
"""Acts on the actors of the registry, and on the links of tags to them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotator.errors import UserError
from annotator.model.attributes import ACTOR_KIND, ACTOR_SECTOR
from annotator.model.changes import Changes, Op
from annotator.model.ids import ActorId, AttributeId, SpanId, new_id
from annotator.model.registry import Actor, check_actor, name_key, tidied
from annotator.model.scheme import Links
from annotator.model.span import Span
from annotator.ops.acts import done, one_act
from annotator.ops.owning import own_spans
from annotator.ops.registry import point, rebased, replaced, repoint, unpoint
from annotator.ops.tags import refuse_link
from annotator.project import Project
from annotator.store.row_changes import Act

#: How a name is mentioned, of those attributes that say it; a tag without it is taken for a name.
MENTION, _NAMED = AttributeId("mention"), ("NAM", None)
_WORDS_OF_A_NAME = 6


def draft_actor(project: Project, name_ar: str = "", name_en: str = "") -> Actor:
    """Return an actor with a new id and nothing but names, for `add_actor`."""
    return Actor(
        id=ActorId(new_id()),
        name_ar=name_ar,
        name_en=name_en,
        annotator_id=project.annotator.id,
        created_at=project.now(),
    )


@one_act
def add_actor(project: Project, actor: Actor, span_ids: Sequence[SpanId] = ()) -> Changes:
    """Add an actor to the registry, and link tags to it, as one act.

    Raises:
        UserError: `actor_nameless`, `country_unknown`, `actor_own_member`, `actor_unknown` for a member, `name_taken`,
            `value_not_offered`; for the tags, what `link_tags` refuses.
    """
    actor = _checked(project, actor)
    spans = _linkable(project, span_ids)
    with project.transact(Op.ADD_ACTOR, {"actor": _name(actor), "count": len(spans)}) as act:
        act.insert([replace(actor, aliases=with_quotes(project, actor, spans))])
        point(act, spans, "actor_id", actor.id)
    return done(act)


@one_act
def change_actor(project: Project, actor: Actor, *, seen: Actor | None = None) -> Changes:
    """Write what is said of an actor: its names, kind, sector, country, aliases, members, note.

    Where `seen` says how it was when it was edited, what others have changed of it since stays.

    Raises:
        UserError: `actor_unknown`, or what `add_actor` refuses of an actor.
    """
    before = project.actor(actor.id)
    after = _checked(project, actor if seen is None else rebased(actor, seen, before), before=before)
    with project.transact(Op.CHANGE_ACTOR, {"actor": _name(after)}) as act:
        act.update(before, after)
    return done(act)


@one_act
def delete_actors(project: Project, actor_ids: Sequence[ActorId]) -> Changes:
    """Delete actors, as one act: their mentions stay as tags without a link.

    Raises:
        UserError: `actor_unknown`, or `others_links` where another annotator has linked tags to one.
    """
    gone = [project.actor(actor_id) for actor_id in dict.fromkeys(actor_ids)]
    ids = [actor.id for actor in gone]
    params = {"count": len(gone), "actor": _name(gone[0]) if gone else ""}
    with project.transact(Op.DELETE_ACTORS, params) as act:
        unpoint(project, act, ids, "actor_id")
        _replace_everywhere(project, act, ids, None)
        act.delete(gone)
    return done(act)


@one_act
def merge_actors(project: Project, keep_id: ActorId, other_ids: Sequence[ActorId]) -> Changes:
    """Make one actor of several, as one act: their mentions, names and members become those of the one that stays.

    Raises:
        UserError: `actor_unknown`, or `merged_into_itself`.
    """
    keep = project.actor(keep_id)
    others = [project.actor(actor_id) for actor_id in dict.fromkeys(other_ids)]
    if not others or keep_id in other_ids:
        raise UserError("merged_into_itself", name=_name(keep))
    ids = [actor.id for actor in others]
    params = {"actor": _name(keep), "others": [_name(actor) for actor in others]}
    with project.transact(Op.MERGE_ACTORS, params) as act:
        repoint(project, act, ids, "actor_id", keep.id)
        _replace_everywhere(project, act, ids, keep.id)
        act.delete(others)
        kept = replace(keep, members=replaced(keep.members, ids, None))
        act.update(keep, _merged(kept, others))
    return done(act)


@one_act
def split_actor(project: Project, actor_id: ActorId, span_ids: Sequence[SpanId], other: Actor) -> Changes:
    """Make a new actor of some mentions of another, as one act; aliases that only these have go with them.

    Raises:
        UserError: `actor_unknown`, `tag_unknown`, `tag_of_another`, `split_nothing` where none of the tags mentions the
            actor, or what `add_actor` refuses.
    """
    actor = project.actor(actor_id)
    moving = [span for span in own_spans(project, span_ids) if span.actor_id == actor_id]
    if not moving:
        raise UserError("split_nothing", name=_name(actor))
    staying = {name_key(s.words) for s in project.linked_spans([actor_id]) if s.id not in {span.id for span in moving}}
    leaving = {name_key(span.words) for span in moving} - staying
    left = replace(actor, aliases=tuple(alias for alias in actor.aliases if name_key(alias) not in leaving))
    with project.transact(Op.SPLIT_ACTOR, {"actor": _name(actor), "other": _name(other)}) as act:
        act.update(actor, left)
        other = _checked(project, other, left=left)
        act.insert([replace(other, aliases=with_quotes(project, other, moving, left=left))])
        point(act, moving, "actor_id", other.id)
    return done(act)


@one_act
def link_tags(project: Project, span_ids: Sequence[SpanId], actor_id: ActorId) -> Changes:
    """Say that tags mention an actor, as one act; a spelling of the name that is new becomes an alias.

    Raises:
        UserError: `actor_unknown`, `tag_unknown`, `tag_of_another`, or `label_links_nothing`.
    """
    actor = project.actor(actor_id)
    spans = _linkable(project, span_ids)
    params = {"count": len(spans), "quote": spans[0].words if spans else "", "name": _name(actor)}
    with project.transact(Op.LINK_TAGS, params) as act:
        act.update(actor, replace(actor, aliases=with_quotes(project, actor, spans)))
        point(act, spans, "actor_id", actor.id)
    return done(act)


@one_act
def unlink_tags(project: Project, span_ids: Sequence[SpanId]) -> Changes:
    """Take the link to an actor from tags, as one act.

    Raises:
        UserError: `tag_unknown` or `tag_of_another`.
    """
    spans = own_spans(project, span_ids)
    with project.transact(Op.UNLINK_TAGS, {"count": len(spans), "quote": spans[0].words if spans else ""}) as act:
        point(act, spans, "actor_id", None)
    return done(act)


def _checked(project: Project, actor: Actor, *, before: Actor | None = None, left: Actor | None = None) -> Actor:
    """Return an actor tidied.

    Args:
        project: where it belongs.
        actor: as it is wished.
        before: as it is; a kind or sector that the scheme knew once may stay.
        left: another actor of the registry, as that one is about to be.
    """
    check_actor(actor)
    for attribute_id, field in ((ACTOR_KIND, "kind"), (ACTOR_SECTOR, "sector")):
        attribute = next((a for a in project.scheme.attributes if a.id == attribute_id), None)
        value = getattr(actor, field)
        if value and attribute is not None and (before is None or value != getattr(before, field)):
            attribute.check(value)
    for member in actor.members:
        project.actor(member)
    actor = tidied(actor)
    _refuse_taken_names(project, actor, left)
    return actor


def _refuse_taken_names(project: Project, actor: Actor, left: Actor | None) -> None:
    for name in actor.names:
        owner = _owner(project, name, left)
        if owner not in {None, actor.id}:
            raise UserError("name_taken", name=name, actor=_name(project.actors[ActorId(str(owner))]))


def _owner(project: Project, name: str, left: Actor | None) -> ActorId | None:
    """Return whose a name is; `left` is an actor of the registry as it is about to be."""
    owner = project.owners_of_names.get(name_key(name))
    if left is not None and owner == left.id and name_key(name) not in map(name_key, left.names):
        return None
    return owner


def _linkable(project: Project, span_ids: Sequence[SpanId]) -> list[Span]:
    spans = own_spans(project, span_ids)
    for span in spans:
        refuse_link(project.scheme.label(span.label_id), Links.ACTOR)
    return spans


def with_quotes(project: Project, actor: Actor, spans: Iterable[Span], *, left: Actor | None = None) -> tuple[str, ...]:
    """Return an actor's aliases with the spellings of these mentions that are new, and nobody else's."""
    own = {name_key(name) for name in actor.names}
    aliases = list(actor.aliases)
    for span in spans:
        name = " ".join(span.quote.split())
        is_name = span.attributes.get(MENTION) in _NAMED and len(name.split()) <= _WORDS_OF_A_NAME and not span.pieces
        known = name_key(name)
        if is_name and known and known not in own and _owner(project, name, left) is None:
            aliases.append(name)
            own.add(known)
    return tuple(aliases)


def _merged(keep: Actor, others: Sequence[Actor]) -> Actor:
    """Return an actor with what others have besides: names and members; and the rest where it has nothing."""
    names = [*keep.aliases, *(name for other in others for name in other.names)]
    given: dict[str, Any] = {
        field: next((value for actor in (keep, *others) if (value := getattr(actor, field))), "")
        for field in ("name_ar", "name_en", "kind", "sector", "country", "external_id")
    }
    own = {name_key(given["name_ar"]), name_key(given["name_en"])}
    gone = {other.id for other in others} | {keep.id}
    members = [member for actor in (keep, *others) for member in actor.members if member not in gone]
    return replace(
        keep,
        **given,
        aliases=tuple({name_key(name): name for name in reversed(names) if name_key(name) not in own}.values())[::-1],
        members=tuple(dict.fromkeys(members)),
        note="\n".join(dict.fromkeys(actor.note for actor in (keep, *others) if actor.note)),
    )


def _replace_everywhere(project: Project, act: Act, gone: Sequence[ActorId], by: ActorId | None) -> None:
    """Within an act, let groups and events name another actor, or none, in the place of some."""
    leaving = set(gone)
    for actor in project.actors.values():
        if actor.id not in leaving and actor.id != by and not leaving.isdisjoint(actor.members):
            act.update(actor, replace(actor, members=replaced(actor.members, leaving, by)))
    for event in project.events.values():
        if not leaving.isdisjoint(event.participants):
            act.update(event, replace(event, participants=replaced(event.participants, leaving, by)))


def _name(actor: Actor) -> str:
    return actor.name_ar or actor.name_en
