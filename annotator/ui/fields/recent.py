# SPDX-License-Identifier: MIT
"""The values that were used last, to be offered first."""

from annotator.model.attributes import AttributeValue
from annotator.model.changes import ActKind, Changes
from annotator.model.document_tag import DocumentTag
from annotator.model.ids import AttributeId
from annotator.model.scheme import Scheme
from annotator.model.span import Span


class RecentValues:
    """Remembers each attribute's last chosen value, as long as the window is open."""

    def __init__(self) -> None:
        self._values: dict[AttributeId, AttributeValue] = {}

    def of(self, attribute_id: AttributeId) -> AttributeValue | None:
        """Return the value that was chosen last."""
        return self._values.get(attribute_id)

    def heed(self, changes: Changes, scheme: Scheme) -> None:
        """Remember what an act chose. Defaults, which nobody chose, and what is undone are no choice."""
        if changes.kind is not ActKind.DO:
            return
        defaults = {attribute.id: attribute.default for attribute in scheme.attributes}
        for row in changes.rows:
            if not isinstance(row.after, Span | DocumentTag):
                continue
            before = row.before.attributes if isinstance(row.before, Span | DocumentTag) else defaults
            chosen = {key: value for key, value in row.after.attributes.items() if before.get(key) != value}
            self._values.update(chosen)
