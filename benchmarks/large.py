# SPDX-License-Identifier: MIT
"""A project of the size that lists and pages must stay quick at: 10,000 articles, 100,000 tags, 5,000 actors."""

import hashlib
import random
import re
from dataclasses import dataclass
from pathlib import Path

from annotator.model.article import Article, ArticleState
from annotator.model.changes import Op
from annotator.model.ids import ActorId, ArticleId, EventId, LabelId, RelationId, RelationTypeId, SpanId, new_id
from annotator.model.registry import Actor, Event
from annotator.model.relation import Relation
from annotator.model.span import Origin, Span
from annotator.ops.projects import new_project
from annotator.project import Project
from annotator.store.row_changes import Act
from benchmarks.corpus import articles as made_articles

ARTICLES, TAGS_EACH, ACTORS, EVENTS = 10_000, 10, 5_000, 500

#: So many texts are made; others begin with another line, since making texts would take longer than all else.
_TEXTS = 200
_BLANK = re.compile(" ")
_LETTERS = "ابتجحدرسشعغفقكلمنهوي"


@dataclass(frozen=True, slots=True)
class _World:
    """What the tags of the project tell of, and the chance that chooses."""

    people: list[Actor]
    happenings: list[Event]
    chance: random.Random
    tags_each: int


def large_project(path: Path, *, articles: int = ARTICLES, actors: int = ACTORS, tags_each: int = TAGS_EACH) -> Path:
    """Make the project at `path` and return where it lies; the same everywhere but for its ids.

    Three of four actor tags are linked, one actor has a tenth of all of them; every event tag has an agent.
    """
    chance = random.Random("tawsim/large")  # not for secrets
    with new_project(path, annotator="Bench") as project:
        people = [_actor(project, chance) for _ in range(actors)]
        world = _World(people, [_event(project, number) for number in range(EVENTS)], chance, tags_each)
        with project.transact(Op.ADD_ACTOR, {}) as act:
            act.insert(world.people)
            act.insert(world.happenings)
        bodies = [made.text for made in made_articles(min(_TEXTS, articles))]
        with project.transact(Op.IMPORT_ARTICLES, {"count": articles}) as act:
            for number in range(articles):
                _put_article(project, act, number, bodies[number % len(bodies)], world)
                act.spill()
        return project.path


def _put_article(project: Project, act: Act, number: int, body: str, world: _World) -> None:
    text = f"{world.chance.choice(world.people).name_ar} في الخبر رقم {number}\n{body}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    project.put_texts(act, [(digest, text)])
    article = Article(
        id=ArticleId(new_id()),
        position=number + 1,
        title=text.partition("\n")[0],
        state=ArticleState.UNTOUCHED,
        note="",
        source=f"outlet-{number % 40}/{number:05d}.txt",
        text_sha256=digest,
        raw_sha256=digest,
        length=len(text),
        encoding="utf-8",
        bom=False,
        newline="lf",
        exact=True,
        annotator_id=project.annotator.id,
        created_at=project.now(),
    )
    act.insert([article])
    spans = _spans(project, article.id, text, world)
    act.insert(spans)
    act.insert(_agents(spans))


def _spans(project: Project, article_id: ArticleId, text: str, world: _World) -> list[Span]:
    chance, now = world.chance, project.now()
    starts = [match.end() for match in _BLANK.finditer(text, 0, len(text) - 12)]
    spans = []
    for number, start in enumerate(sorted(chance.sample(starts, world.tags_each))):
        end = text.find(" ", start)
        end = end if end > start else start + 3
        actor, event = _link(world, number)
        spans.append(
            Span(
                id=SpanId(new_id()),
                article_id=article_id,
                label_id=LabelId("EVENT" if number % 5 == 0 else "ACTOR"),
                start=start,
                end=end,
                quote=text[start:end],
                note="",
                origin=Origin.MANUAL,
                annotator_id=project.annotator.id,
                created_at=now,
                actor_id=actor,
                event_id=event,
            )
        )
    return spans


def _link(world: _World, number: int) -> tuple[ActorId | None, EventId | None]:
    if number % 5 == 0:
        return None, world.chance.choice(world.happenings).id
    if number % 4:
        return (world.people[0] if world.chance.random() < 0.1 else world.chance.choice(world.people)).id, None
    return None, None


def _agents(spans: list[Span]) -> list[Relation]:
    events = [span for span in spans if span.label_id == "EVENT"]
    actors = [span for span in spans if span.label_id == "ACTOR"]
    return [
        Relation(
            id=RelationId(new_id()),
            article_id=event.article_id,
            type_id=RelationTypeId("AGENT"),
            source_id=event.id,
            target_span_id=actor.id,
            target_actor_id=None,
            target_event_id=None,
            origin=Origin.MANUAL,
            annotator_id=event.annotator_id,
            created_at=event.created_at,
        )
        for event, actor in zip(events, actors, strict=False)
    ]


def _actor(project: Project, chance: random.Random) -> Actor:
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(4, 7))) for _ in range(2)]
    return Actor(
        id=ActorId(new_id()),
        name_ar=" ".join(words),
        name_en="".join(chance.choices("abdeghiklmnorstuyz", k=8)).title(),
        annotator_id=project.annotator.id,
        created_at=project.now(),
        kind=chance.choice(["PERS", "ORG", "GPE", "GROUP"]),
        aliases=(words[1],),
    )


def _event(project: Project, number: int) -> Event:
    return Event(
        id=EventId(new_id()), title=f"حدث رقم {number}", annotator_id=project.annotator.id, created_at=project.now()
    )
