# SPDX-License-Identifier: MIT
"""What the commands share: their common parameters, opening a project, and finding what a parameter names."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from annotator.cli.secrets import given_key
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Option
from annotator.errors import UserError
from annotator.i18n import N_, describe
from annotator.importers.columns import Columns, ImportOptions
from annotator.model.article import ArticleSummary
from annotator.model.ids import ArticleId, LabelId, SpanId
from annotator.ops.backups import back_up_daily
from annotator.ops.projects import with_suffix
from annotator.paths import is_there
from annotator.project import JOB_PATIENCE_S, Project
from annotator.settings import system_user, user_settings

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])

#: An article with its number in the list.
Numbered = tuple[int, ArticleSummary]

#: Shorter strings of digits are numbers in the list; a shorter prefix of an id, which begins with the time, names none.
_SHORTEST_PREFIX = 12

_WHOLE_ID = re.compile("[0-9a-fA-F]{32}")

project_argument = click.argument("project", type=click.Path(path_type=Path))
article_argument = click.argument("article")


def _remember(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
    def callback(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
        if value:
            setattr(ctx.ensure_object(Terminal), name, True)

    return callback


def json_option(function: F) -> F:
    """Add `--json`."""
    return click.option(
        "--json",
        is_flag=True,
        cls=Option,
        expose_value=False,
        callback=_remember("as_json"),
        help=N_("Print one JSON document: times in UTC, positions in code points."),
    )(function)


def visual_option(function: F) -> F:
    """Add `--visual`."""
    return click.option(
        "--visual",
        is_flag=True,
        cls=Option,
        expose_value=False,
        callback=_remember("visual"),
        help=N_("Shape and order Arabic here, for a terminal that does not."),
    )(function)


def annotator_option(function: F) -> F:
    """Add `--annotator`."""
    return click.option(
        "--annotator",
        metavar="NAME",
        cls=Option,
        help=N_("Who does it; otherwise the name in the settings, or the system's user."),
    )(function)


def encoding_option(function: F) -> F:
    """Add `--encoding`."""
    return click.option(
        "--encoding",
        metavar="NAME",
        cls=Option,
        help=N_("The encoding of all these files, such as windows-1256; otherwise it is guessed for each."),
    )(function)


#: By the part of an article that it holds: what the option of a column says.
_COLUMN_HELP = {
    "text": N_("The column of tables and records that holds the text; each column that is not named is guessed."),
    "title": N_("The column that holds the title."),
    "outlet": N_("The column that says who published the article."),
    "url": N_("The column that holds the web address."),
    "author": N_("The column that says who wrote the article."),
    "date": N_("The column that holds the date of publication."),
}


def column_options(function: F) -> F:
    """Add `--text-column`, `--title-column` and the like."""
    for part, sentence in reversed(_COLUMN_HELP.items()):
        function = click.option(f"--{part}-column", metavar="COLUMN", cls=Option, help=sentence)(function)
    return function


def import_options(encoding: str | None, columns: Mapping[str, str | None]) -> ImportOptions:
    """Return the options of an import by the parameters that `encoding_option` and `column_options` give."""
    named = {name.removesuffix("_column"): column for name, column in columns.items() if column}
    return ImportOptions(encoding, Columns(**named) if named else None, guess_others=True)


def reading(path: Path) -> Project:
    """Open a project for reading; others may write to it meanwhile."""
    path = existing(path)
    return Project.open(path, read_only=True, key=given_key(path))


@contextlib.contextmanager
def writing(path: Path, annotator: str | None) -> Iterator[Project]:
    """Open a project for an act of this annotator; it waits for a window that writes to it at this moment.

    Afterwards the backup of the day is made; what keeps it from being made is told, and the act stays done.
    """
    path, name = existing(path), annotator_name(annotator)
    with Project.open(path, annotator=name, key=given_key(path), patience=JOB_PATIENCE_S) as project:
        yield project
    if project.has_acted:
        try:
            back_up_daily(project.path, project.key, int(user_settings().number("backups_kept")))
        except UserError as error:
            click.echo(describe(error), err=True)


def annotator_name(given: str | None) -> str:
    """Return who works: the name given, else that of the settings, else the system's user."""
    return given if given is not None else user_settings().text("annotator_name") or system_user()


def find_article(project: Project, reference: str) -> Numbered:
    """Return the article that a number in the list, an id, or the beginning of an id names, with its number.

    Raises:
        UserError: `article_unknown` or `article_ambiguous`.
    """
    return _find(list(enumerate(project.articles(), 1)), reference)


def _find(listed: list[Numbered], reference: str) -> Numbered:
    if reference.isdecimal() and len(reference) < _SHORTEST_PREFIX:
        found = [numbered for numbered in listed[max(int(reference) - 1, 0) :][:1] if numbered[0] == int(reference)]
    else:
        found = [(number, article) for number, article in listed if begins(article.id, reference)]
    return _only(found, "article", reference)


def find_articles(project: Project, references: Iterable[str]) -> list[ArticleId]:
    """Return the articles named by references, lists `1,4` and ranges `2-5` of numbers.

    Raises:
        UserError: `article_unknown` or `article_ambiguous`.
    """
    listed = list(enumerate(project.articles(), 1))
    single = [part.strip() for reference in references for part in reference.split(",")]
    return [_find(listed, reference)[1].id for part in single for reference in _unrolled(part)]


def find_tag(project: Project, reference: str) -> SpanId:
    """Return the tag that an id or the beginning of one names.

    Raises:
        UserError: `tag_unknown` or `tag_ambiguous`.
    """
    if _WHOLE_ID.fullmatch(reference):
        return project.span(SpanId(reference.lower())).id
    ids = [span.id for article in project.articles() if article.tags for span in project.spans(article.id)]
    return _only([id_ for id_ in ids if begins(id_, reference)], "tag", reference)


def find_label(project: Project, reference: str) -> LabelId:
    """Return the label of this id, in any case, or of this name in either language.

    Raises:
        UserError: `label_unknown`.
    """
    for label in project.scheme.labels:
        if reference.casefold() in {label.id.casefold(), label.name.en.casefold(), label.name.ar}:
            return label.id
    return project.scheme.label(reference).id


def existing(path: Path) -> Path:
    """Return the path of a project; with the suffix of project files where nothing lies without."""
    return path if is_there(path) else with_suffix(path)


def begins(id_: str, reference: str) -> bool:
    """Return whether an id begins with what was given, dashes or not; too little names none."""
    plain = reference.replace("-", "").lower()
    return len(plain) >= _SHORTEST_PREFIX and id_.startswith(plain)


def _unrolled(part: str) -> Iterable[str]:
    first, dash, last = part.partition("-")
    if dash and first.isdecimal() and last.isdecimal() and len(part) < _SHORTEST_PREFIX and int(first) <= int(last):
        return map(str, range(int(first), int(last) + 1))
    return (part,)


def _only(found: list[T], kind: str, reference: str) -> T:
    if not found:
        raise UserError(f"{kind}_unknown", **{kind: reference})
    if len(found) > 1:
        raise UserError(f"{kind}_ambiguous", **{kind: reference, "count": len(found)})
    return found[0]
