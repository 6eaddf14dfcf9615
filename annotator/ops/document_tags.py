# SPDX-License-Identifier: MIT
"""Acts on document tags: what is said of whole articles."""

from dataclasses import replace

from annotator.errors import UserError
from annotator.model.changes import Changes, Op
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import ArticleId, DocumentLabelId, DocumentTagId, new_id
from annotator.model.span import Certainty, Origin
from annotator.ops.acts import done, one_act
from annotator.ops.filling import Values, changed_values, new_values
from annotator.project import Project


@one_act
def add_document_tag(
    project: Project,
    article_id: ArticleId,
    label_id: DocumentLabelId,
    *,
    values: Values,
    note: str = "",
    certainty: Certainty = Certainty.SURE,
) -> Changes:
    """Say of a whole article what a document label is for.

    Nothing changes where the annotator has said just this of it already.

    Raises:
        UserError: `article_unknown`, `document_label_unknown`, `label_archived`, or what the checks of attributes
            refuse.
    """
    article = project.article(article_id)
    label = project.scheme.document_label(label_id)
    if label.archived:
        raise UserError("label_archived", label=label.name.both)
    tag = DocumentTag(
        id=DocumentTagId(new_id()),
        article_id=article.id,
        label_id=label.id,
        note=note,
        origin=Origin.MANUAL,
        annotator_id=project.annotator.id,
        created_at=project.now(),
        certainty=certainty,
        attributes=new_values(project.scheme, label.id, values),
    )
    twins = (_said(known) == _said(tag) for known in project.document_tags(article_id))
    with project.transact(Op.ADD_DOCUMENT_TAG, {"label": label.id, "title": article.title}) as act:
        if not any(twins):
            act.insert([tag])
    return done(act)


@one_act
def change_document_tag(
    project: Project,
    tag_id: DocumentTagId,
    *,
    values: Values,
    note: str | None = None,
    certainty: Certainty | None = None,
) -> Changes:
    """Set attributes, note or certainty of a document tag; what is None stays, and so do attributes not named.

    Raises:
        UserError: `tag_unknown`, `document_tag_of_another`, or what the checks of attributes refuse.
    """
    tag = _own(project, tag_id)
    after = replace(
        tag,
        attributes=changed_values(project.scheme, tag.label_id, tag.attributes, values),
        note=tag.note if note is None else note,
        certainty=certainty or tag.certainty,
    )
    with project.transact(Op.CHANGE_DOCUMENT_TAG, _params(project, tag)) as act:
        act.update(tag, after)
    return done(act)


@one_act
def delete_document_tag(project: Project, tag_id: DocumentTagId) -> Changes:
    """Delete a document tag.

    Raises:
        UserError: `tag_unknown` or `document_tag_of_another`.
    """
    tag = _own(project, tag_id)
    with project.transact(Op.DELETE_DOCUMENT_TAG, _params(project, tag)) as act:
        act.delete([tag])
    return done(act)


def _params(project: Project, tag: DocumentTag) -> dict[str, object]:
    return {"label": tag.label_id, "title": project.article(tag.article_id).title}


def _said(tag: DocumentTag) -> tuple[object, ...]:
    return tag.label_id, tag.annotator_id, dict(tag.attributes)


def _own(project: Project, tag_id: DocumentTagId) -> DocumentTag:
    tag = project.document_tag(tag_id)
    if tag.annotator_id != project.annotator.id:
        names = {annotator.id: annotator.name for annotator in project.annotators()}
        label = project.scheme.document_label(tag.label_id).name.both
        raise UserError("document_tag_of_another", label=label, annotator=names[tag.annotator_id])
    return tag
