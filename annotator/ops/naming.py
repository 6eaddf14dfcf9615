# SPDX-License-Identifier: MIT
"""What acts and errors name: parts of the scheme by their names instead of their ids, in both languages."""

from collections.abc import Mapping

from annotator.i18n import tr
from annotator.model.scheme import Scheme, SchemePart


def with_names(scheme: Scheme, params: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters of an act or error with names in the place of ids, as `i18n.op_name` takes them."""
    known: dict[str, tuple[SchemePart, ...]] = {
        "label": (*scheme.all_labels, *scheme.document_labels),
        "relation": scheme.relation_types,
        "attribute": scheme.attributes,
    }
    named = dict(params)
    for param, parts in known.items():
        name = next((part.name.both for part in parts if part.id == named.get(param)), None)
        if name is not None:
            named[param] = name
    # An act that relates a tag to nobody in the text and the registry relates it to whoever wrote the article.
    return named | {"target": tr("the author or outlet")} if named.get("target") == "" else named
