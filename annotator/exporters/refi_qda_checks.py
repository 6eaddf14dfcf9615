# SPDX-License-Identifier: MIT
"""What pyrefiqda sees in a REFI-QDA project, held against what our reader sees."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from annotator.extras import load
from annotator.files import scratch
from annotator.model import exchange


class Seen:
    """A project as pyrefiqda reads it: of each text what it says, its selections and codings, and all links."""

    def __init__(self, project: Any, folder: Path, resolve: Any) -> None:
        names = dict(_names(project.code_book.codes.code)) if project.code_book else {}
        users = {one.guid: one.name or "" for one in project.users.user} if project.users else {}
        links = project.links.link if project.links else ()
        self._links = Counter(str(one.origin_guid).replace("-", "") for one in links)
        self._texts = []
        for source in project.sources.text_source if project.sources else ():
            tags = Counter(
                (names[coding.code_ref.target_guid], one.start_position, one.end_position, users[coding.creating_user])
                for one in source.plain_text_selection
                for coding in one.coding
            )
            about = Counter((names[one.code_ref.target_guid], users[one.creating_user]) for one in source.coding)
            text = resolve(source.plain_text_path, folder).read_bytes().decode()
            self._texts.append((text, tags, about))

    def compare(self, number: int, document: exchange.Document) -> None:
        """Refuse a document that is not what the text of that number is.

        Raises:
            ValueError: it is not.
        """
        tags = Counter((one.label, one.start, one.end, one.annotator) for one in document.tags)
        about = Counter((one.label, one.annotator) for one in document.document_tags)
        links = Counter(one.source for one in document.relations)
        if number >= len(self._texts) or self._texts[number] != (document.text, tags, about):
            raise ValueError("pyrefiqda reads another text")
        if any(self._links[tag.id] != links[tag.id] for tag in document.tags):
            raise ValueError("pyrefiqda reads other links")


def check_by_pyrefiqda(path: Path) -> Seen:
    """Return what pyrefiqda reads in a project of ours.

    Raises:
        ValueError: it cannot read it.
    """
    library = load("pyrefiqda")
    with scratch(path) as folder:
        try:
            project = library.RefiProject.load(path, extract_dir=folder)
            return Seen(project, folder, library.RefiProject.resolve_source_path)
        except (KeyError, AttributeError, TypeError, OSError) as error:
            raise ValueError(f"pyrefiqda cannot read the project: {error}") from error


def _names(codes: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for one in codes:
        yield one.guid, one.name
        yield from _names(one.code)
