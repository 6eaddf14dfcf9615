# SPDX-License-Identifier: MIT
"""The commands that say which articles are nearly the same, and what of an article is none of its text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from annotator.cli.parameters import (
    Numbered,
    annotator_option,
    find_article,
    find_articles,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal, tell_acts
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import Command, Option
from annotator.i18n import N_, tr, tr_marked, trn
from annotator.model.article import BoilerplateReason
from annotator.model.changes import Changes
from annotator.model.ids import ArticleId
from annotator.ops.boilerplate import mark_boilerplate, suspect_boilerplate, unmark_boilerplate
from annotator.ops.duplicates import DuplicateGroup, duplicate_groups, group_duplicates, set_duplicate_group, ungroup
from annotator.project import Project
from annotator.sentences import BOILERPLATE_NAMES


@click.command(
    "duplicates",
    cls=Command,
    help=N_(
        "List the groups of articles that are nearly the same, such as one story at two outlets: number, how alike, "
        "length, title. They are found by --find and remembered; splits of an export never tear them apart."
    ),
)
@project_argument
@click.option("--find", is_flag=True, cls=Option, help=N_("Find them among all articles; forget the groups so far."))
@click.option(
    "--join", metavar="ARTICLES", cls=Option, help=N_("Say that these articles are nearly the same: 1,4 or 2-5.")
)
@click.option("--separate", metavar="ARTICLES", cls=Option, help=N_("Say that these articles are in no group."))
@annotator_option
@json_option
@visual_option
@pass_terminal
def duplicates(
    terminal: Terminal, project: Path, *, find: bool, join: str | None, separate: str | None, annotator: str | None
) -> None:
    """List, find or correct groups of near duplicates."""
    acting = find or join is not None or separate is not None
    with writing(project, annotator) if acting else reading(project) as opened:
        acts = _regroup(opened, find=find, join=join, separate=separate)
        groups, numbers = duplicate_groups(opened), _numbers(opened)
        if terminal.as_json:
            listed = [_group_data(group, numbers) for group in groups]
            terminal.document({**_act_data(acts), "groups": listed})
            return
        if acting:
            tell_acts(terminal, opened, acts)
    for group in groups:
        terminal.say(trn("{n} article", "{n} articles", len(group.articles)))
        for article, alike in zip(group.articles, group.likeness, strict=True):
            terminal.row((numbers[article.id], 6), (f"{alike:.0%}", 5), (article.length, 7), (article.title, 0))
    if not groups:
        terminal.say(tr("No articles are known to be nearly the same."))


def _regroup(project: Project, *, find: bool, join: str | None, separate: str | None) -> list[Changes]:
    acts = []
    if find:
        try:
            acts.append(group_duplicates(project, progress_line()))
        finally:
            end_progress()
    if separate is not None:
        acts.append(ungroup(project, find_articles(project, [separate])))
    if join is not None:
        acts.append(set_duplicate_group(project, find_articles(project, [join])))
    return acts


def _group_data(group: DuplicateGroup, numbers: dict[ArticleId, int]) -> dict[str, Any]:
    return {
        "id": group.id,
        "articles": [
            {"article": article.id, "article_number": numbers[article.id], "title": article.title, "likeness": alike}
            for article, alike in zip(group.articles, group.likeness, strict=True)
        ],
    }


@click.command(
    "boilerplate",
    cls=Command,
    help=N_(
        "List what of an article, or of all, is marked as none of its text, such as captions and “share”: article, "
        "start, end, why, text. An export leaves it out on request; the text stays as it is."
    ),
)
@project_argument
@click.argument("article", required=False)
@click.option("--suspect", is_flag=True, cls=Option, help=N_("Mark the lines that are likely none of the text."))
@click.option(
    "--add", type=(int, int), metavar="START END", cls=Option, help=N_("Mark these characters; see --reason.")
)
@click.option("--remove", type=(int, int), metavar="START END", cls=Option, help=N_("Say that they are text."))
@click.option(
    "--reason",
    type=click.Choice([reason.value for reason in BoilerplateReason]),
    default=BoilerplateReason.PAGE.value,
    cls=Option,
    help=N_("Why what is added is none of the text."),
)
@annotator_option
@json_option
@visual_option
@pass_terminal
def boilerplate(
    terminal: Terminal,
    project: Path,
    article: str | None,
    *,
    suspect: bool,
    add: tuple[int, int] | None,
    remove: tuple[int, int] | None,
    reason: str,
    annotator: str | None,
) -> None:
    """List or change what is boilerplate."""
    if article is None and (add or remove):
        raise click.UsageError(tr("Name the article in which these characters are."))
    acting = suspect or add is not None or remove is not None
    with writing(project, annotator) if acting else reading(project) as opened:
        listed = list(enumerate(opened.articles(), 1)) if article is None else [find_article(opened, article)]
        ids = [summary.id for _, summary in listed]
        acts = [suspect_boilerplate(opened, ids)] if suspect else []
        acts += [] if remove is None else [unmark_boilerplate(opened, ids[0], *remove)]
        acts += [] if add is None else [mark_boilerplate(opened, ids[0], *add, BoilerplateReason(reason))]
        marks = _marks(opened, listed)
        if terminal.as_json:
            terminal.document({**_act_data(acts), "marks": marks})
            return
        if acting:
            tell_acts(terminal, opened, acts)
    for mark in marks:
        why = tr_marked(BOILERPLATE_NAMES[mark["reason"]])
        terminal.row((mark["article_number"], 4), (mark["start"], 6), (mark["end"], 6), (why, 18), (mark["quote"], 0))
    if not marks:
        terminal.say(tr("Nothing is marked as boilerplate."))


def _marks(project: Project, listed: Sequence[Numbered]) -> list[dict[str, Any]]:
    marks = []
    for number, summary in listed:
        found = project.article(summary.id).boilerplate
        text = project.text(summary.id) if found else ""
        marks += [
            {
                "article": summary.id,
                "article_number": number,
                "start": start,
                "end": end,
                "reason": reason,
                "quote": text[start:end],
            }
            for start, end, reason in found
        ]
    return marks


def _numbers(project: Project) -> dict[ArticleId, int]:
    return {article.id: number for number, article in enumerate(project.articles(), 1)}


def _act_data(acts: Sequence[Changes]) -> dict[str, Any]:
    return {"acts": [changes.seq for changes in acts if changes.seq]} if acts else {}
