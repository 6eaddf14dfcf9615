# SPDX-License-Identifier: MIT
"""What a scheme may not be, in words for those who edit it. The rules themselves are the model's."""

from annotator.i18n import N_, tr, tr_marked
from annotator.model.scheme import Scheme
from annotator.model.scheme_rules import SchemeProblem, problems_of
from annotator.ui.scheme.places import shown_name

_SENTENCES = {
    "no_labels": N_("The scheme has no label. Add one."),
    "layer_unknown": N_("“{part}” is in no layer. Choose one."),
    "color": N_("“{part}” has no colour. Choose one."),
    "scheme_nameless": N_("The scheme has no name. Enter one."),
    "id": N_("The id of “{part}” needs Latin letters or digits, and a letter first."),
    "nameless": N_("“{part}” has no name. Enter one in either language."),
    "twice": N_("“{part}” has the same id as another part: {id}. Change one of them."),
    "shortcut": N_("The key of “{part}” is no single letter or digit. Choose another."),
    "shortcut_twice": N_("“{part}” has the same key as another: {id}. Change one of them."),
    "label_unknown": N_("“{part}” names a label that is not there: {id}."),
    "values_missing": N_("“{part}” has no value to choose. Add one, or choose another kind."),
    "values_unfit": N_("“{part}” has values, but nothing is chosen from them. Choose another kind."),
    "value_nameless": N_("A value of “{part}” has no name. Enter one in either language."),
    "default_unfit": N_("What a new tag gets of “{part}” is no value of it. Choose another."),
    "relation_unknown": N_("“{part}” names a relation that is not there: {id}."),
    "dependence": N_("The values of “{part}” depend on what is not there. Choose another attribute."),
    "value_unknown": N_("“{part}” names a value that is not there: {id}."),
    "relation_endless": N_("Say of “{part}” which labels it starts from and which it leads to."),
    "attribute_unknown": N_("“{part}” names an attribute that is not there: {id}."),
}


def sentence(problem: SchemeProblem) -> str:
    """Return what is wrong, and what to do."""
    part = problem.part
    name = shown_name(part.name, part.id) if part is not None else ""
    return tr_marked(_SENTENCES[problem.key], {**problem.params, "part": name})


def first_problem(scheme: Scheme) -> tuple[SchemeProblem | None, str]:
    """Return the first thing that is wrong with a scheme, and all that is to be said."""
    problems = problems_of(scheme)
    if not problems:
        return None, ""
    said = sentence(problems[0])
    if len(problems) > 1:
        said = tr("{problem} And {n} more.", problem=said, n=len(problems) - 1)
    return problems[0], said
