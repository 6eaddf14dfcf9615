# SPDX-License-Identifier: MIT
"""The commands that go through a project: for what is to review, likely the same, or an occurrence of a name."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import click

from annotator.analysis.candidates import Candidate, Group
from annotator.analysis.frequencies import word_rates
from annotator.cli.parameters import (
    annotator_name,
    annotator_option,
    find_article,
    find_articles,
    find_label,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal, tell_acts
from annotator.cli.references import Pair, find_actor, read_values, values_option
from annotator.cli.shapes import annotator_names
from annotator.cli.terminal import Terminal
from annotator.cli.translated import FAILED, Command, Option
from annotator.errors import UserError
from annotator.i18n import N_, describe_issue, tr, tr_marked, trn
from annotator.model.ids import AnnotatorId, ArticleId, LabelId
from annotator.model.scheme import Links
from annotator.model.span import Span
from annotator.ops import review as review_acts
from annotator.ops.candidates import find_candidates
from annotator.ops.evidence import evidence
from annotator.ops.occurrences import Hit, find_occurrences, tag_occurrences
from annotator.project import Project
from annotator.text.occurrences import Doubt
from annotator.text.variants import Likeness

#: Why a place wants a second look, and why two names may be the same.
_DOUBTS = {
    Doubt.SPELLING: N_("Another spelling"),
    Doubt.PROCLITIC: N_("First letter may be its own"),
    Doubt.COMMON_WORD: N_("Also a common word"),
    Doubt.SHORT: N_("A short name"),
}
_REASONS = {
    Likeness.SAME_SPELLING: N_("same spelling"),
    Likeness.SAME_CLASS: N_("other spelling"),
    Likeness.CLOSE: N_("similar"),
    Likeness.PART_OF: N_("part of the name"),
}
_NOBODY = AnnotatorId("0" * 32)


@click.command(
    "review",
    cls=Command,
    help=N_(
        "List the tags, of all articles or of one, that lack something or no longer fit the scheme: article, start, "
        "end, label, id, what there is to review. Ends with 1 where there is anything."
    ),
)
@project_argument
@click.argument("article", required=False)
@json_option
@visual_option
@pass_terminal
@click.pass_context
def review(ctx: click.Context, terminal: Terminal, project: Path, article: str | None) -> None:
    """List what is to review."""
    with reading(project) as opened:
        numbers = {summary.id: number for number, summary in enumerate(opened.articles(), 1)}
        if article is None:
            found = list(review_acts.review(opened))
        else:
            found = list(review_acts.review_article(opened, find_article(opened, article)[1].id))
        names = annotator_names(opened)
    if terminal.as_json:
        terminal.document({"tags": [_review_data(one, numbers[one.tag.article_id], names) for one in found]})
    else:
        for one in found:
            _tell_review(terminal, one, numbers[one.tag.article_id])
        terminal.say(
            trn("{n} tag to review.", "{n} tags to review.", len(found)) if found else tr("There is nothing to review.")
        )
    if found:
        ctx.exit(FAILED)


def _review_data(one: review_acts.ToReview, number: int, names: dict[str, str]) -> dict[str, Any]:
    span = one.tag if isinstance(one.tag, Span) else None
    return {
        "tag": one.tag.id,
        "article": one.tag.article_id,
        "article_number": number,
        "label": one.tag.label_id,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "quote": span.quote if span else None,
        "annotator": names[one.tag.annotator_id],
        "issues": [
            {
                "key": issue.key,
                "missing": issue.missing,
                "attribute": issue.attribute_id or None,
                "message": describe_issue(issue.key, issue.params),
            }
            for issue in one.issues
        ],
    }


def _tell_review(terminal: Terminal, one: review_acts.ToReview, number: int) -> None:
    span = one.tag if isinstance(one.tag, Span) else None
    issues = "; ".join(describe_issue(issue.key, issue.params) for issue in one.issues)
    terminal.row(
        (number, 4),
        (span.start if span else "", 6),
        (span.end if span else "", 6),
        (one.tag.label_id, 10),
        (one.tag.id, 32),
        (span.words if span else "", 16),
        (issues, 0),
    )


@click.command(
    "likely-same",
    cls=Command,
    help=N_(
        "List unlinked mentions that are likely of one actor, in groups: how many, how they are written, why. Links "
        "nothing; “actor link --spelled” and “actor add” do. A question mark stands before what is in doubt."
    ),
)
@project_argument
@click.option("--annotator", metavar="NAME", cls=Option, help=N_("Whose mentions; otherwise everyone's."))
@json_option
@visual_option
@pass_terminal
def likely_same(terminal: Terminal, project: Path, annotator: str | None) -> None:
    """List names that are likely the same."""
    with reading(project) as opened:
        whose = None if annotator is None else _annotator_id(opened, annotator)
        found = list(find_candidates(opened, whose))
    if terminal.as_json:
        terminal.document({"groups": [_group_data(group) for group in found]})
        return
    for group in found:
        terminal.say(_group_title(group))
        for candidate in group.candidates:
            terminal.row(
                ("" if candidate.sure else "?", 2),
                (candidate.form.count, 5),
                (candidate.form.quote, 20),
                (_reason(candidate), 0),
            )


def _group_title(group: Group) -> str:
    mentions = trn("{n} mention", "{n} mentions", group.mentions)
    if group.actor_id is None:
        return tr("{name} ({mentions})", name=group.name, mentions=mentions)
    return tr("{name} ({mentions}), as the actor {actor}", name=group.name, mentions=mentions, actor=group.actor_id)


def _reason(candidate: Candidate) -> str:
    return tr("{reason}: {name}", reason=tr_marked(_REASONS[candidate.reason]), name=candidate.like)


def _group_data(group: Group) -> dict[str, Any]:
    return {
        "name": group.name,
        "actor": group.actor_id,
        "mentions": group.mentions,
        "forms": [
            {
                "quote": one.form.quote,
                "count": one.form.count,
                "tag": one.form.first,
                "like": one.like,
                "reason": one.reason,
                "sure": one.sure,
            }
            for one in group.candidates
        ],
    }


@click.command(
    "occurrences",
    cls=Command,
    help=N_(
        "List where names stand that you have not tagged yet, also behind proclitics and spelt otherwise: article, "
        "start, end, what stands there, why it wants a second look. With --tag they are tagged, as one act, those that "
        "want a second look only with --doubtful."
    ),
)
@project_argument
@click.argument("names", nargs=-1)
@click.option(
    "--actor", metavar="NAME", cls=Option, help=N_("All names of this actor; what is tagged is linked to it.")
)
@click.option(
    "--articles", multiple=True, metavar="NUMBERS", cls=Option, help=N_("Only these articles: numbers, ranges or ids.")
)
@click.option("--tag", "label", metavar="LABEL", cls=Option, help=N_("Tag them with this label of the scheme."))
@values_option
@click.option("--doubtful", is_flag=True, cls=Option, help=N_("Tag those, too, that want a second look."))
@annotator_option
@json_option
@visual_option
@pass_terminal
def occurrences(
    terminal: Terminal,
    *,
    project: Path,
    names: tuple[str, ...],
    actor: str | None,
    articles: tuple[str, ...],
    label: str | None,
    values: tuple[Pair, ...],
    doubtful: bool,
    annotator: str | None,
) -> None:
    """List or tag occurrences."""
    if not names and actor is None:
        raise click.UsageError(tr("Give a name, or an actor with --actor."))
    with reading(project) if label is None else writing(project, annotator) as opened:
        actor_id = None if actor is None else find_actor(opened, actor)
        label_id = _actors_label(opened) if label is None else find_label(opened, label)
        wanted = (*names, *(opened.actor(actor_id).names if actor_id else ()))
        whose = opened.annotator.id if label is not None else _annotator_id(opened, annotator_name(annotator), _NOBODY)
        chosen = find_articles(opened, articles) if articles else None
        hits = _hits(opened, wanted, label_id, whose, chosen)
        numbers = {summary.id: number for number, summary in enumerate(opened.articles(), 1)}
        if label is None:
            _tell_hits(terminal, hits, numbers, None)
            return
        taken = [hit for hit in hits if doubtful or hit.doubt is None]
        said = read_values(opened, label_id, values)
        changes = tag_occurrences(opened, taken, label_id, actor_id=actor_id, values=said)
        if terminal.as_json:
            _tell_hits(terminal, taken, numbers, changes.seq)
        else:
            tell_acts(terminal, opened, [changes])


def _hits(
    project: Project,
    names: Sequence[str],
    label_id: LabelId,
    annotator_id: AnnotatorId,
    article_ids: Sequence[ArticleId] | None,
) -> list[Hit]:
    known = evidence(project, word_rates())
    return list(find_occurrences(project, names, known, label_id, annotator_id=annotator_id, article_ids=article_ids))


def _tell_hits(terminal: Terminal, hits: Sequence[Hit], numbers: dict[ArticleId, int], act: int | None) -> None:
    if terminal.as_json:
        listed = [
            {
                "article": hit.article_id,
                "article_number": numbers[hit.article_id],
                "start": hit.start,
                "end": hit.end,
                "quote": hit.quote,
                "name": hit.name,
                "doubt": hit.doubt,
            }
            for hit in hits
        ]
        terminal.document({**({} if act is None else {"act": act}), "occurrences": listed})
        return
    for article_id, of_article in groupby(hits, key=attrgetter("article_id")):
        for hit in of_article:
            why = "" if hit.doubt is None else tr_marked(_DOUBTS[hit.doubt])
            terminal.row((numbers[article_id], 4), (hit.start, 6), (hit.end, 6), (hit.quote, 20), (why, 0))


def _actors_label(project: Project) -> LabelId:
    """Return the first label whose tags are linked to actors, or else the first."""
    labels = list(project.scheme.labels)
    return next((label.id for label in labels if label.links is Links.ACTOR), labels[0].id)


def _annotator_id(project: Project, name: str, nobody: AnnotatorId | None = None) -> AnnotatorId:
    """Return the annotator of a name; `nobody` where nobody of that name has worked in the project.

    Raises:
        UserError: `annotator_not_found`, unless `nobody` is given.
    """
    known = {annotator.name: annotator.id for annotator in project.annotators()}
    found = known.get(name.strip(), nobody)
    if found is None:
        raise UserError("annotator_not_found", name=name, known=", ".join(known))
    return found
