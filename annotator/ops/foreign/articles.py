# SPDX-License-Identifier: MIT
"""Which article of the project a foreign document is, or the new one that it becomes."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path, PurePath

from annotator.importers.base import title_of
from annotator.model import exchange
from annotator.model.article import Article, ArticleState
from annotator.model.ids import ArticleId
from annotator.ops.foreign.people import Annotators, kept_id
from annotator.paths import spelled
from annotator.project import Project

# What an export puts behind the id of an article whose paragraphs or sentences it exports one by one.
_UNIT = re.compile(r"-\d+$")
_SHA256 = re.compile("[0-9a-f]{64}")


class Articles:
    """The articles of a project by all that a document may say of them."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._by_id: dict[str, ArticleId] = {}
        self._by_name: dict[str, ArticleId | None] = {}
        for one in project.articles():
            self._by_id[one.id] = one.id
            for name in {one.title, PurePath(one.source).name, PurePath(one.source).stem} - {""}:
                self._name(name, one.id)
        for article_id, url in project.article_urls():
            self._name(url, article_id)
        self._by_text: dict[str, ArticleId] = {}
        self._position = project.last_position()

    def find(self, document: exchange.Document, text_sha256: str) -> ArticleId | None:
        """Return the article that a document is.

        It is the one of its id; else the one that has just its text; a document without a text is known by its address,
        by the file that it came from or by its title, if only one article has that.
        """
        known = self._by_id.get(document.id) or self._by_id.get(_UNIT.sub("", document.id))
        if known or not document.text:
            return known or self._named(document)
        if text_sha256 in self._by_text:
            return self._by_text[text_sha256]
        found = self._project.articles_with_text([text_sha256]).get(text_sha256)
        return found[0] if found else None

    def new(
        self, document: exchange.Document, text_sha256: str, annotators: Annotators, path: Path, format_id: str
    ) -> Article:
        """Return the article that a document becomes."""
        self._position += 1
        record = document.article
        wished = record.id if record else document.id
        article_id = ArticleId(kept_id(wished, wished in self._by_id))
        self._by_id[document.id or article_id] = self._by_id[article_id] = article_id
        self._by_text[text_sha256] = article_id
        if record:
            maker = annotators.id_of(annotators.names.get(record.annotator_id, ""))
            return replace(
                _sound(record, document.text, text_sha256), id=article_id, position=self._position, annotator_id=maker
            )
        return self._made(article_id, document, text_sha256, path, format_id)

    def _made(
        self, article_id: ArticleId, document: exchange.Document, text_sha256: str, path: Path, format_id: str
    ) -> Article:
        source = document.source or (f"{spelled(path)}/{document.place}" if document.place else spelled(path))
        return Article(
            id=article_id,
            position=self._position,
            title=document.title or title_of(document.text) or path.stem,
            state=ArticleState.UNTOUCHED,
            note="",
            source=source,
            text_sha256=text_sha256,
            raw_sha256=text_sha256,
            length=len(document.text),
            encoding="utf-8",
            bom=False,
            newline="lf",
            exact=False,
            annotator_id=self._project.annotator.id,
            created_at=self._project.now(),
            outlet=document.outlet,
            url=document.url,
            author=document.author,
            date=document.date,
            derived=f"tokens ({format_id})" if document.rebuilt else "",
        )

    def _name(self, name: str, article_id: ArticleId) -> None:
        # A name that two have tells neither.
        self._by_name[name] = None if name in self._by_name else article_id

    def _named(self, document: exchange.Document) -> ArticleId | None:
        names = (
            document.source,
            PurePath(document.source).name,
            document.title,
            document.id,
            PurePath(document.id).stem,
        )
        return next((found for name in names if name and (found := self._by_name.get(name))), None)


def _sound(record: Article, text: str, text_sha256: str) -> Article:
    """Return an article of another project as far as it fits the text that came with it."""
    known = bool(_SHA256.fullmatch(record.raw_sha256))
    return replace(
        record,
        text_sha256=text_sha256,
        raw_sha256=record.raw_sha256 if known else text_sha256,
        exact=record.exact and known,
        boilerplate=tuple(mark for mark in record.boilerplate if 0 <= mark[0] < mark[1] <= len(text)),
        duplicate_group=record.duplicate_group or None,
    )


def text_hash(text: str) -> str:
    """Return SHA-256 (hex) of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
