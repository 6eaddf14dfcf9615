# SPDX-License-Identifier: MIT
"""The command that finds words in all articles."""

import contextlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click

from annotator.analysis.frequencies import word_rates
from annotator.cli.parameters import (
    annotator_name,
    find_articles,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import Command, Option
from annotator.errors import UserError
from annotator.i18n import N_, tr
from annotator.model.article import Published
from annotator.model.ids import ArticleId
from annotator.ops.evidence import known_names
from annotator.ops.occurrences import Hit
from annotator.ops.search import in_context, index_texts, published_by, search
from annotator.project import Project
from annotator.text.proclitics import Evidence
from annotator.text.searching import Query

_LIMIT = 50
_WIDTH = 40


@click.command(
    "search",
    cls=Command,
    help=N_(
        "Find words in all articles, in every usual spelling and behind proclitics; of several, all must stand in an "
        "article, and those in quotation marks in a row. Lists article, start, end, and the place amid its words. What "
        "the search index lacks is put in afterwards."
    ),
)
@project_argument
@click.argument("words", nargs=-1)
@click.option("--exact", is_flag=True, cls=Option, help=N_("Only as it is spelt here, and with nothing before it."))
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=_LIMIT,
    show_default=True,
    metavar="N",
    cls=Option,
    help=N_("No more than N places."),
)
@click.option(
    "--articles", multiple=True, metavar="NUMBERS", cls=Option, help=N_("Only these articles: numbers, ranges or ids.")
)
@click.option(
    "--outlet",
    multiple=True,
    metavar="NAME",
    cls=Option,
    help=N_("Only articles of this outlet, in any spelling; may be repeated."),
)
@click.option(
    "--from",
    "since",
    default="",
    metavar="DATE",
    cls=Option,
    help=N_("Only articles published then or later: 2024, 2024-05 or 2024-05-31."),
)
@click.option("--to", "until", default="", metavar="DATE", cls=Option, help=N_("Only articles published by then."))
@click.option("--reindex", is_flag=True, cls=Option, help=N_("Make the search index anew first."))
@json_option
@visual_option
@pass_terminal
def find(
    terminal: Terminal,
    *,
    project: Path,
    words: tuple[str, ...],
    exact: bool,
    limit: int,
    articles: tuple[str, ...],
    outlet: tuple[str, ...],
    since: str,
    until: str,
    reindex: bool,
) -> None:
    """List where words stand."""
    if not words and not reindex:
        raise click.UsageError(tr("Give a word to look for."))
    with writing(project, None) if reindex else reading(project) as opened:
        if reindex:
            opened.drop_index()
            _index(opened)
        if words:
            chosen = find_articles(opened, articles) if articles else None
            typed = " ".join(map(_term, words))
            published = published_by(opened, outlet, since, until)
            _tell(terminal, opened, _found(opened, Query.of(typed, exact=exact), chosen, published), limit)
        is_whole, path, key = opened.is_indexed, opened.path, opened.key
    if not is_whole:
        # Whoever has the window open has it indexed there; and a file that cannot be written is searched as well.
        with contextlib.suppress(UserError), Project.open(path, annotator=annotator_name(None), key=key) as opened:
            _index(opened)


def _term(word: str) -> str:
    """Return what the shell gave as one word; with blanks in it, its words stand in a row."""
    return word if '"' in word or not word.strip().count(" ") else f'"{word}"'


def _found(project: Project, query: Query, article_ids: list[ArticleId] | None, published: Published) -> Iterator[Hit]:
    known = Evidence({}, word_rates(), known_names(project))
    return search(project, query, known, article_ids=article_ids, published=published)


def _tell(terminal: Terminal, project: Project, found: Iterator[Hit], limit: int) -> None:
    hits = list(islice(found, limit))
    more = next(found, None) is not None
    numbers = {summary.id: number for number, summary in enumerate(project.articles(), 1)} if hits else {}
    contexts = [in_context(project, hit, _WIDTH) for hit in hits]
    if terminal.as_json:
        listed = [
            {
                "article": hit.article_id,
                "article_number": numbers[hit.article_id],
                "title": context.article_title,
                "start": hit.start,
                "end": hit.end,
                "quote": hit.quote,
                "before": context.before,
                "after": context.after,
                "term": hit.name,
                "in_title": hit.in_title is not None,
                "doubt": hit.doubt,
            }
            for hit, context in zip(hits, contexts, strict=True)
        ]
        terminal.document({"places": listed, "more": more})
        return
    for hit, context in zip(hits, contexts, strict=True):
        line = " ".join(f"{context.before}[{context.quote}]{context.after}".split())
        doubt = "" if hit.doubt is None else "?"
        terminal.row((numbers[hit.article_id], 5), (hit.start, 6), (hit.end, 6), (doubt, 1), (line, 0))
    if not hits:
        terminal.say(tr("Nothing is found."), err=True)
    elif more:
        terminal.say(tr("There are more; --limit lists them."), err=True)


def _index(project: Project) -> None:
    line = progress_line()
    if line is None:
        index_texts(project)
        return
    index_texts(project, lambda done, total: line(done, total, ""))
    end_progress()
