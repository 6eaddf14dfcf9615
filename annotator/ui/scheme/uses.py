# SPDX-License-Identifier: MIT
"""How much in a project has a part of its scheme: what is in use can be archived, not deleted."""

from annotator.i18n import trn
from annotator.model.attributes import ACTOR_KIND, ACTOR_SECTOR, EVENT_TYPE, Value
from annotator.model.scheme import Layer, RelationType
from annotator.project import Project
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.places import Kind, PartKey, find


class Uses:
    """Counts, each once, until the scheme is saved."""

    def __init__(self, project: Project, draft: Draft) -> None:
        self._project, self._draft = project, draft
        self._counts: dict[PartKey, int] = {}

    def forget(self) -> None:
        """Count anew from now on."""
        self._counts.clear()

    def count(self, key: PartKey) -> int:
        """Return how many tags, relations, actors or events have a part; of a layer how many labels are in it."""
        part = self._draft.part(key)
        if isinstance(part, Layer):
            return sum(1 for _ in self._draft.scheme.labels_of(part.id))
        if key not in self._counts:
            self._counts[key] = self._counted(key)
        return self._counts[key]

    def sentence(self, key: PartKey) -> str:
        """Return what says so; "" where nothing has it."""
        n, part = self.count(key), self._draft.part(key)
        if not n or part is None:
            return ""
        if isinstance(part, Layer):
            return trn("{n} label is in it.", "{n} labels are in it.", n)
        if isinstance(part, RelationType):
            return trn("{n} relation is of this kind.", "{n} relations are of this kind.", n)
        if isinstance(part, Value):
            return trn("Its attribute is used by {n} tag.", "Its attribute is used by {n} tags.", n)
        if key.kind is Kind.DOCUMENT:
            return trn("{n} article has it.", "{n} articles have it.", n)
        return trn("{n} tag has it.", "{n} tags have it.", n)

    def _counted(self, key: PartKey) -> int:
        if key.kind is Kind.VALUE:
            return self.count(PartKey(Kind.ATTRIBUTE, key.of)) if not self._draft.is_new(key) else 0
        part = find(self._draft.saved, key)
        if part is None or isinstance(part, Value):
            return 0
        return self._project.uses(part) + (self._in_registry(key.id) if key.kind is Kind.ATTRIBUTE else 0)

    def _in_registry(self, attribute_id: str) -> int:
        """Return how many actors or events have a value of one of the registry's vocabularies."""
        if attribute_id == EVENT_TYPE:
            return sum(1 for event in self._project.events.values() if event.type)
        fields = {ACTOR_KIND: "kind", ACTOR_SECTOR: "sector"}
        field = next((name for known, name in fields.items() if known == attribute_id), None)
        if field is None:
            return 0
        return sum(1 for actor in self._project.actors.values() if getattr(actor, field))
