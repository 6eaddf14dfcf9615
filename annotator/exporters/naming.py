# SPDX-License-Identifier: MIT
"""What the parts of a scheme are called in a file: by their ids, or by their names in one language."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from annotator.exporters.base import LabelNames
from annotator.model.scheme import DocumentLabel, Label, RelationType, Scheme


class Naming:
    """The names of labels, relation types and document labels of one scheme."""

    def __init__(self, scheme: Scheme, names: LabelNames) -> None:
        self._labels = _names(scheme.all_labels, names)
        self._relations = _names(scheme.relation_types, names)
        self._document_labels = _names(scheme.document_labels, names)

    def label(self, label_id: str) -> str:
        """Return what a label is called."""
        return self._labels.get(label_id, label_id)

    def relation(self, type_id: str) -> str:
        """Return what a relation type is called."""
        return self._relations.get(type_id, type_id)

    def document_label(self, label_id: str) -> str:
        """Return what a document label is called."""
        return self._document_labels.get(label_id, label_id)


_Part = Label | RelationType | DocumentLabel

_NAME_OF: dict[LabelNames, Callable[[_Part], str]] = {
    LabelNames.ID: lambda part: part.id,
    LabelNames.ARABIC: lambda part: part.name.ar,
    LabelNames.ENGLISH: lambda part: part.name.en,
}


def _names(parts: Iterable[_Part], names: LabelNames) -> Mapping[str, str]:
    """Return the name of each part; its id where it has no name, or shares it, so that no two are called the same."""
    known = list(parts)
    found = {part.id: _NAME_OF[names](part).strip() for part in known}
    counts = Counter((*found.values(), *found)) if names is not LabelNames.ID else Counter()
    return {key: name if name and (counts[name] <= 1 or name == key) else str(key) for key, name in found.items()}
