# SPDX-License-Identifier: MIT
"""A document tag: what holds of a whole article, such as its stance on an issue."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.model.attributes import AttributeValue
from annotator.model.ids import AnnotatorId, ArticleId, AttributeId, DocumentLabelId, DocumentTagId
from annotator.model.span import Certainty, Origin


@dataclass(frozen=True, slots=True)
class DocumentTag:
    """One document label on one article; an article may have several of a label, as one stance for each issue."""

    id: DocumentTagId
    article_id: ArticleId
    label_id: DocumentLabelId
    note: str
    origin: Origin
    annotator_id: AnnotatorId
    created_at: str
    certainty: Certainty = Certainty.SURE
    attributes: Mapping[AttributeId, AttributeValue] = field(default_factory=dict, hash=False)
