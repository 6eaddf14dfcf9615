# SPDX-License-Identifier: MIT
"""The commands that make a project, look at its articles and check the file."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from annotator import i18n
from annotator.cli.parameters import (
    annotator_name,
    annotator_option,
    article_argument,
    find_article,
    find_articles,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.secrets import VARIABLE, new_password
from annotator.cli.shapes import STATE_WIDTH, act_name, annotator_names, article_data, span_data, state_name
from annotator.cli.terminal import Terminal, end_progress, progress_line
from annotator.cli.translated import FAILED, Command, Option
from annotator.i18n import N_, tr, trn
from annotator.model.article import ArticleState
from annotator.model.changes import Changes
from annotator.model.scheme import Scheme
from annotator.model.span import Span
from annotator.ops import articles as article_acts
from annotator.ops.checking import check as check_project
from annotator.ops.passwords import key_of_new
from annotator.ops.projects import load_scheme, new_project
from annotator.ops.scheme_files import SHIPPED, shipped_path
from annotator.paths import is_there
from annotator.project import Project

pass_terminal = click.make_pass_decorator(Terminal, ensure=True)


@click.command("new", cls=Command, help=N_("Make a new project file; .tawsim is added where PATH does not end in it."))
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--scheme",
    "scheme_path",
    metavar="FILE",
    type=click.Path(path_type=Path),
    cls=Option,
    help=N_(
        "The scheme to tag with: a JSON file, or one that comes along: default (actors, events and stance), actors, "
        "stance."
    ),
)
@click.option(
    "--encrypt",
    is_flag=True,
    cls=Option,
    help=N_("Encrypt it. The password is typed twice, or comes from --password-file or TAWSIM_PASSWORD."),
)
@annotator_option
@pass_terminal
def new(terminal: Terminal, path: Path, scheme_path: Path | None, *, encrypt: bool, annotator: str | None) -> None:
    """Make a project and print where it is."""
    scheme = scheme_of(scheme_path) if scheme_path else None
    key = key_of_new(new_password(path, terminal.password_file, VARIABLE)) if encrypt else None
    with new_project(path, annotator=annotator_name(annotator), scheme=scheme, key=key) as project:
        terminal.say(str(project.path))


def scheme_of(path: Path) -> Scheme:
    """Return the scheme of a file, or the one of this name that comes along; a file of that name comes first."""
    return load_scheme(shipped_path(str(path)) if str(path) in SHIPPED and not is_there(path) else path)


@click.command(
    "articles", cls=Command, help=N_("List the articles: number, state, number of tags, length in characters, title.")
)
@project_argument
@json_option
@visual_option
@pass_terminal
def articles(terminal: Terminal, project: Path) -> None:
    """List the articles."""
    with reading(project) as opened:
        listed = list(enumerate(opened.articles(), 1))
    if terminal.as_json:
        terminal.document({"articles": [article_data(number, article) for number, article in listed]})
        return
    for number, article in listed:
        terminal.row(
            (number, 4),
            (state_name(article.state), STATE_WIDTH),
            (article.tags, 5),
            (article.length, 7),
            (article.title, 0),
        )


@click.command(
    "show",
    cls=Command,
    help=N_(
        "Show an article's text with its tags: [1 opens the first tag and 1] closes it; a list of the tags follows. "
        "ARTICLE is a number in the list of articles, or the beginning of an id."
    ),
)
@project_argument
@article_argument
@json_option
@visual_option
@pass_terminal
def show(terminal: Terminal, project: Path, article: str) -> None:
    """Show one article."""
    with reading(project) as opened:
        number, summary = find_article(opened, article)
        text, spans, names = opened.text(summary.id), opened.spans(summary.id), annotator_names(opened)
        if terminal.as_json:
            tags = [span_data(opened, number, span, names) for span in spans]
            terminal.document({**article_data(number, summary), "text": text, "tags": tags})
            return
    terminal.paragraphs(marked(text, spans))
    for place, span in enumerate(spans, 1):
        terminal.row((place, 4), (f"{span.start}-{span.end}", 11), (span.label_id, 10), (span.words, 0))


def marked(text: str, spans: list[Span]) -> str:
    """Return a text with the numbers of its tags put in where these begin and end."""
    marks: list[tuple[int, int, int, str]] = []
    for place, span in enumerate(spans, 1):
        for start, end in span.parts:
            marks += [(start, 1, place, f"[{place} "), (end, 0, -place, f" {place}]")]
    pieces, last = [], 0
    for position, _, _, mark in sorted(marks):
        pieces += [text[last:position], mark]
        last = position
    return "".join([*pieces, text[last:]])


@click.command(
    "state",
    cls=Command,
    help=N_("Set how far the work on articles has come, as one act: untouched, in_progress or done."),
)
@project_argument
@click.argument("state", type=click.Choice([state.value for state in ArticleState]))
@click.argument("articles", nargs=-1, required=True)
@annotator_option
@pass_terminal
def state(terminal: Terminal, project: Path, state: str, articles: tuple[str, ...], annotator: str | None) -> None:
    """Set the state of articles."""
    _set_state(terminal, project, articles, ArticleState(state), annotator)


@click.command("done", cls=Command, help=N_("Mark articles as done, as one act: numbers, ranges such as 2-5, or ids."))
@project_argument
@click.argument("articles", nargs=-1, required=True)
@annotator_option
@pass_terminal
def done(terminal: Terminal, project: Path, articles: tuple[str, ...], annotator: str | None) -> None:
    """Mark articles as done."""
    _set_state(terminal, project, articles, ArticleState.DONE, annotator)


def _set_state(
    terminal: Terminal,
    project: Path,
    articles: tuple[str, ...],
    state: ArticleState,
    annotator: str | None,
) -> None:
    with writing(project, annotator) as opened:
        tell_acts(terminal, opened, [article_acts.set_state(opened, find_articles(opened, articles), state)])


def tell_acts(terminal: Terminal, project: Project, acts: Iterable[Changes]) -> None:
    """Print what was done, or that there was nothing to do."""
    done = [act_name(project.scheme, changes.op, changes.params) for changes in acts if changes.seq]
    for name in done or [tr("Nothing to change.")]:
        terminal.say(name)


@click.command(
    "check",
    cls=Command,
    help=N_(
        "Check that a project is whole: the file's pages and references, every quote against its text, and every tag "
        "and article against the history. Changes nothing; ends with 1 where something is wrong."
    ),
)
@project_argument
@json_option
@visual_option
@pass_terminal
@click.pass_context
def check(ctx: click.Context, terminal: Terminal, project: Path) -> None:
    """Check a project."""
    with reading(project) as opened:
        try:
            report = check_project(opened, progress_line())
        finally:
            end_progress()
    told = [(problem, i18n.describe_problem(problem.key, problem.params)) for problem in report.problems]
    if terminal.as_json:
        problems = [{"key": problem.key, **problem.params, "message": message} for problem, message in told]
        counts = {"articles": report.articles, "tags": report.tags, "acts": report.acts}
        terminal.document({**counts, "problems": problems})
    else:
        for line in _check_lines([message for _, message in told], report.articles, report.tags, report.acts):
            terminal.say(line)
    if told:
        ctx.exit(FAILED)


def _check_lines(problems: list[str], articles: int, tags: int, acts: int) -> Iterator[str]:
    yield tr(
        "Checked: {articles}, {tags}, {acts}.",
        articles=trn("{n} article", "{n} articles", articles),
        tags=trn("{n} tag", "{n} tags", tags),
        acts=trn("{n} act", "{n} acts", acts),
    )
    yield from problems
    yield trn("{n} problem found.", "{n} problems found.", len(problems)) if problems else tr("Everything is in order.")
