# SPDX-License-Identifier: MIT
"""Dealing articles out to train, dev and test: what of each article `annotator.exporters.splitting` asks for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.errors import UserError
from annotator.late import LateModule
from annotator.model.tagged_article import TaggedArticle

if TYPE_CHECKING:
    from annotator.exporters import splitting
    from annotator.exporters.splitting import Splits, Splitting
else:
    splitting = LateModule("annotator.exporters.splitting")


@dataclass(frozen=True, slots=True)
class Dealt:
    """Which articles are in which part.

    Attributes:
        names: the parts that have any articles, in order; one without a name where nothing is split.
        splits: the part of each article by its id; empty where nothing is split.
        splitting: how articles were split, with the proof that no group was torn; None where nothing is split.
    """

    names: tuple[str, ...] = ("",)
    splits: Mapping[str, str] = field(default_factory=dict)
    splitting: "Splitting | None" = None

    def holds(self, part: str, article_id: str) -> bool:
        """Return whether an article is in a part."""
        return not part or self.splits[article_id] == part

    def groups(self, part: str) -> int:
        """Return how many groups of articles that stay together a part has; 0 where nothing is split."""
        return self.splitting.counts[splitting.Share(part)].groups if self.splitting else 0


def deal(articles: Iterator[TaggedArticle], splits: "Splits | None") -> Dealt:
    """Return which articles go to which part.

    Raises:
        UserError: what `splitting.split` refuses, or `split_torn` where its proof does not hold.
    """
    if splits is None:
        return Dealt()
    found = splitting.split([_item(tagged, splits) for tagged in articles], splits)
    if not found.proof.holds:
        raise UserError("split_torn")
    names = tuple(share.value for share, count in found.counts.items() if count.articles)
    return Dealt(names or ("train",), {str(key): share.value for key, share in found.assignment.items()}, found)


def _item(tagged: TaggedArticle, splits: "Splits") -> "splitting.Item":
    article = tagged.article
    labels = Counter(str(span.label_id) for span in tagged.spans)
    keys: dict[str, set[str]] = {
        "duplicates": {article.duplicate_group or ""},
        "event": {span.event_id or "" for span in tagged.spans},
        "outlet": {article.outlet},
    }
    named = tuple(f"{by}:{key}" for by in sorted(splits.by) for key in sorted(keys.get(by, ())) if key)
    return splitting.Item(article.id, named, labels, article.date)
