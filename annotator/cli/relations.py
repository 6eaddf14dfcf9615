# SPDX-License-Identifier: MIT
"""The commands on relations and on document tags."""

from collections.abc import Iterator
from pathlib import Path

import click

from annotator.cli.parameters import (
    Numbered,
    annotator_option,
    article_argument,
    find_article,
    find_tag,
    json_option,
    project_argument,
    reading,
    visual_option,
    writing,
)
from annotator.cli.projects import pass_terminal, tell_acts
from annotator.cli.references import (
    Pair,
    find_document_label,
    find_document_tag,
    find_end,
    find_relation,
    find_relation_type,
    read_values,
    values_option,
)
from annotator.cli.shapes import annotator_names, document_tag_data, relation_data, values_text
from annotator.cli.terminal import Terminal
from annotator.cli.translated import Command, Commands, Option
from annotator.i18n import N_, tr
from annotator.model.document_tag import DocumentTag
from annotator.model.relation import Relation
from annotator.model.span import Certainty
from annotator.ops import document_tags as document_acts
from annotator.ops import relations as relation_acts
from annotator.project import Project

relation = Commands("relation", help=N_("Relations: from a tag to a tag, an actor, an event or the author."))
document = Commands("document", help=N_("Document tags: what is said of whole articles."))

_unsure_option = click.option(
    "--sure/--unsure", default=None, cls=Option, help=N_("Whether that is sure; it is if nothing is said.")
)


def _articles(project: Project, reference: str | None) -> list[Numbered]:
    return list(enumerate(project.articles(), 1)) if reference is None else [find_article(project, reference)]


@relation.command(
    "list",
    cls=Command,
    help=N_("List the relations of all articles or of one: article, id, relation, from what, to what."),
)
@project_argument
@click.argument("article", required=False)
@json_option
@visual_option
@pass_terminal
def list_relations(terminal: Terminal, project: Path, article: str | None) -> None:
    """List relations."""
    with reading(project) as opened:
        found = [
            (number, one) for number, summary in _articles(opened, article) for one in opened.relations(summary.id)
        ]
        if terminal.as_json:
            names = annotator_names(opened)
            terminal.document({"relations": [relation_data(one, number, names) for number, one in found]})
            return
        for number, one in found:
            _tell_relation(terminal, opened, number, one)


def _tell_relation(terminal: Terminal, project: Project, number: int, one: Relation) -> None:
    source = project.span(one.source_id).words
    target = relation_acts.end_name(project, one.target) or tr("the author or outlet")
    terminal.row((number, 4), (one.id, 32), (one.type_id, 10), (source, 0), ("→", 0), (target, 0))


@relation.command(
    "add",
    cls=Command,
    help=N_(
        "Relate a tag. RELATION is an id of the scheme, such as AGENT, or its name. END is the id of a tag of the same "
        "article, the name or id of an actor, the title or id of an event, or author; actor: and event: before it say "
        "which. Prints the id of the relation."
    ),
)
@project_argument
@click.argument("tag")
@click.argument("relation")
@click.argument("end")
@annotator_option
@json_option
@visual_option
@pass_terminal
def add_relation(
    terminal: Terminal, *, project: Path, tag: str, relation: str, end: str, annotator: str | None
) -> None:
    """Relate a tag."""
    with writing(project, annotator) as opened:
        source, kind = find_tag(opened, tag), find_relation_type(opened, relation)
        target = find_end(opened, end)
        changes = relation_acts.add_relation(opened, kind, source, target)
        known = opened.relations_touching([source])
        wanted = (source, kind, target)
        made = next(one for one in known if (one.source_id, one.type_id, one.target) == wanted)
        number, _ = find_article(opened, made.article_id)
        data = relation_data(made, number, annotator_names(opened))
    if terminal.as_json:
        terminal.document({"act": changes.seq, "relation": data})
        return
    if not changes.seq:
        terminal.say(tr("This is related so already."), err=True)
    terminal.say(made.id)


@relation.command(
    "delete", cls=Command, help=N_("Delete relations, named by their ids or the beginnings of these, as one act.")
)
@project_argument
@click.argument("relations", nargs=-1, required=True)
@annotator_option
@pass_terminal
def delete_relations(terminal: Terminal, project: Path, relations: tuple[str, ...], annotator: str | None) -> None:
    """Delete relations."""
    with writing(project, annotator) as opened:
        ids = [find_relation(opened, reference).id for reference in relations]
        tell_acts(terminal, opened, [relation_acts.delete_relations(opened, ids)])


@document.command(
    "list", cls=Command, help=N_("List what is said of all articles or of one: article, id, label, what is said.")
)
@project_argument
@click.argument("article", required=False)
@json_option
@visual_option
@pass_terminal
def list_document_tags(terminal: Terminal, project: Path, article: str | None) -> None:
    """List document tags."""
    with reading(project) as opened:
        found = list(_document_tags(opened, article))
        if terminal.as_json:
            names = annotator_names(opened)
            terminal.document({"document_tags": [document_tag_data(tag, number, names) for number, tag in found]})
            return
    for number, tag in found:
        terminal.row((number, 4), (tag.id, 32), (tag.label_id, 10), (values_text(tag.attributes), 0))


def _document_tags(project: Project, reference: str | None) -> Iterator[tuple[int, DocumentTag]]:
    for number, summary in _articles(project, reference):
        for tag in project.document_tags(summary.id):
            yield number, tag


@document.command(
    "add",
    cls=Command,
    help=N_("Say something of a whole article. LABEL is a document label of the scheme. Prints the id."),
)
@project_argument
@article_argument
@click.argument("label")
@values_option
@_unsure_option
@click.option("--note", default="", metavar="TEXT", cls=Option, help=N_("A note on it."))
@annotator_option
@json_option
@pass_terminal
def add_document_tag(
    terminal: Terminal,
    *,
    project: Path,
    article: str,
    label: str,
    values: tuple[Pair, ...],
    sure: bool | None,
    note: str,
    annotator: str | None,
) -> None:
    """Add a document tag."""
    with writing(project, annotator) as opened:
        number, summary = find_article(opened, article)
        label_id = find_document_label(opened, label)
        changes = document_acts.add_document_tag(
            opened,
            summary.id,
            label_id,
            values=read_values(opened, label_id, values),
            note=note,
            certainty=Certainty.UNSURE if sure is False else Certainty.SURE,
        )
        made = [row.after for row in changes.rows if isinstance(row.after, DocumentTag)]
        names = annotator_names(opened)
    if terminal.as_json:
        data = document_tag_data(made[0], number, names) if made else None
        terminal.document({"act": changes.seq, "document_tag": data})
    elif made:
        terminal.say(made[0].id)
    else:
        terminal.say(tr("This is said of the article already."), err=True)


@document.command("change", cls=Command, help=N_("Change what is said of an article, named by its id, as one act."))
@project_argument
@click.argument("tag")
@values_option
@_unsure_option
@click.option("--note", metavar="TEXT", cls=Option, help=N_("Another note; an empty one takes it away."))
@annotator_option
@pass_terminal
def change_document_tag(
    terminal: Terminal,
    *,
    project: Path,
    tag: str,
    values: tuple[Pair, ...],
    sure: bool | None,
    note: str | None,
    annotator: str | None,
) -> None:
    """Change a document tag."""
    with writing(project, annotator) as opened:
        known = find_document_tag(opened, tag)
        said = read_values(opened, known.label_id, values)
        certainty = None if sure is None else Certainty.SURE if sure else Certainty.UNSURE
        changes = document_acts.change_document_tag(opened, known.id, values=said, note=note, certainty=certainty)
        tell_acts(terminal, opened, [changes])


@document.command("delete", cls=Command, help=N_("Take back what is said of an article, named by its id."))
@project_argument
@click.argument("tag")
@annotator_option
@pass_terminal
def delete_document_tag(terminal: Terminal, project: Path, tag: str, annotator: str | None) -> None:
    """Delete a document tag."""
    with writing(project, annotator) as opened:
        known = find_document_tag(opened, tag)
        tell_acts(terminal, opened, [document_acts.delete_document_tag(opened, known.id)])
