# SPDX-License-Identifier: MIT
"""How the relations of the article that is read are drawn: as arcs with names and colours. Knows no widget."""

from annotator import i18n
from annotator.model.relation import End
from annotator.ops.relations import end_name
from annotator.project import Project
from annotator.ui.article.arcs import Arc
from annotator.ui.session import Session
from annotator.ui.wording import author_name

_UNKNOWN_COLOR = "#808080"


def article_arcs(session: Session) -> list[Arc]:
    """Return the relations of the article that is read, to be drawn."""
    project, scheme = session.project, session.project.scheme
    names = {kind.id: kind.name.in_language(i18n.language()) for kind in scheme.relation_types}
    colors = {label.id: label.color for label in scheme.all_labels}
    return [
        Arc(
            relation.id,
            relation.source_id,
            relation.target_span_id,
            names.get(relation.type_id, relation.type_id),
            _shown_end(project, relation.target),
            colors.get(source.label_id, _UNKNOWN_COLOR),
        )
        for relation in session.relations()
        if (source := session.span(relation.source_id)) is not None
    ]


def _shown_end(project: Project, end: End) -> str:
    if end.span_id is not None:
        return ""
    if end.actor_id is not None:
        return project.actor(end.actor_id).name_in(i18n.language())
    return end_name(project, end) or author_name()
